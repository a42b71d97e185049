import type { Checked } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Audit } from '../audit/index.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import type { CommandOperation, Meters } from '../meters/index.ts'
import type { Operators } from '../operators/index.ts'
import { UpstreamError, type Upstreams } from '../upstream/index.ts'
import { commandable, draft, reachable, refuseOffline, refuseTwice, vouchedBy } from './admit.ts'
import { createBatches } from './batch.ts'
import { createProtected, type Protected } from './protected.ts'
import { send, type Sent } from './send.ts'
import { commandStore, type Command, type CommandStore } from './store.ts'
import { createWatch, read, type Watch } from './watch.ts'

interface Areas {
  readonly upstreams: Pick<Upstreams, 'imr' | 'status'>
  readonly meters: Pick<Meters, 'row' | 'readings' | 'changed'>
  readonly operators: Pick<Operators, 'secondPerson'>
  readonly audit: Audit
}

export interface CommandParts extends Areas {
  readonly ctx: CoreContext
  readonly store: CommandStore
  readonly protection: Protected
  readonly watch: Watch
  /** the program ends: what is on the wire is cut, and its outcome is not known */
  readonly closing: AbortSignal
  /** tells the screens */
  changed(meterId?: string): void
}

/** What people tell meters to do: trip, close, read (IE-6). Kept in site.db, never sent twice (I-30, I-31). */
export interface MeterCommands {
  readonly handlers: Pick<AreaHandlers<'meters'>, CommandOperation>
  /** takes up what was sent before the program ended */
  start(): void
  close(): Promise<void>
}

export async function createMeterCommands(ctx: CoreContext, areas: Areas): Promise<MeterCommands> {
  const store = commandStore(ctx.store.site)
  const changed = (meterId?: string) =>
    ctx.events.emit({ type: 'changed', area: 'meters', ...(meterId === undefined ? {} : { ids: [meterId] }) })
  const protection = createProtected({ ctx, meters: areas.meters })
  const closing = new AbortController()
  const base = { ...areas, ctx, store, protection, changed, closing: closing.signal }
  const parts: CommandParts = { ...base, watch: createWatch(base) }
  await settle(parts)
  const batches = createBatches(parts)
  return {
    handlers: {
      'meters.command': (call, input) => command(parts, call, input),
      'meters.commandMany': batches.start,
      'meters.commandStop': batches.stop,
      'meters.commands': (_call, input) => store.page(input),
      'meters.protect'(call, input) {
        commandable(parts, input.meterId)
        return protection.set(call, input)
      },
      'meters.protected': protection.list,
    },
    start() {
      for (const { id } of store.watched()) parts.watch.add(id)
    },
    async close() {
      closing.abort(new Error('closed'))
      await Promise.all([batches.close(), parts.watch.close()])
    },
  }
}

/** After a crash: what was on its way may have arrived, what waited never leaves. */
async function settle({ ctx, store }: CommandParts): Promise<void> {
  const now = ctx.ports.clock.now()
  const [sent, waiting] = [store.inState('sent'), store.inState('waiting')]
  if (sent.length + waiting.length === 0) return
  const error = { error_code: 'interrupted', error_message: 'The program ended before the answer came.' }
  await ctx.store.site.write(() => {
    for (const { id } of sent) store.change(id, { state: 'unknown', ...error })
    for (const { id } of waiting) store.change(id, { state: 'notSent', ended_at: now, ...error })
  })
}

async function command(parts: CommandParts, call: Call, input: Checked<'meters.command'>) {
  const { meterId, action } = input
  const meter = commandable(parts, meterId)
  const client = reachable(parts)
  refuseTwice(parts, meterId, action)
  const cutsProtected = action === 'close' && parts.protection.has(meterId)
  const confirmed_by = cutsProtected ? await vouchedBy(parts, call, input.second, 'meters.command') : null
  // a look first: it tells how the meter stands, and whether the vendor is there at all
  await read(parts, { table_no: meter.tableNo, device_id: meter.deviceId })
  refuseOffline(parts)
  const row = await call.commit(() => {
    refuseTwice(parts, meterId, action)
    const now = commandable(parts, meterId)
    const row = draft(parts, call, now, { action, state: 'sent', batch_id: null, confirmed_by })
    parts.store.insert(row)
    call.note({ target: meterId, after: { action, commandId: row.id, confirmedBy: confirmed_by } })
    return row
  })
  parts.changed(meterId)
  const sent = await send(parts, client, { ...row, ordinal: 0 } satisfies Command)
  if (sent.state === 'accepted') return { commandId: row.id, state: sent.state }
  throw failure(row.id, sent)
}

/** With the id, so that a caller can follow what became of it. */
function failure(commandId: string, sent: Exclude<Sent, { state: 'accepted' }>): SitedeskError {
  const { error, state } = sent
  const told = error instanceof SitedeskError ? error : null
  const facts = { commandId, state, ...(error instanceof UpstreamError ? { fault: error.fault } : {}) }
  if (state === 'unknown')
    return new SitedeskError(
      'UPSTREAM_FAULT',
      'It is not known whether the command arrived; the meter is watched, nothing is sent again.',
      facts,
      { cause: error },
    )
  return new SitedeskError(told?.code ?? 'INTERNAL', told?.message ?? 'The command failed.', facts, {
    cause: error,
  })
}
