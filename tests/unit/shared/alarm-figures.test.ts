import { expect, it } from 'vitest'
import { shownFigure } from '#shared/alarms.ts'
import { lineOf } from '#shared/alarm-words.ts'

it.each([
  ['clockLost', 60, '60', 'seconds'],
  ['clockLost', 3600, '60', 'minutes'],
  ['clockLost', 9000, '2.5', 'hours'],
  ['clockLost', -90_061, '-25', 'hours'],
  ['clockLost', 31_536_000, '365', 'days'],
  ['meterSilent', 72, '72', 'hours'],
  ['meterSilent', 1321, '55', 'days'],
  ['rechargeUnsettled', 5, '5', 'minutes'],
  ['diskFull', 512, '512', 'mebibytes'],
  ['diskFull', 2048, '2', 'gibibytes'],
  ['lowBalance', 1250, '12.50', 'fen'],
  ['lowBattery', 85, '85', 'percent'],
] as const)('%s of %d is said as %s %s', (rule, value, text, unit) => {
  expect(shownFigure(rule, value)).toEqual({ text, unit })
})

it('says nothing where there is no figure', () => {
  expect(shownFigure('lanDown', 1)).toBeNull()
  expect(shownFigure('lowBalance', null)).toBeNull()
})

it('is said the same in a message to a group', () => {
  const told = { rule: 'meterSilent', name: '3号楼', value: 1321, severity: 'warning', members: 0 } as const
  expect(lineOf(told, 'zh-CN')).toBe('表计无读数 3号楼 55 天')
  expect(lineOf(told, 'en')).toBe('Meter without readings 3号楼 55 d')
})
