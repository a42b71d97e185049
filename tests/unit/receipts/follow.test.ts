import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CoreContext } from '#core/context.ts'
import { createReceipts, type Receipts } from '#core/receipts/index.ts'
import { createLedger } from '#core/recharge/index.ts'
import { createSettings } from '#core/settings/index.ts'
import { callOf, endIntent, storeIntent } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

let test: TestStore
let ctx: CoreContext
let receipts: Receipts
const fault = { on: false }
beforeEach(async () => {
  fault.on = false
  test = await openTestStore()
  ctx = testContext(test, { options: { profile: { siteName: '测试园区' } } })
  receipts = await create()
})
afterEach(async () => {
  await receipts.close()
  await test.close()
})

async function create(): Promise<Receipts> {
  const meterNumbersOf = () => {
    if (fault.on) throw new Error('no meters')
    return []
  }
  return createReceipts(ctx, {
    ledger: createLedger(ctx),
    rooms: { meterNumbersOf },
    settings: await createSettings(ctx),
  })
}
const changed = (...ids: string[]) => ctx.events.emit({ type: 'changed', area: 'recharge', ids })
const list = async () => (await receipts.handlers['receipts.list'](callOf(test, 'lin'), {})).rows
const run = (sql: string) => test.store.site.write(() => test.store.site.sql.exec(sql))
const balance = (id: string) => run(`UPDATE recharge_intent SET balance_after_fen = 10500 WHERE id = '${id}'`)
const made = () =>
  new Promise<void>((resolve) => {
    const stop = ctx.events.on((event) => {
      if (event.type !== 'changed' || event.area !== 'receipts') return
      stop()
      resolve()
    })
  })

describe('a sale that nobody looks at', () => {
  it('has its receipt waiting once its balance is known', async () => {
    await storeIntent(test, { id: 'a', state: 'UNKNOWN' })
    changed('a')
    await endIntent(test, 'a', 'APPLIED')
    changed('a')
    expect(await list()).toEqual([])
    const ready = made()
    await balance('a')
    changed('a')
    changed('a')
    await ready
    expect(await list()).toMatchObject([{ intentId: 'a', state: 'waiting', balanceAfterFen: 10_500 }])
    await test.clock.advance(20_000)
    expect(await list()).toHaveLength(1)
  })

  it('has it without the balance when that does not come', async () => {
    await storeIntent(test, { id: 'a' })
    changed('a')
    const ready = made()
    await test.clock.advance(10_000)
    await ready
    expect(await list()).toMatchObject([{ intentId: 'a', balanceAfterFen: null }])
  })

  it('gets it at the next start when it could not be made; the sale stands as it was', async () => {
    await storeIntent(test, { id: 'a' })
    await balance('a')
    const sale = () => test.store.site.sql.statement("SELECT * FROM recharge_intent WHERE id = 'a'").get()
    const before = sale()
    fault.on = true
    changed('a')
    await receipts.close()
    expect(await list()).toEqual([])
    expect(ctx.ports.log.recent().join('\n')).toContain('no meters')
    fault.on = false
    receipts = await create()
    const ready = made()
    receipts.start()
    await ready
    expect(await list()).toMatchObject([{ intentId: 'a', number: '20260301-0001' }])
    expect(sale()).toEqual(before)
  })

  it('of a batch has none until somebody asks', async () => {
    await storeIntent(test, { id: 'a' })
    await storeIntent(test, { id: 'b', roomId: 'H-2' })
    await run("UPDATE recharge_intent SET batch_id = 'batch' WHERE id = 'a'")
    await balance('a')
    changed('a')
    const ready = made()
    receipts.start()
    await ready
    await test.clock.advance(20_000)
    expect((await list()).map((row) => row.intentId)).toEqual(['b'])
  })
})
