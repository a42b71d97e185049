import { BAND_TYPE, buildMeters, type DemoMeter } from '#main/demo/imr/meters.ts'

/** The campus that `--demo` builds (src/main/demo/index.ts: the same for everybody). */
export const SEED = 20_260_101
export const campus = buildMeters({ seed: SEED, meters: 2000, hourly: 100 })

const firstWhere = (what: string, fits: (meter: DemoMeter) => boolean): DemoMeter => {
  const found = campus.find(fits)
  if (!found) throw new Error(`the demo campus has no meter ${what}`)
  return found
}

export const idOf = (meter: DemoMeter) => `imr:${meter.deviceId}`

/** Exchanged on one day of the year, silent on some others. */
export const exchanged = firstWhere('that was exchanged', (m) => m.resetDay !== null && m.net === 'online')
export const withGap = firstWhere(
  'with a gap',
  (m) => m.gap !== null && m.resetDay === null && !m.hourly && m.net === 'online',
)
export const misread = firstWhere('that is misread', (m) => m.misread !== null && m.net === 'online')
export const banded = firstWhere('with bands', (m) => m.typeCode === BAND_TYPE && m.net === 'online')
export const leadingZeros = firstWhere('with leading zeros', (m) => m.tableNo.startsWith('00'))
