import { openBenchCore } from '../lib/core.ts'
import { alternate, type Bench } from '../lib/harness.ts'
import { bigFolder, deviceIdOf, END_S, METERS } from '../lib/site.ts'

const YEAR_S = 365 * 86_400

/** One meter over a year, 4,380 points of ten million, at the core's door against the bare statement. */
export const bench: Bench = {
  name: 'meter-year',
  async run() {
    const site = await openBenchCore(await bigFolder())
    const floor = site.raw.prepare(
      'SELECT at, value FROM reading WHERE meter = ? AND at >= ? AND at < ? ORDER BY at',
    )
    const from = END_S - YEAR_S
    const keyOf = (round: number) => 1 + (((round + 1) * 389) % METERS)
    const range = { from: from * 1000, to: END_S * 1000 }
    const ask = (operation: string, more: object) => (round: number) =>
      site.call(operation, { ...range, ...more, ...idOf(keyOf(round), operation) })
    const ms = await alternate(200, {
      floor: (round) => floor.all(keyOf(round), from, END_S),
      series: ask('meters.readings', {}),
      days: ask('meters.usage', { bucket: 'day' }),
      months: ask('meters.usage', { bucket: 'month' }),
    })
    await site.close()
    const most = { kind: 'most', of: 'ratio', limit: 2 } as const
    return [
      { name: 'meter-year', value: ms.series, unit: 'ms', ratio: ms.series / ms.floor, target: most },
      { name: 'meter-year-days', value: ms.days, unit: 'ms', ratio: ms.days / ms.floor, target: null },
      { name: 'meter-year-months', value: ms.months, unit: 'ms', ratio: ms.months / ms.floor, target: null },
    ]
  },
}

const idOf = (key: number, operation: string) => {
  const meterId = `imr:${deviceIdOf(key)}`
  return operation === 'meters.usage' ? { meterIds: [meterId] } : { meterId }
}
