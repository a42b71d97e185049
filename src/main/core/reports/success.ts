import { REPORT_DEFAULTS } from '#shared/report-defaults.ts'
import { DAY } from '#shared/time.ts'
import { sortedInSlices } from '../sorting.ts'
import { column, percent, tableOf, type Builder, type Cells } from './parts.ts'
import { spanOf } from './span.ts'
import { METER_COLUMNS, meterCells } from './usage.ts'

/** Days with readings of the days asked, per meter (the worst first) or per place. */
export const successReport: Builder = async (parts, filter) => {
  const { figures, ctx, zone } = parts
  const { kind, source, place, query, group = REPORT_DEFAULTS.group } = filter
  const span = spanOf({ ...filter, bucket: 'day' }, ctx.ports.clock.now(), zone())
  const meters = await figures.meters({ kind, source, place, query })
  const read = await figures.daysRead(span)
  const days = Math.round((span.to - span.from) / DAY)
  const counted = meters.map((meter) => ({ meter, days: read.get(meter.key) ?? 0 }))
  const measured = counted.reduce((sum, one) => sum + one.days, 0)
  const total = meters.length * days
  const ends = [column('daysRead', 'integer'), column('daysAsked', 'integer'), column('success', 'percent')]
  const about = { ...span, asOf: figures.asOf(span), coverage: { measured, total } }
  if (group === 'meter') {
    const worstFirst = await sortedInSlices(counted, (a, b) => a.days - b.days, parts.breathe)
    const rows: Cells[] = []
    for (const one of worstFirst) {
      rows.push([...meterCells(one.meter), one.days, days, percent(one.days, days)])
      const pause = parts.breathe()
      if (pause) await pause
    }
    return tableOf('success', {
      ...about,
      columns: [...METER_COLUMNS, ...ends],
      rows,
      total: [null, null, null, null, measured, total, percent(measured, total)],
    })
  }
  const places = new Map<string, { meters: number; silent: number; days: number }>()
  for (const one of counted) {
    const own = places.get(one.meter.place) ?? { meters: 0, silent: 0, days: 0 }
    own.meters++
    own.days += one.days
    if (one.days === 0) own.silent++
    places.set(one.meter.place, own)
  }
  const silent = counted.filter((one) => one.days === 0).length
  return tableOf('success', {
    ...about,
    columns: [column('place', 'text'), column('meters', 'integer'), column('silent', 'integer'), ...ends],
    rows: [...places].map(([name, own]) => [
      name,
      own.meters,
      own.silent,
      own.days,
      own.meters * days,
      percent(own.days, own.meters * days),
    ]),
    total: [null, meters.length, silent, measured, total, percent(measured, total)],
  })
}
