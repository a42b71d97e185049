import { randomUUID } from 'node:crypto'
import type { CampusEndpoint, CampusFault } from '#shared/contract/demo.ts'
import type { IntentState, Tender } from '#shared/contract/values.ts'
import type { RoomRow } from '#shared/contract/rooms.ts'
import { DAY, formatDay, parseZone, startOfDay } from '#shared/time.ts'
import type { ConsoleHost } from './console.ts'

const MOST_MS = 400_000
const EACH_MS = 100
/** A sale that the platform does not list counts as not listed only after minutes. */
const COMPARED_MS = 5000
const ENDED: readonly IntentState[] = ['APPLIED', 'REJECTED', 'NOT_APPLIED', 'UNKNOWN', 'DISPUTED']

const RECOVERY = 'upstreams.campus.recovery'
const SURE_SOON = {
  [`${RECOVERY}.pollMs`]: [300, 800],
  [`${RECOVERY}.notAppliedAfter`]: { polls: 2, spanMs: 300 },
}
const NO_LONGER = { [`${RECOVERY}.pollMs`]: null, [`${RECOVERY}.notAppliedAfter`]: null }

/** What the pictures of the desk are taken of. */
export interface DeskScene {
  readonly day: string
  /** a sale that was applied, one that the platform lists with another amount */
  readonly applied: string
  readonly disputed: string
  readonly batch: string
  readonly room: string
  /** a room where nothing waits, another one each time */
  nextRoom(): string
  fault(kind: CampusFault, on: boolean | number, endpoint?: CampusEndpoint): Promise<unknown>
  /** the next recharge is lost on its way, and known not to be applied within a second; false: no longer */
  loseNext(on: boolean): Promise<void>
  /** compares today with the platform; some minutes after a sale its room counts as compared */
  compare(): Promise<unknown>
  /** opens a shift with money in it, a cash sale, and cash that was taken out */
  openShift(): Promise<void>
  /** closes it with a difference; its id */
  closeShift(): Promise<string>
}

/** A day at the demo's desk: sales of every end, a batch with errors, notices told, two days compared. */
export async function deskScene(host: ConsoleHost): Promise<DeskScene> {
  const { api } = host
  const fault: DeskScene['fault'] = (kind, on, endpoint) =>
    api('demo.fault', {
      kind,
      on: on !== false,
      ...(typeof on === 'number' ? { times: on } : {}),
      ...(endpoint ? { endpoint } : {}),
    })
  await api('sync.start', { source: 'campus' })
  await until(async () => (await api('rooms.lowBalance', { limit: 1 })).total > 0)
  const rooms = (await api('rooms.search', { query: '梅1-5', limit: 50 })).rows.filter(
    (row) => row.selectable,
  )
  const roomAt = (index: number) => rooms[index]?.id ?? ''
  const loseNext: DeskScene['loseNext'] = async (on) => {
    await api('settings.update', { changes: on ? SURE_SOON : NO_LONGER })
    if (on) await fault('campus.requestLost', 1, 'userBalanceQuery')
  }
  const sell = async (index: number, amountFen: number, tender: Tender, end?: IntentState) => {
    const id = randomUUID()
    const input = { intentId: id, roomId: roomAt(index), amountFen, tender }
    await api('recharge.create', input)
    await until(async () => {
      const { state } = await api('recharge.get', { id })
      return end === undefined ? ENDED.includes(state) : state === end
    })
    return id
  }
  let serial = 0
  const openShift = async () => {
    await api('shifts.open', { cashFloatFen: 50_000 })
    await sell(8 + (serial % 10), 10_000 + 500 * serial++, 'cash')
    await api('shifts.cash', { direction: 'out', amountFen: 5000, reason: '交财务室' })
  }
  const closeShift = async () => {
    await api('shifts.close', { counted: { 10_000: 4, 5000: 2 }, reason: '找零时少收了一张 10 元' })
    const { rows } = await api('shifts.list', { limit: 1 })
    return rows[0]?.id ?? ''
  }
  await api('shifts.open', { cashFloatFen: 50_000 })
  const applied = await sell(0, 20_000, 'cash', 'APPLIED')
  await sell(1, 5000, 'wechat', 'APPLIED')
  await sell(2, 123_456, 'transfer', 'APPLIED')
  await sell(3, 10_050, 'card', 'APPLIED')
  await loseNext(true)
  await sell(4, 3000, 'cash', 'NOT_APPLIED')
  await loseNext(false)
  await fault('campus.amountMismatch', true)
  const disputed = await sell(5, 6000, 'cash')
  const differing = await sell(6, 7500, 'cash')
  await fault('campus.amountMismatch', false)
  await settle(host, differing)
  // the money is given and noted by hand, and the platform never has it
  await fault('campus.neverApplied', true)
  const claimed = await sell(7, 4000, 'cash')
  await fault('campus.neverApplied', false)
  await settle(host, claimed)
  const elsewhere = await paidElsewhere(host)
  if (elsewhere !== null) await sell(rooms.push(elsewhere) - 1, 2000, 'cash')
  const batch = await checkBatch(host)
  await tell(host)
  const day = await compare(host)
  await closeShift()
  const free = (await api('rooms.search', { query: '梅2-', limit: 50 })).rows.filter((row) => row.selectable)
  let taken = 0
  const nextRoom = () => free[taken++ % free.length]?.name ?? ''
  return {
    nextRoom,
    compare: () =>
      until(async () => {
        await compare(host)
        return (await api('reconciliation.get', { day })).onlyHere.count > 0
      }, COMPARED_MS),
    day,
    applied,
    disputed,
    batch,
    room: roomAt(0),
    fault,
    loseNext,
    openShift,
    closeShift,
  }
}

