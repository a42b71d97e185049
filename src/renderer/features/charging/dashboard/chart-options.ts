import { formatDay, type ZoneOffset } from '#shared/time.ts'
import type { Output } from '#shared/contract/index.ts'
import { formatMoney } from '../../../app/format.ts'

type Day = Output<'orders.dashboard'>['byDay'][number]

interface DayWords {
  readonly count: (n: number) => string
}
interface HourWords extends DayWords {
  readonly unit: string
}

const BARS = { type: 'bar', barWidth: '64%', barMaxWidth: 48 } as const
const GRID = { left: 4, right: 8, top: 24, bottom: 0, containLabel: true } as const

/** The first value of an axis tooltip's hit. */
function indexOf(hits: unknown): number {
  const hit: unknown = Array.isArray(hits) ? hits[0] : hits
  return typeof hit === 'object' && hit !== null && 'dataIndex' in hit ? Number(hit.dataIndex) : -1
}

const tooltip = (text: (index: number) => string) => ({
  trigger: 'axis',
  axisPointer: { type: 'shadow' },
  confine: true,
  formatter: (hits: unknown) => text(indexOf(hits)),
})

const category = (data: readonly string[]) => ({
  type: 'category',
  data,
  axisTick: { show: false },
  axisLabel: { hideOverlap: true },
})

/** Money charged by day; today still counts and is drawn lighter. */
export function dayOption(days: readonly Day[], zone: ZoneOffset, words: DayWords) {
  const label = (day: Day) => formatDay(day.day, zone).slice(5)
  return {
    grid: GRID,
    tooltip: tooltip((index) => {
      const day = days[index]
      return day ? `${label(day)}<br>${formatMoney(day.moneyFen)} · ${words.count(day.count)}` : ''
    }),
    xAxis: category(days.map(label)),
    yAxis: { type: 'value', name: '¥', min: 0, minInterval: 1 },
    series: [
      {
        ...BARS,
        id: 'money',
        data: days.map(({ moneyFen }, i) =>
          i === days.length - 1
            ? { value: moneyFen / 100, itemStyle: { opacity: 0.45 } }
            : { value: moneyFen / 100 },
        ),
      },
    ],
  }
}

/** Orders begun by hour of the day. */
export function hourOption(hours: readonly number[], words: HourWords) {
  const label = (hour: number) => `${String(hour).padStart(2, '0')}:00`
  return {
    grid: GRID,
    tooltip: tooltip((index) =>
      index < 0 ? '' : `${label(index)}–${label(index + 1)}<br>${words.count(hours[index] ?? 0)}`,
    ),
    xAxis: category(hours.map((_, hour) => String(hour))),
    yAxis: { type: 'value', name: words.unit, min: 0, minInterval: 1 },
    series: [{ ...BARS, id: 'orders', data: [...hours] }],
  }
}
