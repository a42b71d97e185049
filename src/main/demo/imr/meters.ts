import { chance, hash, pick } from '../hash.ts'
import { personName } from '../people.ts'
import { placeOf, type Place } from '../places.ts'

export type Kind = 'electricity' | 'water'

/** One meter of the demo site. Days of the year: 0–364. */
export interface DemoMeter {
  readonly index: number
  readonly deviceId: string
  readonly tableNo: string
  readonly deviceName: string
  readonly project: string
  /** code of spec I-10 */
  readonly typeCode: string
  readonly kind: Kind
  readonly place: string
  readonly house: string
  readonly userCode: string
  readonly userName: string
  /** every hour instead of once a day */
  readonly hourly: boolean
  /** kWh or m³ an average day */
  readonly perDay: number
  /** register at the start of time */
  readonly base: number
  readonly net: 'online' | 'offline' | 'odd'
  /** days before the site's start at which an offline meter fell silent; null while it reports */
  readonly silentDays: number | null
  readonly gateClosed: boolean
  /** the day of every year on which the meter was exchanged: its register starts anew */
  readonly resetDay: number | null
  /** days of every year without any reading */
  readonly gap: { readonly from: number; readonly days: number } | null
  /** the day of every year whose row comes malformed */
  readonly badDay: number | null
  /** now and then it is read far too high or too low */
  readonly misread: 'high' | 'low' | null
  /** whole digits of a register that began again at zero within these years */
  readonly digits: number | null
}

export interface MeterOptions {
  readonly seed: number
  readonly meters: number
  /** the first so many are read every hour */
  readonly hourly: number
}

const TYPES: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
  electricity: ['1', '3', '5', '16', '18', '26'],
  water: ['2', '4', '6', '20', '24', '35'],
}
/** 尖峰平谷 meters (spec §2.1); camera water meters have no stated code. */
export const BAND_TYPE = '7'
export const CAMERA_TYPE = '41'
const UNKNOWN_TYPES = ['25', '33', '34', '52'] as const

/** The same meters for the same options, whenever it is built. */
export function buildMeters({ seed, meters, hourly }: MeterOptions): DemoMeter[] {
  return Array.from({ length: meters }, (_, index) => meterOf(seed, index, hourly))
}

function meterOf(seed: number, index: number, hourlyCount: number): DemoMeter {
  const place = placeOf(index, hourlyCount)
  const hourly = index < hourlyCount
  const trait = (salt: number) => chance(seed, index, salt)
  const tableNo = tableNoOf(seed, index, place.kind)
  const deviceId = index % 37 === 5 ? `8660${String(10_000_000_000 + index * 7919)}` : tableNo
  const resetDay = index % 401 === 7 ? hash(seed, index, 6) % 365 : null
  const isMisread = place.dormitory && index % 229 === 60 && resetDay === null
  const net = trait(1) < 0.03 ? 'offline' : trait(1) < 0.033 ? 'odd' : 'online'
  return {
    index,
    deviceId,
    tableNo,
    deviceName: place.name ?? tableNo,
    project: place.dormitory ? 'ZC' : 'CS',
    typeCode: typeCodeOf(seed, index, { ...place, hourly }),
    kind: place.kind,
    place: place.building,
    house: place.room,
    userCode: place.dormitory ? String(20_230_000 + index).padStart(10, '0') : '',
    userName: place.dormitory ? personName(seed, index) : '',
    hourly,
    perDay: place.perDay * (0.6 + 0.8 * trait(2)),
    base: Math.floor(trait(3) * (hourly ? 400_000 : 9000)),
    net,
    silentDays: net === 'offline' ? 1 + (hash(seed, index, 4) % 40) : null,
    gateClosed: trait(5) < 0.015,
    resetDay,
    // a meter that was exchanged shows both, on days far from each other
    gap:
      trait(7) < 0.06 || resetDay !== null
        ? {
            from: ((resetDay ?? 0) + 90 + (hash(seed, index, 8) % 180)) % 350,
            days: 2 + (hash(seed, index, 9) % 9),
          }
        : null,
    badDay: index % 331 === 11 ? hash(seed, index, 10) % 365 : null,
    misread: isMisread ? (index % 2 === 0 ? 'low' : 'high') : null,
    digits: hourly && place.kind === 'electricity' && index % 36 === 11 ? 5 : null,
  }
}

/** Twelve digits; a fifth of them begin with zeros (I-20). */
function tableNoOf(seed: number, index: number, kind: Kind): string {
  const serial = index * 13 + (hash(seed, index, 12) % 13)
  if (index % 5 === 3) return String(serial + 1).padStart(12, '0')
  return `${kind === 'water' ? '19062083' : '20200500'}${String(serial).padStart(5, '0')}`
}

function typeCodeOf(
  seed: number,
  index: number,
  { kind, dormitory, hourly }: Place & { hourly: boolean },
): string {
  if (index % 167 === 29) return pick(UNKNOWN_TYPES, Math.floor(index / 167))
  if (kind === 'electricity' && !dormitory && index % 8 === 0) return BAND_TYPE
  if (kind === 'water' && !hourly && index % 16 === 1) return CAMERA_TYPE
  return pick(TYPES[kind], hash(seed, index, 13))
}
