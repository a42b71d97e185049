import { afterEach, beforeEach, expect, it } from 'vitest'
import { RunStore } from '#core/provisioning/store.ts'
import { waitingIn } from '#core/provisioning/waiting.ts'
import { openTestStore, type TestStore } from '../../fixtures/store.ts'

let test: TestStore
beforeEach(async () => {
  test = await openTestStore()
})
afterEach(() => test.close())

it('what is asked again and again looks only at runs that are open', () => {
  const { site } = test.store
  const asked: string[] = []
  const watched = Object.create(site) as typeof site
  Object.defineProperty(watched, 'statement', {
    value: (sql: string) => {
      asked.push(sql)
      return site.statement(sql)
    },
  })
  const store = new RunStore(watched)
  store.nextWaiting()
  store.leftRunning()
  store.busyElsewhere('1')
  store.devices('1')
  store.counts('1')
  waitingIn(watched, 0)
  expect(asked).toHaveLength(7)
  for (const sql of asked) {
    const plan = site.sql.statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    const values = Array<string>(sql.split('?').length - 1).fill('1')
    const steps = plan.all(...values).map(({ detail }) => detail)
    expect(steps.filter((step) => /^SCAN (d|provisioning_device|charger_exchange)\b/.test(step))).toEqual([])
  }
})
