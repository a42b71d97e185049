import { describe, expect, it } from 'vitest'
import { recordInput } from '../../../src/renderer/features/recharge/records/list-input.ts'

const ZONE = 8 * 3_600_000

describe('what the filters of the records ask for', () => {
  it.each([
    [{}, {}],
    [{ state: 'UNKNOWN,DISPUTED' }, { state: ['UNKNOWN', 'DISPUTED'] }],
    [{ state: 'needsPerson' }, { needsPerson: true }],
    [{ state: 'nonsense', tender: 'gold' }, {}],
    [
      { query: '102', tender: 'cash', operator: '张三' },
      { query: '102', tender: 'cash', operator: '张三' },
    ],
  ])('%j', (values, input) => {
    expect(recordInput(values, ZONE)).toEqual(input)
  })

  it('takes days with both ends, in the zone of the site', () => {
    const day = Date.UTC(2026, 1, 28, 16)
    expect(recordInput({ from: '2026-03-01', to: '2026-03-01' }, ZONE)).toEqual({
      from: day,
      to: day + 86_400_000,
    })
  })
})
