import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CoreContext } from '#core/context.ts'
import { createReceipts, type Receipts } from '#core/receipts/index.ts'
import { createLedger } from '#core/recharge/index.ts'
import { createSettings } from '#core/settings/index.ts'
import { contract } from '#shared/contract/index.ts'
import { NOT_OUT } from '#shared/contract/receipts.ts'
import { intentState, type IntentState } from '#shared/contract/values.ts'
import { HOUR } from '#shared/time.ts'
import { callOf, endIntent, storeIntent } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

let test: TestStore
let ctx: CoreContext
let receipts: Receipts
beforeEach(async () => {
  test = await openTestStore()
  ctx = testContext(test, { options: { profile: { siteName: '测试园区' } } })
  const rooms = { meterNumbersOf: (roomId: string) => [`000123456789012345`, roomId] }
  receipts = createReceipts(ctx, { ledger: createLedger(ctx), rooms, settings: await createSettings(ctx) })
})
afterEach(() => test.close())

const call = () => callOf(test, 'lin')
const get = async (intentId: string) =>
  contract['receipts.get'].output.parse(await receipts.handlers['receipts.get'](call(), { intentId }))
const printed = async (id: string, ok = true, reason?: string) =>
  contract['receipts.printed'].output.parse(
    await receipts.handlers['receipts.printed'](call(), { id, ok, ...(reason && { reason }) }),
  )
const list = async (filter = {}) =>
  contract['receipts.list'].output.parse(await receipts.handlers['receipts.list'](call(), filter))
const template = async () => receipts.handlers['receipts.template'](call(), {})
const save = async (changes: object) =>
  receipts.handlers['receipts.saveTemplate'](
    call(),
    contract['receipts.saveTemplate'].input.parse({ ...(await template()), ...changes }),
  )
const sold = async (id: string, more = {}) => {
  await storeIntent(test, { id, roomId: `H-${id}`, ...more })
  return get(id)
}

