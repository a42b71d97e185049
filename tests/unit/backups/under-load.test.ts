import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackups, type Backups } from '#core/backups/index.ts'
import { figuresOf, moneyDifferences, type Figure } from '#core/backups/figures.ts'
import { listBackups } from '#core/backups/copies.ts'
import { newOrder } from '#core/charging/orders.ts'
import { USUAL_LIMITS, type Books } from '#core/charging/books.ts'
import { createSettings } from '#core/settings/index.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import { HOUR } from '#shared/time.ts'
import { testContext } from '../../fixtures/store.ts'
import { RechargeWorld } from '../../fixtures/recharge-world.ts'
import { memoryKey } from '../../fixtures/sync-site.ts'

const workers = createWorkers(new URL('../../../src/main/worker.ts', import.meta.url))
afterAll(() => workers.close())

let world: RechargeWorld
let backups: Backups
beforeEach(async () => {
  world = await RechargeWorld.open()
  await world.start()
  const ctx = testContext(world.test, { ports: { workers, keyWraps: [memoryKey] } })
  backups = createBackups(ctx, { settings: await createSettings(ctx), operators: { count: () => 1 } })
  const { site } = world.test.store
  await site.write(() => {
    const user = site.statement("INSERT INTO user_info (user, setupTime) VALUES (?, '2026-01-01 08:00:00')")
    for (let i = 0; i < 400; i++) user.run(phone(i))
    site.sql
      .exec(`INSERT INTO device_info (deviceCode, btName, jamCode, unitPrice, manager, setupTime, updateTime)
      VALUES ('A1', 'BUC_000000000001', '123456', 150, '13900000001', '2026-01-01 08:00:00', '2026-01-01 08:00:00')`)
  })
})
afterEach(async () => {
  await backups.close()
  await world.close()
})
const phone = (i: number) => `138${String(i).padStart(8, '0')}`

const text = (figures: readonly Figure[]) =>
  JSON.stringify(figures.filter(({ table }) => ['recharge_intent', 'order_info'].includes(table)))

describe('a copy made while money moves', () => {
  it('holds the ledger of one moment, to the fen, and opens', async () => {
    const { site } = world.test.store
    const moments = new Set([text(figuresOf(site.sql))])
    site.onCommit(() => moments.add(text(figuresOf(site.sql))))
    const books: Books = {
      db: site,
      zone: () => 8 * HOUR,
      rules: () => ({ coinFen: 100, serviceBp: 0, ...USUAL_LIMITS }),
    }
    const load = { on: true }
    let n = 0
    const sales = async () => {
      while (load.on) {
        const i = n++
        const wish = {
          intentId: `load-${i}-aaaaaaaa`,
          roomId: `r${i}`,
          amountFen: 100 + i,
          tender: 'card' as const,
        }
        await world.life.recharge.handlers['recharge.create'](world.life.call(), wish)
        await world.test.clock.advance(1)
      }
    }
    const orders = async () => {
      for (let i = 0; load.on && i < 400; i++) {
        const wanted = {
          user: phone(i),
          deviceCode: 'A1',
          port: 1,
          unit: 1,
          unitPriceFen: 150,
          moneyFen: 150,
        }
        await site.write(() => newOrder(books, wanted, world.test.clock.now() + i * 4 * HOUR))
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    }
    const works = [sales(), orders()]
    const call = { ...world.life.call('Wang', ['admin']), commit: site.write.bind(site) }
    const seen: string[] = []
    for (let i = 0; i < 3; i++) {
      const before = moments.size
      expect(await backups.handlers['backups.run'](call, {})).toMatchObject({ state: 'good' })
      expect(moments.size).toBeGreaterThan(before)
      const [path = ''] = listBackups(world.test.ports, world.test.directory, 'site.db')
      const copy = world.test.ports.sql.open(path, { durable: false, readonly: true })
      const figures = figuresOf(copy)
      copy.close()
      seen.push(text(figures))
      expect(moments.has(text(figures))).toBe(true)
      const from = { place: 'file', path } as const
      const preview = await backups.handlers['backups.preview'](call, { from })
      expect(preview.problems).toEqual([])
      const then = figures.find(({ table }) => table === 'recharge_intent')
      expect(preview.changes.find(({ table }) => table === 'recharge_intent')?.sumsThen).toEqual(then?.sums)
      expect(moneyDifferences(figures, figures)).toEqual([])
    }
    load.on = false
    await Promise.all(works)
    expect(new Set(seen).size).toBe(3)
  })
})
