import type { Checked, Output } from '#shared/contract/index.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { Call } from '../context.ts'
import { commandable, draft, reachable, refuseOffline, vouchedBy } from './admit.ts'
import type { CommandParts } from './index.ts'
import { send } from './send.ts'
import type { Command } from './store.ts'

/** Doubtful or refused so many times in a row, the vendor is not well: the rest is not sent. */
const GIVE_UP_AFTER = 3

/** Selections: stored whole before the first is sent, then one after the other while this program runs. */
export function createBatches(parts: CommandParts) {
  const running = new Map<string, Promise<void>>()
  const drop = async (batchId: string, error: Pick<Command, 'error_code' | 'error_message'>) => {
    const rest = parts.store.ofBatch(batchId, 'waiting')
    if (rest.length === 0) return 0
    const now = parts.ctx.ports.clock.now()
    await parts.ctx.store.site.write(() => {
      for (const { id } of rest) parts.store.change(id, { state: 'notSent', ended_at: now, ...error })
    })
    parts.changed()
    return rest.length
  }
  const work = async (batchId: string) => {
    let inARow = 0
    for (;;) {
      const [next] = parts.store.ofBatch(batchId, 'waiting')
      if (!next || parts.closing.aborted) return
      const end = await sendOne(parts, next)
      if (end.state === 'skipped') continue
      inARow = end.state === 'accepted' ? 0 : inARow + 1
      if (end.state === 'notSent') await drop(batchId, STOPPED_BY.offline)
      else if (inARow >= GIVE_UP_AFTER) await drop(batchId, STOPPED_BY.gaveUp)
    }
  }
  return {
    async start(call: Call, input: Checked<'meters.commandMany'>): Promise<Output<'meters.commandMany'>> {
      const rows = await stored(parts, call, input)
      const [first] = rows
      const batchId = first?.batch_id ?? ''
      const begun = work(batchId)
        .catch(async (error: unknown) => {
          parts.ctx.ports.log.error('a selection of commands failed', { error: String(error) })
          await drop(batchId, STOPPED_BY.gaveUp)
        })
        .finally(() => running.delete(batchId))
      running.set(batchId, begun)
      const waiting = rows.filter((row) => row.state === 'waiting').length
      return { batchId, waiting, skipped: rows.length - waiting }
    },
    async stop(call: Call, { batchId }: Checked<'meters.commandStop'>) {
      if (!parts.store.hasBatch(batchId)) throw notFound('selection', batchId)
      call.note({ target: batchId })
      return { notSent: await drop(batchId, STOPPED_BY.person) }
    },
    async close() {
      await Promise.all(running.values())
    },
  }
}

const isSpared = ({ protection }: CommandParts, action: string, meterId: string) =>
  action === 'close' && protection.has(meterId)

const STOPPED_BY = {
  offline: { error_code: 'offline', error_message: 'The vendor could not be reached.' },
  gaveUp: { error_code: 'gaveUp', error_message: 'Several commands in a row were not accepted.' },
  person: { error_code: 'stopped', error_message: 'Somebody stopped the selection.' },
}

/** Writes that it leaves, with its audit row, then sends it; what was put under protection meanwhile is spared. */
async function sendOne(parts: CommandParts, waiting: Command) {
  const { ctx, store, audit } = parts
  const now = ctx.ports.clock.now()
  const spared = { ...waiting, state: 'skipped', ended_at: now }
  const sent = { ...waiting, state: 'sent', sent_at: now }
  const command = await ctx.store.site.write(() => {
    if (isSpared(parts, waiting.action, waiting.meter_id)) {
      store.change(waiting.id, { state: 'skipped', ended_at: now })
      return spared
    }
    store.change(waiting.id, { state: 'sent', sent_at: now })
    audit.append({
      operator: waiting.requested_by,
      door: waiting.door as Call['caller']['door'],
      operation: 'meters.command',
      target: waiting.meter_id,
      outcome: 'ok',
      after: { action: waiting.action, batchId: waiting.batch_id, confirmedBy: waiting.confirmed_by },
    })
    return sent
  })
  parts.changed(waiting.meter_id)
  return command === sent ? send(parts, reachable(parts), command) : command
}

/** All rows of a selection at once, before anything leaves; protected supplies are skipped where it cuts off. */
async function stored(parts: CommandParts, call: Call, input: Checked<'meters.commandMany'>) {
  const { action } = input
  const meters = [...new Set(input.meterIds)].map((meterId) => commandable(parts, meterId))
  const skips = (meter: MeterRow) => isSpared(parts, action, meter.id)
  const wanted = meters.filter((meter) => !skips(meter))
  if (wanted.length === 0)
    throw new SitedeskError('NOT_ALLOWED_NOW', 'All of these are protected supplies.', {
      reason: 'protected',
    })
  reachable(parts)
  refuseOffline(parts)
  const confirmed_by =
    action === 'close' && wanted.length > 1
      ? await vouchedBy(parts, call, input.second, 'meters.commandMany')
      : null
  const batch_id = parts.ctx.ports.random.uuid()
  const busy = (meter: MeterRow) => parts.store.openOf(meter.id).some((one) => one.action === action)
  return call.commit(() => {
    const rows = meters.map((meter) => {
      const state = skips(meter) || busy(meter) ? 'skipped' : 'waiting'
      return draft(parts, call, meter, { action, state, batch_id, confirmed_by })
    })
    for (const row of rows) parts.store.insert(row)
    call.note({
      target: batch_id,
      after: { action, confirmedBy: confirmed_by, meterIds: meters.map((meter) => meter.id) },
    })
    return rows
  })
}
