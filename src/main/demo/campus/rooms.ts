import { hash } from '../hash.ts'
import type { DemoMeter, Kind } from '../imr/meters.ts'
import type { Counter } from '../imr/register.ts'
import { AddressBook, type WireAddress } from './addresses.ts'

export type RoomUse = 'dormitory' | 'shop' | 'flat'

export interface RoomMeter {
  readonly tableNo: string
  readonly counter: Counter
  /** the same meter in the IMR system; null where that has none */
  readonly imr: DemoMeter | null
}

/** A room that money can be sent to. */
export interface DemoRoom {
  /** from 0 */
  readonly index: number
  /** `H-…` */
  readonly id: string
  readonly name: string
  readonly use: RoomUse
  readonly meters: readonly RoomMeter[]
}

export interface Campus {
  readonly addresses: readonly WireAddress[]
  readonly rooms: readonly DemoRoom[]
}

interface Spot {
  /** area, building, floor, room: the four levels below the root */
  readonly path: readonly [area: string, building: string, floor: string, room: string]
  readonly use: RoomUse
}

const FLOORS = ['一层', '二层', '三层', '四层', '五层', '六层', '七层', '八层', '九层'] as const
const floorName = (floor: number) => FLOORS[floor - 1] ?? `${floor}层`

/** The rooms of the IMR meters and `flats` flats that only this platform knows. Main meters belong to no room. */
export function buildCampus(seed: number, meters: readonly DemoMeter[], flats: number): Campus {
  const book = new AddressBook()
  const rooms = new Map<string, DemoRoom & { meters: RoomMeter[] }>()
  const add = (spot: Spot, meter: RoomMeter) => {
    const { addrId: id, addrName: name } = put(book, spot)
    const room = rooms.get(id) ?? { index: rooms.size, id, name, use: spot.use, meters: [] }
    room.meters.push(meter)
    rooms.set(id, room)
  }
  for (const meter of meters)
    if (!meter.hourly) add(spotOf(meter), { tableNo: meter.tableNo, counter: meter, imr: meter })
  for (let i = 0; i < flats; i++) for (const meter of flatMeters(seed, i)) add(flatSpot(i), meter)
  return { addresses: book.list, rooms: [...rooms.values()] }
}

function put(book: AddressBook, { path: [area, building, floor, room] }: Spot): WireAddress {
  const root = book.place(null, 101, '演示大学')
  const above = book.place(book.place(root, 101, area), 102, building)
  return book.place(book.place(above, 102, floor), 103, room)
}

const SHOPS_A_FLOOR = 50

/** 梅园1栋 0101 → 梅1-101 on the first floor; 超市001 in its street. */
function spotOf({ place, house, deviceName, project }: DemoMeter): Spot {
  const number = Number(house)
  if (project !== 'ZC') {
    const floor = floorName(Math.floor((number - 1) / SHOPS_A_FLOOR) + 1)
    return { path: ['商业区', place, floor, deviceName], use: 'shop' }
  }
  const short = place.replace(/园|栋/g, '')
  const floor = floorName(Math.floor(number / 100))
  return { path: ['学生生活区', place, floor, `${short}-${number}`], use: 'dormitory' }
}

const FLAT_FLOORS = 5
const FLATS_A_FLOOR = 20

function flatSpot(index: number): Spot {
  const building = Math.floor(index / (FLAT_FLOORS * FLATS_A_FLOOR)) + 1
  const floor = (Math.floor(index / FLATS_A_FLOOR) % FLAT_FLOORS) + 1
  const number = floor * 100 + (index % FLATS_A_FLOOR) + 1
  const path = ['教工生活区', `教工公寓${building}号楼`, floorName(floor), `教${building}-${number}`] as const
  return { path, use: 'flat' }
}

/** Above every index of an IMR meter, so that no two share their chance. */
const FLAT_INDEX = 500_000
const PER_DAY = { electricity: 7.2, water: 0.52 } as const

function flatMeters(seed: number, index: number): RoomMeter[] {
  return (['electricity', 'water'] as const).map((kind, i) => flatMeter(seed, index * 2 + i, kind))
}

function flatMeter(seed: number, serial: number, kind: Kind): RoomMeter {
  const index = FLAT_INDEX + serial
  const play = 0.5 + (hash(seed, index, 2) % 1000) / 1000
  const counter = {
    index,
    kind,
    perDay: PER_DAY[kind] * play,
    base: hash(seed, index, 3) % 9000,
    resetDay: null,
  }
  return { tableNo: `3107${String(serial * 7 + 1).padStart(8, '0')}`, counter, imr: null }
}
