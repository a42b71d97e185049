import { expect, it } from 'vitest'
import { DAY } from '#shared/time.ts'
import { smallBars } from '../../../src/renderer/features/meters/small-bars.ts'

it('a day without figures is a slot, not zero', () => {
  const option = smallBars({
    days: [
      { day: 0, usage: '12.5' },
      { day: DAY, usage: null },
    ],
    unit: 'kWh',
    gapWord: '无读数',
    zone: 0,
    colours: { bar: 'B', gap: 'G', text: 'T', line: 'L' },
  })
  expect(option.series.map((series) => series.data)).toEqual([
    [null, 1],
    [12.5, null],
  ])
  expect(option.tooltip.formatter([{ dataIndex: 1 }])).toContain('无读数')
  expect(option.tooltip.formatter([{ dataIndex: 0 }])).toContain('12.5 kWh')
  expect(option.tooltip.formatter([])).toBe('')
})
