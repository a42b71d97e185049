import { SECOND, type ZoneOffset } from '#shared/time.ts'
import type { Fen } from '#shared/money.ts'
import { formatRegister, registerAt } from '../imr/register.ts'
import type { VendorSite } from '../imr/site.ts'
import type { WireAddress } from './addresses.ts'
import { createBook, type Cost } from './book.ts'
import { CampusLedger, sumFen } from './ledger.ts'
import { buildCampus, type DemoRoom, type RoomMeter } from './rooms.ts'

export interface BuyRecord {
  readonly outTradeNo: string
  readonly fen: Fen
  readonly type: number
  /** epoch ms, whole seconds */
  readonly at: number
}
export interface Range {
  /** epoch ms, both included */
  readonly from: number
  readonly to: number
}

/** The campus as the platform sees it now. Only what was recharged in this run is kept; all else is computed. */
export interface CampusSite {
  readonly addresses: readonly WireAddress[]
  readonly rooms: readonly DemoRoom[]
  readonly ledger: CampusLedger
  readonly zone: ZoneOffset
  now(): number
  room(id: string): DemoRoom | undefined
  balance(room: DemoRoom): Fen
  subsidy(room: DemoRoom): { electricityFen: Fen; waterFen: Fen }
  /** what a meter of a room showed when it was last read */
  reading(meter: RoomMeter): string
  /** ascending */
  bought(room: DemoRoom, range: Range): BuyRecord[]
  /** ascending */
  costs(room: DemoRoom, range: Range): Cost[]
}

export function createCampusSite(site: VendorSite, flats: number): CampusSite {
  const { calendar, now } = site
  const { addresses, rooms } = buildCampus(calendar.seed, site.meters, flats)
  const byId = new Map(rooms.map((room) => [room.id, room]))
  const book = createBook(calendar)
  const ledger = new CampusLedger(now)
  const untilNow = ({ from, to }: Range): Range => ({ from, to: Math.min(to, now()) })
  return {
    addresses,
    rooms,
    ledger,
    zone: calendar.zone,
    now,
    room: (id) => byId.get(id),
    balance: (room) => book.balance(room, now()) + sumFen(ledger.appliedOf(room.id)),
    subsidy: (room) => book.subsidy(room, now()),
    reading({ counter, imr }) {
      const at = (imr && site.latest(imr)) ?? now()
      return formatRegister(registerAt(calendar.seed, counter, at, calendar.zone))
    },
    costs: (room, range) => book.costs(room, untilNow(range)),
    bought(room, range) {
      const others = book
        .recharges(room, untilNow(range))
        .map(({ outTradeNo, amountFen, type, at }) => ({ outTradeNo, fen: amountFen, type, at }))
      return [...others, ...received(ledger, room.id, range)].sort((a, b) => a.at - b.at)
    },
  }
}

/** Times on the wire are whole seconds, so the window is compared with those. */
function received(ledger: CampusLedger, roomId: string, { from, to }: Range): BuyRecord[] {
  return ledger
    .appliedOf(roomId)
    .map((row) => ({
      outTradeNo: row.outTradeNo,
      fen: row.listedFen,
      type: row.type,
      at: Math.floor(row.at / SECOND) * SECOND,
    }))
    .filter(({ at }) => at >= from && at <= to)
}
