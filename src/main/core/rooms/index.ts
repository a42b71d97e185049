import type { Checked, Output } from '#shared/contract/index.ts'
import type { RoomRow } from '#shared/contract/rooms.ts'
import { SECOND } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import { throttle, type Jobs } from '../jobs/index.ts'
import type { Meters } from '../meters/index.ts'
import type { Settings } from '../settings/index.ts'
import { stateStore, SYNC_JOBS } from '../sync/index.ts'
import type { CallOptions, Upstreams } from '../upstream/index.ts'
import { createCards } from './card.ts'
import { createDirectory } from './directory.ts'
import { createHandlers } from './handlers.ts'
import { lowBalance, rechargesBetween } from './lists.ts'
import { NIGHT_JOB, nightRunner, watchNight } from './night.ts'
import { fetchRecords } from './records.ts'
import { createRefresher } from './refresh.ts'
import { isSelectable, rowMaker } from './rows.ts'
import { ROOM_LEVEL } from './search.ts'
import { roomStore } from './store.ts'
import { createRoomMeters } from './meters.ts'
import { campusOf, campusRunner, type RoomSyncParts } from './sync-run.ts'
import { pathOf } from './tree.ts'

/** The campus platform's rooms, from history.db, and what keeps them fresh. */
export interface Rooms {
  locate(
    roomId: string,
  ): { id: string; path: string[]; level: number; active: boolean; selectable: boolean } | null
  balanceOf(roomId: string): { balanceFen: number; at: number } | null
  /** active rooms of level 103 */
  allRooms(): string[]
  /** the room a text names: a whole path, an id, a meter number, or a name that only one room has */
  resolveName(text: string): Promise<string | null>
  /** somebody opened or recharged it: its records are kept up to date */
  touch(roomId: string): Promise<void>
  /** CE-4 into history.db, then 'changed' */
  refresh(roomId: string, options?: CallOptions): Promise<void>
  /** CE-7 of a span into history.db */
  fetchRecharges(roomId: string, from: number, to: number, options?: CallOptions): Promise<void>
  rechargesOf(
    roomId: string,
    from: number,
    to: number,
  ): { outTradeNo: string; amountFen: number | null; tradeType: string; at: number }[]
  meterNumbersOf(roomId: string): string[]
  /** rooms at or below a bound, for reports */
  low(input: Checked<'rooms.lowBalance'>): Promise<Output<'rooms.lowBalance'>>
  /** the best `limit` hits, for the search of the shell */
  find(query: string, limit: number): Promise<RoomRow[]>
  handlers: AreaHandlers<'rooms'>
  /** links the rooms, and looks from now on whether it is night */
  startNight(): void
  close(): Promise<void>
}

interface Areas {
  readonly settings: Settings
  readonly upstreams: Upstreams
  readonly jobs: Jobs
  readonly meters: Pick<Meters, 'idOfNumber' | 'campus'>
}

export function createRooms(ctx: CoreContext, { settings, upstreams, jobs, meters }: Areas): Rooms {
  const { history } = ctx.store
  const directory = createDirectory(history, ctx.ports.clock)
  const announce = (roomId: string) => ctx.events.emit({ type: 'changed', area: 'rooms', ids: [roomId] })
  const changed = throttle(ctx.ports.clock, SECOND, () => {
    ctx.events.emit({ type: 'changed', area: 'rooms' })
    ctx.events.emit({ type: 'changed', area: 'sync' })
  })
  const roomMeters = createRoomMeters(ctx, directory, meters.campus)
  const parts: RoomSyncParts = {
    ctx,
    settings,
    upstreams,
    directory,
    store: roomStore(history, ctx.ports.clock),
    roomMeters,
    ...roomLists(ctx),
    changed: changed.poke,
  }
  jobs.register(SYNC_JOBS.campus.kind, campusRunner(parts))
  jobs.register(NIGHT_JOB, nightRunner(parts))
  const cards = createCards(ctx, directory, meters)
  const refresher = createRefresher(parts, cards, announce)
  const touching = history.statement('UPDATE room SET touched_at = ? WHERE id = ?')
  const touch = async (roomId: string) => {
    await history.write(() => touching.run(ctx.ports.clock.now(), roomId))
  }
  let stopNight = () => {}
  const closing = new AbortController()
  const link = async () => {
    await directory.renew()
    if (roomMeters.areFewer()) await roomMeters.renew(closing.signal)
  }
  let linking = Promise.resolve()
  return {
    ...lookups(ctx, parts),
    touch,
    refresh: refresher.refresh,
    async fetchRecharges(roomId, from, to, options = {}) {
      const span = { from, to }
      await fetchRecords(parts, campusOf(parts), { roomId, kind: 'recharge', span }, options)
    },
    handlers: createHandlers({ ctx, directory, cards, refresher, touch, announce }),
    startNight() {
      stopNight()
      stopNight = watchNight(parts, jobs)
      linking = link().catch((error: unknown) => {
        ctx.ports.log.warn('the rooms were not linked', { error: String(error) })
      })
    },
    async close() {
      stopNight()
      changed.stop()
      closing.abort()
      await linking
      await refresher.close()
    },
  }
}

function lookups(ctx: CoreContext, { directory, allRooms }: RoomSyncParts) {
  const { history } = ctx.store
  const rowOf = rowMaker(history)
  const { completeAt } = stateStore(history)
  const numbers = history.statement<{ table_no: string }>(
    'SELECT table_no FROM room_meter WHERE room_id = ? ORDER BY table_no',
  )
  return {
    locate(roomId) {
      const place = directory.tree().places.get(roomId)
      if (!place) return null
      const { id, level, active } = place
      return { id, path: pathOf(place), level, active, selectable: isSelectable(place) }
    },
    balanceOf(roomId) {
      const place = directory.tree().places.get(roomId)
      const { balanceFen = null, balanceAt = null } = place ? rowOf(place) : {}
      return balanceFen === null || balanceAt === null ? null : { balanceFen, at: balanceAt }
    },
    allRooms,
    resolveName: directory.resolve,
    rechargesOf: (roomId, from, to) => rechargesBetween(history, roomId, from, to),
    meterNumbersOf: (roomId) => numbers.all(roomId).map((row) => row.table_no),
    low: async (input) => ({
      ...(await lowBalance(ctx, directory, input)),
      asOf: completeAt('campus', 'balances'),
    }),
    find: async (query, limit) => (await directory.find(query)).slice(0, limit).map(rowOf),
  } satisfies Partial<Rooms>
}

/** Marks are a person's and live in site.db; what was touched lives with the rooms. */
function roomLists({ store }: CoreContext) {
  const { history, site } = store
  const active = history.statement<{ id: string; touched_at: number | null }>(
    `SELECT id, touched_at FROM room WHERE active = 1 AND level = ${ROOM_LEVEL} ORDER BY id`,
  )
  const marked = site.statement<{ room_id: string }>('SELECT room_id FROM room_mark')
  return {
    allRooms: () => active.all().map(({ id }) => id),
    keptRooms() {
      const marks = new Set(marked.all().map((row) => row.room_id))
      return active.all().flatMap(({ id, touched_at }) => (touched_at !== null || marks.has(id) ? [id] : []))
    },
  }
}
