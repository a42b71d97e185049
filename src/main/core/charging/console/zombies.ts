import type { Output } from '#shared/contract/index.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import type { ReportedPorts } from '../../devices/index.ts'
import { timeOf, UNIT, type Books, type StoredOrder } from '../books.ts'
import { reportedNow } from '../ports.ts'

export type Zombie = Output<'orders.zombies'>['rows'][number]

/** A phone reports the port seconds after it ordered; a report sooner than this says nothing about the order. */
const SETTLES = 2 * MINUTE
/** B-28: minutes that a clock may be off before a port counts as running too long. */
const TOLERANCE_MINUTES = 5
/** An unpaid order of which no port ever ran is forgotten by then. */
const FORGOTTEN = 24 * HOUR

interface Device extends ReportedPorts {
  readonly deviceCode: string
  readonly btName: string
  readonly deviceName: string
}

/** Orders and ports that do not fit together, oldest first (features §3.2). */
export const zombies = (books: Books, now: number): Zombie[] =>
  [...findZombies(books, now)].sort((a, b) => a.since - b.since)

/** The newest order of a port that was not given up, by the index of device, port and time. */
export const NEWEST_ORDER = `SELECT * FROM order_info WHERE deviceCode = ? AND port = ? AND cancelTime IS NULL
  ORDER BY orderTime DESC, id DESC LIMIT 1`

/** The same one by one, in no order: who takes them may let others use the thread in between. */
export function* findZombies(books: Books, now: number): Generator<Zombie> {
  const devices = books.db
    .statement<Device>(
      'SELECT deviceCode, btName, deviceName, portState, portStateTime, portTimes FROM device_info',
    )
    .all()
  const newest = books.db.statement<StoredOrder>(NEWEST_ORDER)
  for (const device of devices)
    for (const port of [1, 2, 3, 4]) {
      const order = newest.get(device.deviceCode, port) ?? null
      const zombie = judge(books, { device, port, order }, now)
      if (zombie) yield zombie
    }
}

function judge(
  books: Books,
  { device, port, order }: { device: Device; port: number; order: StoredOrder | null },
  now: number,
): Zombie | null {
  const report = reportedNow(books, device, port, now)
  const orderedAt = order ? timeOf(books, order.orderTime) : 0
  const endsAt = order ? orderedAt + order.unit * UNIT : 0
  const about = {
    deviceCode: device.deviceCode,
    btName: device.btName,
    alias: device.deviceName,
    port,
    orderId: order?.orderId ?? null,
    minutes: report?.minutes ?? null,
    reportedAt: report?.at ?? null,
  }
  const unpaid = order?.payTime === null
  const settle: Zombie['fixes'] = unpaid ? ['confirmPayment', 'cancelOrder'] : []
  if (report && report.minutes > 0) {
    const runsUntil = now + report.minutes * MINUTE
    if (order === null || endsAt + TOLERANCE_MINUTES * MINUTE < report.at)
      return { kind: 'noOrder', ...about, orderId: null, since: report.at, fixes: ['readPorts', 'powerOff'] }
    if (runsUntil > endsAt + TOLERANCE_MINUTES * MINUTE)
      return { kind: 'afterEnd', ...about, since: orderedAt, fixes: ['readPorts', 'powerOff'] }
    return null
  }
  if (order && endsAt > now && report && !report.broken && report.at > orderedAt + SETTLES)
    return { kind: 'portFree', ...about, since: orderedAt, fixes: ['readPorts', ...settle] }
  if (order && unpaid && now - endsAt > FORGOTTEN)
    return { kind: 'neverStarted', ...about, since: orderedAt, fixes: settle }
  return null
}
