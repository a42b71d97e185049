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

it.each([
  ['syncStale', 'Campus', '同步数据过旧 校园水电 4 小时', 'Synced data is old Campus 4 h'],
  ['clockSkew', 'Water', '时钟偏差 用水管理 4 秒', 'Clocks differ Water 4 s'],
  ['clockSkew', 'IMR', '时钟偏差 远程抄表 4 秒', 'Clocks differ IMR meters 4 s'],
  // a thing that is called so by chance
  ['lowBattery', 'Water', '水表电池低 Water 4 %', 'Low battery of a water meter Water 4 %'],
] as const)('%s of %s is said with the vendor as the console calls it', (rule, name, zh, en) => {
  const told = { rule, name, value: 4, severity: 'warning', members: 0 } as const
  expect([lineOf(told, 'zh-CN'), lineOf(told, 'en')]).toEqual([zh, en])
})

it('is said the same in a message to a group', () => {
  const told = { rule: 'meterSilent', name: '3号楼', value: 1321, severity: 'warning', members: 0 } as const
  expect(lineOf(told, 'zh-CN')).toBe('表计无读数 3号楼 55 天')
  expect(lineOf(told, 'en')).toBe('Meter without readings 3号楼 55 d')
})
