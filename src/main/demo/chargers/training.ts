import type { KnownCharger } from '#core/context.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import { hash, pick } from '../hash.ts'
import { LAYOUTS, type ChargerSpec, type Stranger } from './device.ts'
import type { ReplyStyle } from './reply-style.ts'
import { VARIANTS } from './variant.ts'

/** A charger of the training air, with what its label says. */
export interface TrainingCharger extends ChargerSpec {
  readonly deviceCode: string
  readonly alias: string
  readonly variant: (typeof VARIANTS)[number]
}

const COUNT = 24

/** What is wrong with some, by position: an installer's run shows each kind of failure once. */
const ODD: Readonly<Record<number, Partial<ChargerSpec>>> = {
  /** a hopeless reply is worth a retry; this one never replies */
  6: { quirks: ['silent'] },
  /** somebody charges here */
  9: { ports: [0, 45, 0, 0], clockSkewS: 2 },
  11: { ports: [0, 0, 999, 0] },
  15: { quirks: ['dropMidReply'] },
  /** no clock can be set (B-19) */
  19: { stimeChecksClock: true },
  /** far away, and well otherwise */
  22: { quirks: ['weakSignal'] },
}

/** Firmwares write as they like (B-32); all of these are well. */
const STYLES: readonly [Partial<ReplyStyle>, ...Partial<ReplyStyle>[]] = [
  {},
  { tail: '\r\n' },
  { ok: 'ok', tail: '\r\n' },
  { ok: '0K', zero: 'O' },
  { spaced: true },
  { chunkBytes: 7, gapMs: 30 },
  { delayMs: 700 },
]
const LAYOUT_CYCLE = [LAYOUTS.ffe0, LAYOUTS.ffe0, LAYOUTS.fff0, LAYOUTS.ffe0, LAYOUTS.nordicUart] as const
/** s their clock is off; the rest was just powered and knows no time */
const SKEWS: Readonly<Record<number, number>> = { 1: 3, 4: -240, 12: 0, 17: 95 }

/** 24 chargers of all eight firmwares, three of each; most of them well. */
export function trainingChargers(seed = 4): TrainingCharger[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const skew = SKEWS[i]
    return {
      name: nameOf(seed, i),
      deviceCode: codeOf(i),
      alias: `竹园${Math.floor(i / 8) + 1}栋${(i % 8) + 1}层`,
      variant: pick(VARIANTS, i),
      rssi: -44 - (hash(seed, i, 7) % 38),
      layout: pick(LAYOUT_CYCLE, i),
      chunkBytes: i % 5 === 4 ? 182 : 20,
      style: pick(STYLES, i),
      ...(skew === undefined ? {} : { clockSkewS: skew }),
      ...ODD[i],
    }
  })
}

/** Already registered: the first four with how they want their frames; two from labels; one that is not on the air. */
export function knownChargers(seed = 4): KnownCharger[] {
  const chargers = trainingChargers(seed)
  const spoken = chargers.slice(0, 4).map((charger) => ({ ...labelOf(charger), profile: profileOf(charger) }))
  const entered = [8, 16]
    .flatMap((i) => chargers[i] ?? [])
    .map((charger) => ({ ...labelOf(charger), profile: null }))
  const gone = { deviceCode: codeOf(COUNT), btName: nameOf(seed, COUNT), alias: '竹园4栋1层', profile: null }
  return [...spoken, ...entered, gone]
}

/** What else advertises in a building; one nearly has a charger's name. */
export const STRANGERS: readonly Stranger[] = [
  { name: null, rssi: -58 },
  { name: null, rssi: -71 },
  { name: null, rssi: -83 },
  { name: 'Buds Pro', rssi: -66 },
  { name: '客厅电视', rssi: -77 },
  { name: 'LE-Keyboard', rssi: -69 },
  { name: 'BUC_TEST', rssi: -74 },
]

const hex = (number: number) => number.toString(16).padStart(8, '0').toUpperCase()
const nameOf = (seed: number, i: number): string =>
  `BUC_${hex(hash(seed, i, 1))}${hex(hash(seed, i, 2)).slice(0, 4)}`

const codeOf = (i: number): string => String(60_010_001 + i)

const labelOf = ({ deviceCode, name, alias }: TrainingCharger) => ({ deviceCode, btName: name, alias })

const profileOf = ({ variant, layout = LAYOUTS.ffe0 }: TrainingCharger): BleProfile => ({
  ...variant,
  minutesWidth: 0,
  blink: 'LEDBLINK',
  layout,
})