describe('a receipt', () => {
  it('holds all that stands on the paper', async () => {
    expect(await sold('a', { amountFen: 123_456, tender: 'wechat' })).toMatchObject({
      number: '20260301-0001',
      intentId: 'a',
      outTradeNo: 'sdka',
      roomPath: ['梅园', 'H-a'],
      amountFen: 123_456,
      amountWords: '壹仟贰佰叁拾肆元伍角陆分',
      tender: 'wechat',
      operator: 'lin',
      balanceBeforeFen: 500,
      meters: ['000123456789012345', 'H-a'],
      copies: 0,
      state: 'waiting',
      printedAt: null,
      failure: null,
      template: { title: '充值收据', organisation: '测试园区', paper: 'roll80' },
    })
  })

  it('is made once, even for two calls of one moment', async () => {
    await storeIntent(test, { id: 'a' })
    const both = await Promise.all([get('a'), get('a')])
    expect(both[0]).toEqual(both[1])
    expect(await get('a')).toEqual(both[0])
    expect((await list()).total).toBe(1)
  })

  it('is there only for what was applied', async () => {
    await expect(get('none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const [i, state] of intentState.options.filter((one: IntentState) => one !== 'APPLIED').entries()) {
      await storeIntent(test, { id: state, state, roomId: `H-${i}` })
      await expect(get(state)).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW', data: { state } })
    }
    expect((await list()).total).toBe(0)
    await endIntent(test, 'UNKNOWN', 'APPLIED')
    // what was refused took no number
    expect((await get('UNKNOWN')).number).toBe('20260301-0001')
  })

  it('keeps what stood on it when the template changes', async () => {
    const before = await sold('a')
    await save({ title: '电费收据', prefix: 'DF-', showQr: false })
    expect(await get('a')).toEqual(before)
    expect(await sold('b')).toMatchObject({ number: 'DF-20260301-0001', template: { title: '电费收据' } })
  })

  it('is fixed by the file itself', async () => {
    await sold('a')
    const exec = (sql: string) => test.store.site.write(() => test.store.site.sql.exec(sql))
    for (const change of ["number = 'x'", "content = '{}'", 'made_at = 1', 'copies = -1'])
      await expect(exec(`UPDATE receipt SET ${change}`)).rejects.toThrow(/keeps its number/)
    await expect(exec('DELETE FROM receipt')).rejects.toThrow(/never deleted/)
  })
})

describe('printing', () => {
  it('counts the reprints that came out, and waits after one that did not', async () => {
    const { id } = await sold('a')
    expect(await printed(id, false, '缺纸')).toMatchObject({ state: 'waiting', copies: 0, failure: '缺纸' })
    expect((await list({ state: 'waiting' })).rows.map((row) => row.id)).toEqual([id])
    const at = test.clock.now()
    expect(await printed(id)).toMatchObject({ state: 'printed', copies: 0, printedAt: at, failure: null })
    expect(await printed(id)).toMatchObject({ state: 'printed', copies: 1 })
    expect(await printed(id, false)).toMatchObject({ state: 'printed', copies: 1 })
    expect(await printed(id)).toMatchObject({ state: 'printed', copies: 2 })
    await expect(printed('none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('takes a paper back that was said to have come out and did not', async () => {
    const { id } = await sold('a')
    const takenBack = () => printed(id, false, NOT_OUT)
    await printed(id)
    const first = { state: 'waiting', copies: 0, printedAt: null, failure: NOT_OUT }
    expect(await takenBack()).toMatchObject(first)
    expect((await list({ state: 'waiting' })).total).toBe(1)
    expect(await takenBack()).toMatchObject(first)
    await printed(id)
    await printed(id)
    expect(await printed(id)).toMatchObject({ state: 'printed', copies: 2, failure: null })
    expect(await takenBack()).toMatchObject({
      state: 'printed',
      copies: 1,
      printedAt: null,
      failure: NOT_OUT,
    })
    // the same paper said twice is one paper
    expect(await takenBack()).toMatchObject({ state: 'printed', copies: 1 })
    expect(await printed(id)).toMatchObject({ copies: 2, printedAt: test.clock.now(), failure: null })
    const back = "UPDATE receipt SET copies = 1, failure = 'failed'"
    await expect(test.store.site.write(() => test.store.site.sql.exec(back))).rejects.toThrow(
      /keeps its number/,
    )
  })

  it('never touches the sale', async () => {
    const { id } = await sold('a')
    const sale = () => test.store.site.sql.statement("SELECT * FROM recharge_intent WHERE id = 'a'").get()
    const before = sale()
    await printed(id, false, '离线')
    await printed(id)
    expect(sale()).toEqual(before)
  })

  it('lists what waits first, then the newest', async () => {
    const ids: string[] = []
    for (const one of ['a', 'b', 'c', 'd']) {
      ids.push((await sold(one)).id)
      await test.clock.advance(1000)
    }
    await printed(ids[0] ?? '')
    await printed(ids[2] ?? '')
    expect((await list()).rows.map((row) => row.intentId)).toEqual(['d', 'b', 'c', 'a'])
    expect((await list({ limit: 1, offset: 1 })).rows.map((row) => row.intentId)).toEqual(['b'])
    expect((await list({ state: 'printed' })).total).toBe(2)
    expect((await list({ query: 'H-c' })).rows.map((row) => row.intentId)).toEqual(['c'])
    expect((await list({ query: '0301-0004' })).rows.map((row) => row.intentId)).toEqual(['d'])
    expect((await list({ query: 'SDKB' })).rows.map((row) => row.intentId)).toEqual(['b'])
    expect((await list({ query: '%' })).total).toBe(0)
  })
})

describe('the number series', () => {
  it('begins anew every day of the site, per prefix', async () => {
    await sold('a')
    await test.clock.advance(24 * HOUR - 1)
    expect((await sold('b')).number).toBe('20260301-0002')
    await test.clock.advance(1)
    expect((await sold('c')).number).toBe('20260302-0001')
    await save({ prefix: 'B' })
    expect((await sold('d')).number).toBe('B20260302-0001')
    await save({ prefix: '' })
    expect((await sold('e')).number).toBe('20260302-0002')
  })

  it('may run for ever', async () => {
    await save({ prefix: 'R', series: 'running' })
    expect((await sold('a')).number).toBe('R000001')
    await test.clock.advance(48 * HOUR)
    expect((await sold('b')).number).toBe('R000002')
  })

  it('has no gap and no double, whatever is refused in between and however calls meet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), async (applied) => {
        const before = (await list({ limit: 1 })).total
        const made = `${before}-${Math.max(0, test.store.site.sql.statement('SELECT 1 FROM recharge_intent').all().length)}`
        for (const [i, yes] of applied.entries())
          await storeIntent(test, {
            id: `${made}-${i}`,
            roomId: `${made}-${i}`,
            state: yes ? 'APPLIED' : 'UNKNOWN',
          })
        await Promise.allSettled(applied.map((_, i) => get(`${made}-${i}`)))
        const { total, rows } = await list({ limit: 1000 })
        expect(total).toBe(before + applied.filter(Boolean).length)
        expect(rows.map((row) => Number(row.number.split('-')[1])).sort((a, b) => a - b)).toEqual(
          Array.from({ length: total }, (_, i) => i + 1),
        )
      }),
      { numRuns: 20 },
    )
  })
})

describe('the template', () => {
  it('is the standard one with the name of the site until it is saved', async () => {
    expect(await template()).toMatchObject({ organisation: '测试园区', series: 'day', showQr: true })
    await save({ organisation: '物业公司', paper: 'a4half', phone: '021-1' })
    expect(await template()).toMatchObject({ organisation: '物业公司', paper: 'a4half', phone: '021-1' })
  })

  it('survives fields an older version did not store', async () => {
    const { site } = test.store
    const value = JSON.stringify({ title: '旧', organisation: 'x' })
    await site.write(() => site.run(site.query.insertInto('meta').values({ key: 'receipt.template', value })))
    expect(await template()).toMatchObject({ title: '旧', organisation: 'x', series: 'day', paper: 'roll80' })
  })

  it.each(['中文', 'A B', 'ABCDEFGHI', "a'b"])('refuses the prefix %s', async (prefix) => {
    await expect(save({ prefix })).rejects.toThrow()
  })
})
