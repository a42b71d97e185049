import type { CommandState } from '#shared/contract/meter-commands.ts'
import { MINUTE } from '#shared/time.ts'
import { gateOf } from '../upstream/index.ts'
import type { ImrReading } from '../upstream/types.ts'
import type { CommandParts } from './index.ts'
import type { Command } from './store.ts'

/** I-30: how often at most a meter is looked at, and for how long. */
const POLL_MS = 2200
const WATCH_MS = 5 * MINUTE

export interface Watch {
  add(id: string): void
  /** after `closing`: resolves when nothing is asked any more */
  close(): Promise<void>
}

/**
 * Looks at meters that were told something until they show it, or five minutes are over. Reads only; what the
 * meter says goes into the history like every other reading (I-30, F-35).
 */
export function createWatch(parts: Omit<CommandParts, 'watch'>): Watch {
  const { clock, log } = parts.ctx.ports
  /** command → monotonic instant of its next look */
  const due = new Map<string, number>()
  const signal = parts.closing
  let working: Promise<void> | null = null
  const work = async () => {
    for (let next = soonest(due); next && !signal.aborted; next = soonest(due)) {
      const wait = next.at - clock.monotonic()
      if (wait > 0) await clock.sleep(wait, signal).catch(() => undefined)
      if (signal.aborted) return
      const open = await look(parts, next.id, signal).catch((error: unknown) => {
        log.error('watching a command failed', { id: next.id, error: String(error) })
        return false
      })
      if (open) due.set(next.id, clock.monotonic() + POLL_MS)
      else due.delete(next.id)
    }
  }
  return {
    add(id) {
      due.set(id, clock.monotonic() + POLL_MS)
      if (signal.aborted) return
      working ??= work().finally(() => {
        working = null
      })
    },
    async close() {
      await working
    },
  }
}

function soonest(due: ReadonlyMap<string, number>): { id: string; at: number } | null {
  let found: { id: string; at: number } | null = null
  for (const [id, at] of due) if (!found || at < found.at) found = { id, at }
  return found
}

/** One look; whether to look again. */
async function look(parts: Omit<CommandParts, 'watch'>, id: string, signal: AbortSignal): Promise<boolean> {
  const command = parts.store.get(id)
  if (!command || command.ended_at !== null) return false
  const seen = await read(parts, command, signal)
  if (signal.aborted) return true
  const now = parts.ctx.ports.clock.now()
  const isOver = now >= (command.sent_at ?? now) + WATCH_MS
  const state: CommandState | null =
    seen && shows(command, seen) ? 'confirmed' : isOver ? 'unconfirmed' : null
  if (!state && !seen) return true
  const isSame = seen?.gateRaw === command.gate_now && seen?.at === command.read_at_now
  if (!state && isSame) return true
  await parts.ctx.store.site.write(() => {
    if (parts.store.get(id)?.ended_at !== null) return
    parts.store.change(id, {
      ...(seen && { gate_now: seen.gateRaw ?? null, read_at_now: seen.at }),
      ...(state && { state, ended_at: now }),
    })
  })
  parts.changed(command.meter_id)
  return state === null
}

/** The gate as asked, or for a reading one that is newer than the last before it. */
function shows(command: Command, seen: ImrReading): boolean {
  if (command.action === 'read') return seen.at > (command.read_at_before ?? 0)
  return gateOf(seen.gateRaw ?? '') === (command.action === 'close' ? 'closed' : 'open')
}

/** What the vendor knows of the meter now; null where it did not say. */
export async function read(
  { ctx, upstreams, meters }: Omit<CommandParts, 'watch'>,
  { table_no, device_id }: Pick<Command, 'table_no' | 'device_id'>,
  signal?: AbortSignal,
): Promise<ImrReading | null> {
  try {
    const page = await upstreams
      .imr()
      ?.readMeter(
        { tableNo: table_no, page: 1, pageSize: 10 },
        { urgent: true, ...(signal ? { signal } : {}) },
      )
    const row = page?.rows.find((one) => one.deviceId === device_id || one.tableNo === table_no) ?? null
    if (row) {
      await ctx.store.history.write(() =>
        meters.readings.ingest('imr', 'readMeter', [row], ctx.ports.clock.now()),
      )
      meters.changed()
    }
    return row
  } catch (error) {
    if (!signal?.aborted)
      ctx.ports.log.info('a meter did not say how it stands', { tableNo: table_no, error: String(error) })
    return null
  }
}
