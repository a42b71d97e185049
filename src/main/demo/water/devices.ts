import type { WaterLink } from '#core/context.ts'
import type { DemoRoom } from '../campus/rooms.ts'
import { chance, hash } from '../hash.ts'
import type { Counter } from '../imr/register.ts'
import { personName } from '../people.ts'

/** What is wrong with a meter, for the lists of what wants looking at; most have nothing. */
export type Trait = 'leak' | 'night' | 'vacant' | 'silent' | 'lowBattery' | null

/** A water meter and its account, as the water system knows them. */
export interface WaterDevice {
  readonly index: number
  readonly deviceCode: string
  readonly userCode: string
  readonly userName: string
  readonly phone: string
  /** 教工公寓1号楼1-101 */
  readonly house: string
  /** of the campus platform */
  readonly roomId: string
  readonly building: number
  readonly counter: Counter
  readonly trait: Trait
  /** read every hour of the last weeks, else once a day */
  readonly hourly: boolean
  /** days before the site's start after which nothing came */
  readonly silentDays: number
  readonly userType: '居民' | '商业'
}

/** One flat in so many is read every hour. */
const HOURLY_EVERY = 10
const SERIES = 'W'

/** The water meters of the flats; nobody else knows these numbers but the campus platform. */
export function buildDevices(seed: number, rooms: readonly DemoRoom[]): WaterDevice[] {
  const flats = rooms.filter(({ use }) => use === 'flat')
  return flats.flatMap((room, index) => {
    const meter = room.meters.find(({ counter, imr }) => counter.kind === 'water' && imr === null)
    return meter ? [deviceOf(seed, index, room, meter.tableNo, meter.counter)] : []
  })
}

function deviceOf(
  seed: number,
  index: number,
  room: DemoRoom,
  tableNo: string,
  counter: Counter,
): WaterDevice {
  const hourly = index % HOURLY_EVERY === 3
  return {
    index,
    deviceCode: tableNo,
    userCode: `${SERIES}${String(100_001 + index * 3)}`,
    userName: personName(seed + 11, index),
    phone: `1${String(3_000_000_000 + (hash(seed, index, 31) % 6_999_999_999)).padStart(10, '3')}`.slice(
      0,
      11,
    ),
    house: room.name,
    roomId: room.id,
    building: Number(/(\d+)-/.exec(room.name)?.[1] ?? 1),
    counter,
    trait: traitOf(seed, index, hourly),
    hourly,
    silentDays: 3 + (hash(seed, index, 33) % 40),
    userType: index % 23 === 7 ? '商业' : '居民',
  }
}

/** Night and continuous flow can be seen on hourly meters only. */
function traitOf(seed: number, index: number, hourly: boolean): Trait {
  const place = chance(seed, index, 32)
  if (hourly) return place < 0.12 ? 'leak' : place < 0.25 ? 'night' : null
  if (place < 0.03) return 'vacant'
  if (place < 0.06) return 'silent'
  return place < 0.1 ? 'lowBattery' : null
}

/** Flats of which nobody has entered who lives there. */
const UNKNOWN = 0.12
const BY_HAND = 0.1

/** What the office entered about who belongs to whom: most from the list of who moved in, some by hand. */
export const linksOf = (seed: number, devices: readonly WaterDevice[]): WaterLink[] =>
  devices.flatMap(({ index, roomId, deviceCode, userCode }) => {
    const place = chance(seed, index, 34)
    if (place < UNKNOWN) return []
    return [{ roomId, deviceCode, userCode, how: place > 1 - BY_HAND ? 'hand' : 'import' }]
  })
