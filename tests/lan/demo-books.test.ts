import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemoConsole, type DemoConsole } from '../fixtures/console.ts'

/** What the demo's charging business has to be: the sums of real ones, and something for everybody to do. */
describe('the demo’s charging business', () => {
  let console: DemoConsole
  beforeAll(async () => {
    console = await openDemoConsole()
  })
  afterAll(() => console.close())

  it('has weeks of orders of every kind', async () => {
    const count = async (state: 'paid' | 'unpaid' | 'cancelled') =>
      (await console.call('orders.list', { state: [state] })).total
    expect(await count('paid')).toBeGreaterThan(200)
    expect(await count('cancelled')).toBeGreaterThan(10)
    expect(await count('unpaid')).toBe(3)
    const { rows } = await console.call('orders.list', { state: ['paid'], limit: 500 })
    expect(rows.filter(({ pmoney }) => pmoney > 0).length).toBeGreaterThan(20)
    expect(rows.filter(({ cash }) => cash > 0).length).toBeGreaterThan(100)
    expect(rows.filter(({ pmoney, cash }) => pmoney > 0 && cash > 0).length).toBeGreaterThan(3)
  })

  it('has a withdrawal of each state, one of them to another account than was paid last', async () => {
    const { rows } = await console.call('cashouts.list', {})
    expect(new Set(rows.map(({ state }) => state)).size).toBe(3)
    const waiting = rows.filter(({ accountChanged }) => accountChanged)
    expect(waiting).toHaveLength(1)
  })
})
