import { openBenchCore } from '../lib/core.ts'
import { alternate, type Bench } from '../lib/harness.ts'
import { bigFolder, END_S, ZONE } from '../lib/site.ts'

const DAYS = 31
const DAY_S = 86_400

/** Usage of 2,000 meters on 31 days at the core's door against a bare read of the daily summary. */
export const bench: Bench = {
  name: 'daily-usage',
  async run() {
    const site = await openBenchCore(await bigFolder())
    const summary = site.raw.prepare(
      'SELECT day, meter, first_value, last_value, fell FROM daily WHERE day >= ? AND day <= ?',
    )
    const readings = site.raw.prepare(
      `SELECT meter, (at - 1 + ${ZONE / 1000}) / ${DAY_S} AS day, max(value) AS last FROM reading
       WHERE at > ? AND at <= ? GROUP BY meter, day`,
    )
    const end = END_S - DAY_S
    const firstDay = Math.floor((end - DAYS * DAY_S + ZONE / 1000) / DAY_S)
    const from = end - DAYS * DAY_S
    const ms = await alternate(12, {
      floor: () => summary.all(firstDay - 1, firstDay + DAYS - 1),
      usage: () => site.call('meters.usage', { from: from * 1000, to: end * 1000, bucket: 'day' }),
    })
    const scan = await alternate(2, { groupBy: () => readings.all(from - DAY_S, end) })
    await site.close()
    return [
      {
        name: 'daily-usage',
        value: ms.usage,
        unit: 'ms',
        ratio: ms.usage / ms.floor,
        target: { kind: 'most', of: 'ratio', limit: 2 },
      },
      {
        name: 'daily-usage-over-group-by',
        value: scan.groupBy,
        unit: 'ms',
        ratio: scan.groupBy / ms.usage,
        target: { kind: 'least', of: 'ratio', limit: 8 },
      },
    ]
  },
}
