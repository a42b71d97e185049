import { MINUTE, SECOND } from '#shared/time.ts'
import type { CallOptions } from '../upstream/index.ts'
import type { Cards } from './card.ts'
import { dueSpan, fetchRecords, isHeldSince, RECORD_KINDS } from './records.ts'
import { campusOf, fetchCard, type RoomSyncParts } from './sync-run.ts'

/** A card that a person looks at is no older than this, records no older than that. */
const CARD_MS = MINUTE
const RECORDS_MS = 10 * MINUTE
/** A room that could not be refreshed is left alone for this long, however often it is opened. */
const RETRY_MS = 30 * SECOND

export interface Refresher {
  /** CE-4 into history.db; rejects with what the platform or the store said */
  refresh(roomId: string, options?: CallOptions): Promise<void>
  /** somebody looks at the room: fetches what is old, in the background */
  opened(roomId: string): void
  close(): Promise<void>
}

export function createRefresher(
  parts: RoomSyncParts,
  cards: Cards,
  announce: (roomId: string) => void,
): Refresher {
  const { clock, log } = parts.ctx.ports
  const closing = new AbortController()
  const running = new Map<string, Promise<void>>()
  const triedAt = new Map<string, number>()
  const refresh: Refresher['refresh'] = async (roomId, options = {}) => {
    await fetchCard(parts, campusOf(parts), roomId, options)
    announce(roomId)
  }
  const records = async (roomId: string, options: CallOptions) => {
    const client = campusOf(parts)
    for (const kind of RECORD_KINDS) {
      const span = dueSpan(parts, roomId, kind)
      await fetchRecords(parts, client, { roomId, kind, span, completeTo: span.to }, options)
    }
    announce(roomId)
  }
  const isOld = (at: number | null, ms: number) =>
    at === null || !isHeldSince(at, clock.now() - ms, clock.now())
  const work = async (roomId: string) => {
    const options = { urgent: true, signal: closing.signal }
    try {
      if (isOld(cards.cardAt(roomId), CARD_MS)) await refresh(roomId, options)
      if (isOld(cards.recordsAt(roomId), RECORDS_MS)) await records(roomId, options)
    } catch (error) {
      if (closing.signal.aborted) return
      triedAt.set(roomId, clock.monotonic())
      log.warn('a room was not refreshed', { roomId, error: String(error) })
    } finally {
      running.delete(roomId)
    }
  }
  return {
    refresh,
    opened(roomId) {
      const waits = clock.monotonic() - (triedAt.get(roomId) ?? Number.NEGATIVE_INFINITY) < RETRY_MS
      const fresh = !isOld(cards.cardAt(roomId), CARD_MS) && !isOld(cards.recordsAt(roomId), RECORDS_MS)
      if (waits || fresh || running.has(roomId) || closing.signal.aborted) return
      if (parts.upstreams.campus()) running.set(roomId, work(roomId))
    },
    async close() {
      closing.abort(new Error('closed'))
      await Promise.all(running.values())
    },
  }
}