async function settle({ api }: ConsoleHost, id: string): Promise<void> {
  const { state } = await api('recharge.get', { id })
  if (state === 'UNKNOWN' || state === 'DISPUTED')
    await api('recharge.resolve', { id, outcome: 'applied', reason: '电话核实：平台确认已收到' })
}

const LOOKED_AT = ['梅1-1', '梅1-2', '梅1-3', '梅1-4', '梅2-1', '梅2-2']
/** Cards asked for in the background are here by then, ms. */
const CARDS_MS = 12_000

/** A room that somebody paid for by telephone today; before eight in the morning there is none. */
async function paidElsewhere({ api }: ConsoleHost): Promise<RoomRow | null> {
  const { now, zone } = await api('system.hello', {})
  const today = startOfDay(now, parseZone(zone) ?? 0)
  const found = await Promise.all(LOOKED_AT.map((query) => api('rooms.search', { query, limit: 50 })))
  const rooms = found.flatMap((one) => one.rows).filter(({ selectable }) => selectable)
  for (const { id } of rooms) await api('rooms.get', { roomId: id })
  for (const end = Date.now() + CARDS_MS; Date.now() < end;) {
    for (const room of rooms) {
      const { rows } = await api('rooms.recharges', { roomId: room.id, limit: 1 })
      if (rows.some(({ at }) => at >= today)) return room
    }
    await new Promise((resolve) => setTimeout(resolve, EACH_MS))
  }
  return null
}

const SHEET = [
  '房间,金额,备注',
  '梅1-501,50,困难补助',
  '梅1-502,50.005,困难补助',
  '梅1-5,50,困难补助',
  '没有这间房,50,困难补助',
  '梅1-503,五十,困难补助',
  '梅1-504,50,困难补助',
  '梅1-505,,困难补助',
  '梅1-506,30,困难补助',
].join('\r\n')

async function checkBatch({ api }: ConsoleHost): Promise<string> {
  const base64 = Buffer.from(`\uFEFF${SHEET}\r\n`).toString('base64')
  return (await api('recharge.batchCheck', { fileName: '十一月补助.csv', base64 })).id
}

async function tell({ api }: ConsoleHost): Promise<void> {
  const { rows } = await api('rooms.lowBalance', { limit: 4, sort: 'balance', order: 'ascending' })
  const hows = ['phone', 'wechat', 'paper', 'visit'] as const
  for (const [i, { id }] of rows.entries()) {
    const how = hows[i] ?? 'other'
    await api('rooms.tell', { roomId: id, how, ...(i === 0 ? { note: '已接通，答应明天来交' } : {}) })
  }
}

/** Yesterday as well, so that the list of days has two. */
async function compare({ api }: ConsoleHost): Promise<string> {
  const { now, zone } = await api('system.hello', {})
  const today = formatDay(now, parseZone(zone) ?? 0)
  const yesterday = formatDay(now - DAY, parseZone(zone) ?? 0)
  for (const day of [yesterday, today]) {
    const { jobId } = await api('reconciliation.run', { day })
    await until(async () => {
      const { rows } = await api('jobs.list', { limit: 20 })
      return rows.some(({ id, state }) => id === jobId && state !== 'running')
    })
  }
  return today
}

async function until(holds: () => Promise<boolean>, eachMs = EACH_MS): Promise<void> {
  for (const end = Date.now() + MOST_MS; Date.now() < end;) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, eachMs))
  }
  throw new Error('the scene did not come about in time')
}
