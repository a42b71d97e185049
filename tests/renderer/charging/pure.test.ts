import { describe, expect, it } from 'vitest'
import { maskPhone } from '#shared/privacy.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { proposalOf, type Zombie } from '../../../src/renderer/features/charging/abnormal/proposal.ts'
import { dayOption, hourOption } from '../../../src/renderer/features/charging/dashboard/chart-options.ts'
import { changeOf, percentText } from '../../../src/renderer/features/charging/dashboard/compare.ts'
import {
  busiest,
  heatShare,
  heatText,
  mostMinutes,
} from '../../../src/renderer/features/charging/dashboard/heat.ts'
import { daysOf } from '../../../src/renderer/features/charging/dashboard/spans.ts'
import { weekBefore } from '../../../src/renderer/features/charging/day-span.ts'
import { ordersInput } from '../../../src/renderer/features/charging/orders/list-input.ts'

const ZONE = 8 * HOUR
/** 2026-03-02 00:30 at the site, still the day before in UTC */
const NIGHT = Date.UTC(2026, 2, 1, 16, 30)

describe('what the filters of orders ask for', () => {
  it('takes days whole, in the zone of the site, the last one included', () => {
    const from = Date.UTC(2026, 2, 1) - ZONE
    expect(ordersInput({ from: '2026-03-01', to: '2026-03-01' }, ZONE)).toEqual({ from, to: from + DAY })
  })

  it('takes a whole number as the user, a part of one as a word', () => {
    expect(ordersInput({ user: '13800001234' }, ZONE)).toEqual({ user: '13800001234' })
    expect(ordersInput({ user: '1234', query: '东门' }, ZONE)).toEqual({ query: '东门 1234' })
  })

  it('has one word for what is not settled, and leaves nonsense out', () => {
    expect(ordersInput({ state: 'open' }, ZONE)).toEqual({ state: ['unpaid', 'pending'] })
    expect(ordersInput({ state: 'settled', port: '3', device: 'A1' }, ZONE)).toEqual({
      state: ['settled'],
      port: 3,
      deviceCode: 'A1',
    })
    expect(ordersInput({ state: 'x', port: '9', from: 'soon' }, ZONE)).toEqual({})
  })

  it('begins the last week six days before today, whatever day it is elsewhere', () => {
    expect(weekBefore(NIGHT, ZONE)).toBe('2026-02-24')
  })
})

describe('a phone number', () => {
  it('keeps its ends only', () => {
    expect(maskPhone('13800001234')).toBe('138****1234')
    expect(maskPhone('12345')).toBe('12345')
  })
})

describe('the figures', () => {
  it('are set against the time before, where there was any', () => {
    expect(changeOf(112, 100)).toBe(12)
    expect(changeOf(0, 50)).toBe(-100)
    expect(changeOf(3, 0)).toBeNull()
    expect(changeOf(0, 0)).toBe(0)
    expect([percentText(12), percentText(-3)]).toEqual(['+12%', '−3%'])
  })

  it('are of one of three spans', () => {
    expect(['7', '30', '1', '4', undefined].map(daysOf)).toEqual([7, 30, 1, 1, 1])
  })
})

describe('the heat map', () => {
  const row = (port: 1 | 2 | 3, minutes: number) => ({
    deviceCode: 'A1',
    alias: '',
    port,
    minutes: Array.from({ length: 24 }, (_, hour) => (hour === 8 ? minutes : 0)),
  })

  it('shows the busiest ports in the order of the list', () => {
    const rows = [row(1, 60), row(2, 10), row(3, 200)]
    expect(busiest(rows, 2).map(({ port }) => port)).toEqual([1, 3])
    expect(busiest(rows, 3)).toBe(rows)
    expect(mostMinutes(rows)).toBe(200)
  })

  it('writes hours, nothing for none, and colours within what stays readable', () => {
    expect([0, 30, 90, 61, 3].map(heatText)).toEqual(['', '0.5', '1.5', '1', '0.1'])
    expect([heatShare(0, 100), heatShare(100, 100)]).toEqual([0, 40])
    expect(heatShare(1, 100)).toBeGreaterThan(0)
  })
})

describe('the charts', () => {
  const words = { count: (n: number) => `${n} 笔`, unit: '账单' }
  const sums = { count: 2, units: 3, moneyFen: 150, coins: 0, cashFen: 150 }
  const hit = (index: number) => [{ dataIndex: index }]

  it('draw yuan by day, today lighter because it is not over', () => {
    const day = Date.UTC(2026, 2, 1) - ZONE
    const { xAxis, series, tooltip } = dayOption(
      [
        { day, ...sums },
        { day: day + DAY, ...sums, moneyFen: 250 },
      ],
      ZONE,
      words,
    )
    expect(xAxis.data).toEqual(['03-01', '03-02'])
    expect(series[0]?.data).toEqual([{ value: 1.5 }, { value: 2.5, itemStyle: { opacity: 0.45 } }])
    expect(tooltip.formatter(hit(1))).toBe('03-02<br>¥2.50 · 2 笔')
    expect(tooltip.formatter([])).toBe('')
  })

  it('count orders by hour', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 4 : 0))
    const { series, tooltip } = hourOption(hours, words)
    expect(series[0]?.data[9]).toBe(4)
    expect(tooltip.formatter(hit(9))).toBe('09:00–10:00<br>4 笔')
  })
})

describe('the proposed fix', () => {
  const zombie = (reportedAt: number | null, fixes: Zombie['fixes']): Zombie => ({
    kind: 'noOrder',
    deviceCode: 'A1',
    btName: 'BUC_1A2B3C4D5E6F',
    alias: '',
    port: 1,
    orderId: null,
    since: 0,
    minutes: 20,
    reportedAt,
    fixes,
  })

  it('is to look first, unless somebody just looked', () => {
    expect(proposalOf(zombie(NIGHT - 10 * MINUTE, ['readPorts', 'powerOff']), NIGHT)).toBe('readPorts')
    expect(proposalOf(zombie(NIGHT - MINUTE, ['readPorts', 'powerOff']), NIGHT)).toBe('powerOff')
    expect(proposalOf(zombie(NIGHT, ['readPorts']), NIGHT)).toBe('readPorts')
    expect(proposalOf(zombie(null, ['confirmPayment', 'cancelOrder']), NIGHT)).toBe('confirmPayment')
    expect(proposalOf(zombie(null, []), NIGHT)).toBeUndefined()
  })
})
