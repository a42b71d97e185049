import { expect, it } from 'vitest'
import { contract } from '#shared/contract/index.ts'
import { listInput } from '../../../src/renderer/features/meters/list-input.ts'
import { gateWord, unitOf } from '../../../src/renderer/features/meters/words.ts'

it('asks for what the filters hold', () => {
  expect(
    listInput({
      query: '东A102',
      kind: 'water',
      online: 'offline',
      gate: 'closed',
      silentHours: '48',
      active: 'false',
    }),
  ).toEqual({
    distinct: true,
    query: '东A102',
    kind: 'water',
    online: 'offline',
    gate: 'closed',
    silentHours: 48,
    active: false,
  })
  expect(listInput({})).toEqual({ distinct: true })
})

it.each([
  { kind: 'gas' },
  { silentHours: 'x' },
  { silentHours: '-1' },
  { silentHours: '999999999' },
  { active: 'maybe' },
  { query: 'x'.repeat(500) },
])('a URL that makes no sense is never refused: %o', (values) => {
  expect(contract['meters.list'].input.safeParse(listInput(values)).success).toBe(true)
})

it('a breaker trips, a valve shuts, an unknown class does neither', () => {
  expect(gateWord('electricity', 'closed')).toBe('tripped')
  expect(gateWord('electricity', 'open')).toBe('closedCircuit')
  expect(gateWord('water', 'closed')).toBe('valveShut')
  expect(gateWord('water', 'open')).toBe('valveOpen')
  expect(gateWord('unknown', 'closed')).toBe('off')
  expect(gateWord('water', 'unknown')).toBe('none')
  expect([unitOf('electricity'), unitOf('water'), unitOf('unknown')]).toEqual(['kWh', 'm³', ''])
})
