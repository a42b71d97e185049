import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CoreContext } from '#core/context.ts'
import { createLedger } from '#core/recharge/index.ts'
import { createShifts, type Shifts } from '#core/shifts/index.ts'
import { contract } from '#shared/contract/index.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import { callOf, endIntent, storeIntent, storeRefund } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

let test: TestStore
let ctx: CoreContext
let shifts: Shifts
let limitFen: number
beforeEach(async () => {
  test = await openTestStore()
  ctx = testContext(test)
  limitFen = 0
  shifts = createShifts(ctx, { ledger: createLedger(ctx), reasonAboveFen: () => limitFen })
})
afterEach(() => test.close())

const cashier = (name = 'lin') => callOf(test, name)
const supervisor = () => callOf(test, 'zhou', ['supervisor'])
const open = async (cashFloatFen = 20_000, name = 'lin') =>
  contract['shifts.open'].output.parse(await shifts.handlers['shifts.open'](cashier(name), { cashFloatFen }))
const cash = (direction: 'in' | 'out', amountFen: number) =>
  shifts.handlers['shifts.cash'](cashier(), { direction, amountFen, reason: '备用金' })
const report = async (call = supervisor(), id?: string) =>
  contract['shifts.report'].output.parse(await shifts.handlers['shifts.report'](call, id ? { id } : {}))
const close = async (counted: Record<string, number>, reason?: string, id?: string, call = cashier()) =>
  contract['shifts.close'].output.parse(
    await shifts.handlers['shifts.close'](call, { counted, ...(reason && { reason }), ...(id && { id }) }),
  )
const sign = (id: string) => shifts.handlers['shifts.sign'](supervisor(), { id })

describe('opening a shift', () => {
  it('is possible once per operator, and numbers run on without gaps', async () => {
    const first = await open()
    expect(first).toMatchObject({ number: 1, state: 'open', cashFloatFen: 20_000, expectedFen: null })
    expect(shifts.openShiftOf('lin')).toBe(first.id)
    await expect(open()).rejects.toMatchObject({ code: 'SHIFT_OPEN', data: { id: first.id, number: 1 } })
    expect((await open(0, 'chen')).number).toBe(2)
    await close({ 10000: 2 })
    expect(shifts.openShiftOf('lin')).toBeNull()
    expect((await open()).number).toBe(3)
  })

  it('gives one shift to two calls of one moment', async () => {
    const both = await Promise.allSettled([open(), open()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is asked for before cash moves, reports and closes', async () => {
    for (const call of [() => cash('in', 100), () => report(cashier()), () => close({})])
      await expect(call()).rejects.toMatchObject({ code: 'SHIFT_NOT_OPEN' })
  })
})

describe('the X report', () => {
  it('keeps tenders apart and counts cash that waits as cash in the drawer', async () => {
    const { id } = await open()
    await storeIntent(test, { id: 'a', amountFen: 5000, tender: 'cash', shiftId: id, roomId: 'H-1' })
    await storeIntent(test, {
      id: 'b',
      amountFen: 3000,
      tender: 'cash',
      shiftId: id,
      roomId: 'H-2',
      state: 'UNKNOWN',
    })
    await storeIntent(test, { id: 'c', amountFen: 7000, tender: 'card', shiftId: id, roomId: 'H-3' })
    await storeIntent(test, { id: 'd', tender: 'cash', shiftId: id, roomId: 'H-4', state: 'NOT_APPLIED' })
    await storeIntent(test, { id: 'e', tender: 'cash', shiftId: 'another', roomId: 'H-5' })
    await cash('in', 1000)
    await cash('out', 400)
    expect(await report(supervisor(), id)).toMatchObject({
      state: 'open',
      expectedFen: 20_000 + 5000 + 3000 + 1000 - 400,
      counted: null,
      tenders: [
        { tender: 'card', count: 1, amountFen: 7000, waiting: 0, waitingFen: 0 },
        { tender: 'cash', count: 1, amountFen: 5000, waiting: 1, waitingFen: 3000 },
      ],
      sales: 2,
      salesFen: 12_000,
      movements: [{ amountFen: 1000 }, { amountFen: -400 }],
    })
  })

  it('takes cash that was given back out of what is expected', async () => {
    const { id } = await open()
    await storeIntent(test, { id: 'a', amountFen: 5000, shiftId: id })
    await storeRefund(test, 'a', id)
    expect(await report(supervisor(), id)).toMatchObject({ expectedFen: 20_000, refundsFen: 5000 })
  })
})

describe('the blind count', () => {
  it('never says what is expected to a cashier before he counted', async () => {
    const { id } = await open()
    const call = cashier()
    const said = [
      await report(call),
      await shifts.handlers['shifts.current'](call, {}),
      await shifts.handlers['shifts.list'](call, {}),
      await shifts.handlers['shifts.list'](supervisor(), {}),
    ]
    for (const answer of said) expect(JSON.stringify(answer)).toContain('"expectedFen":null')
    for (const answer of said) expect(JSON.stringify(answer)).toContain('"differenceFen":null')
    expect((await report(supervisor(), id)).expectedFen).toBe(20_000)
  })

  it('says of cash how often it was taken, not how much: else the drawer could be added up', async () => {
    const { id } = await open()
    await storeIntent(test, { id: 'a', amountFen: 5000, tender: 'cash', shiftId: id, roomId: 'H-1' })
    await storeIntent(test, {
      id: 'b',
      amountFen: 300,
      tender: 'cash',
      shiftId: id,
      roomId: 'H-2',
      state: 'SENT',
    })
    await storeIntent(test, { id: 'c', amountFen: 7000, tender: 'card', shiftId: id, roomId: 'H-3' })
    const mine = await report(cashier())
    expect(mine.tenders).toEqual([
      { tender: 'card', count: 1, amountFen: 7000, waiting: 0, waitingFen: 0 },
      { tender: 'cash', count: 1, amountFen: null, waiting: 1, waitingFen: null },
    ])
    expect(mine).toMatchObject({ sales: 2, salesFen: null, expectedFen: null })
    expect(JSON.stringify(mine)).not.toMatch(/5000|5300|12000|12300|25300/)
    expect(await report(supervisor(), id)).toMatchObject({
      salesFen: 12_000,
      tenders: [{ amountFen: 7000 }, { amountFen: 5000, waitingFen: 300 }],
    })
    await close({ 10000: 2 }).catch(() => undefined)
    // counted: the figures are shown from now on
    expect(await report(cashier())).toMatchObject({ salesFen: 12_000, expectedFen: 25_300 })
    expect(await close({ 10000: 2 }, '找零有误')).toMatchObject({ salesFen: 12_000 })
  })

  it('is kept before the figures are shown, and told beside a second count', async () => {
    const { id } = await open()
    await expect(close({ 10000: 1, 5000: 1 })).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      data: { why: 'differenceReason', expectedFen: 20_000, countedFen: 15_000, differenceFen: -5000 },
    })
    expect(await report(cashier())).toMatchObject({
      state: 'open',
      expectedFen: 20_000,
      countedFen: 15_000,
      differenceFen: -5000,
    })
    // a list says nothing of what is expected, so nothing of what is missing
    const { rows } = await shifts.handlers['shifts.list'](cashier(), {})
    expect(rows).toMatchObject([{ expectedFen: null, differenceFen: null }])
    await expect(close({ 10000: 1, 5000: 1, 10: 1 })).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW' })
    expect(await close({ 10000: 1, 5000: 1, 2000: 2 }, '找零有误')).toMatchObject({
      id,
      state: 'closed',
      expectedFen: 20_000,
      countedFen: 19_000,
      differenceFen: -1000,
      differenceReason: '找零有误',
      firstCountedFen: 15_000,
      counted: { 10000: 1, 5000: 1, 2000: 2 },
    })
  })

  it('closes at once when it fits, or within the limit', async () => {
    await open()
    expect(await close({ 10000: 2 })).toMatchObject({
      differenceFen: 0,
      differenceReason: null,
      state: 'closed',
    })
    // the setting holds from the moment it is changed
    limitFen = 100
    await open(0)
    expect(await close({ 100: 1 })).toMatchObject({ state: 'closed', differenceFen: 100 })
    await open(0)
    await expect(close({ 100: 1, 10: 1 })).rejects.toMatchObject({ data: { differenceFen: 110 } })
  })

  it('takes only denominations that exist', () => {
    const { input } = contract['shifts.close']
    expect(input.safeParse({ counted: { 10000: 1, 10: 3 } }).success).toBe(true)
    for (const counted of [{ 300: 1 }, { 10000: -1 }, { 10000: 0.5 }, { '10000 ': 1 }])
      expect(input.safeParse({ counted }).success).toBe(false)
  })
})

describe('a closed shift', () => {
  it('keeps its figures when a sale ends afterwards, and tells of it', async () => {
    const { id } = await open()
    await storeIntent(test, { id: 'a', amountFen: 3000, shiftId: id, state: 'UNKNOWN', roomId: 'H-1' })
    await storeIntent(test, { id: 'b', amountFen: 2000, shiftId: id, state: 'DISPUTED', roomId: 'H-2' })
    await storeIntent(test, { id: 'c', amountFen: 1000, shiftId: id, state: 'NOT_APPLIED', roomId: 'H-3' })
    const closed = await close({ 10000: 2, 5000: 1 })
    expect(closed.late).toEqual([])
    await test.clock.advance(10 * MINUTE)
    await endIntent(test, 'a', 'NOT_APPLIED')
    await endIntent(test, 'c', 'APPLIED')
    const { late, ...after } = await report(cashier(), id)
    expect({ ...after, late: [] }).toEqual(closed)
    expect(late).toEqual([
      expect.objectContaining({
        intentId: 'a',
        stateAtClose: 'UNKNOWN',
        state: 'NOT_APPLIED',
        amountFen: 3000,
      }),
      expect.objectContaining({
        intentId: 'c',
        stateAtClose: 'NOT_APPLIED',
        state: 'APPLIED',
        amountFen: 1000,
      }),
    ])
  })

  it('knows whose money was counted: what waited was, what was given back was not', async () => {
    const { id } = await open()
    for (const [name, state] of [
      ['waits', 'UNKNOWN'],
      ['applied', 'APPLIED'],
      ['back', 'NOT_APPLIED'],
      ['refused', 'REJECTED'],
    ] as const)
      await storeIntent(test, { id: name, shiftId: id, roomId: `H-${name}`, state })
    const counted = () =>
      ['waits', 'applied', 'back', 'refused', 'none'].filter((one) => shifts.counted(id, one))
    expect(counted()).toEqual([])
    await close({ 10000: 2 }, '盘点')
    expect(counted()).toEqual(['waits', 'applied'])
  })

  it('tells of a late end also where the clock was set back during the shift', async () => {
    const { id, openedAt } = await open()
    const before = openedAt - HOUR
    await storeIntent(test, { id: 'a', shiftId: id, roomId: 'H-1', state: 'NOT_APPLIED', createdAt: before })
    await close({ 10000: 2 })
    await endIntent(test, 'a', 'APPLIED')
    expect(await report(supervisor(), id)).toMatchObject({
      late: [{ intentId: 'a', stateAtClose: 'NOT_APPLIED', state: 'APPLIED' }],
    })
  })

  it('is signed once, by a supervisor, after it was closed', async () => {
    const { id } = await open()
    await expect(sign(id)).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW', data: { why: 'shiftOpen' } })
    await close({ 10000: 2 })
    expect(await sign(id)).toMatchObject({ state: 'signed', signedBy: 'zhou', signedAt: test.clock.now() })
    await expect(sign(id)).rejects.toMatchObject({ code: 'SIGNED_OFF' })
    await expect(close({}, 'again', id)).rejects.toMatchObject({ code: 'SHIFT_NOT_OPEN' })
    expect(contract['shifts.sign'].access).toEqual(['supervisor'])
  })

  it('is fixed by the file itself, whatever the program does', async () => {
    const { id } = await open()
    await cash('in', 500)
    await close({ 10000: 2, 500: 1 })
    const exec = (sql: string) => test.store.site.write(() => test.store.site.sql.exec(sql))
    for (const change of [
      'counted_fen = 1',
      'expected_fen = 1',
      "report = '{}'",
      "state = 'open'",
      'number = 9',
    ])
      await expect(exec(`UPDATE shift SET ${change}`)).rejects.toThrow(/closed shift keeps/)
    await expect(exec(`INSERT INTO shift_movement VALUES ('m', '${id}', 1, 'lin', 5, 'x')`)).rejects.toThrow(
      /open shift only/,
    )
    await expect(exec('UPDATE shift_movement SET amount_fen = 1')).rejects.toThrow(/never change/)
    await expect(exec('DELETE FROM shift_movement')).rejects.toThrow(/never deleted/)
    await sign(id)
    await expect(exec("UPDATE shift SET signed_by = 'x'")).rejects.toThrow(/signed shift never changes/)
    await expect(exec('DELETE FROM shift')).rejects.toThrow(/never deleted/)
    const second = `INSERT INTO shift (id, number, operator, state, opened_at, cash_float_fen)`
    await exec(`${second} VALUES ('x', 7, 'lin', 'open', 1, 0)`)
    await expect(exec(`${second} VALUES ('y', 8, 'lin', 'open', 1, 0)`)).rejects.toThrow(/UNIQUE/)
  })
})

describe('who sees which shift', () => {
  it('a cashier his own, a supervisor all, who may also close what was left open', async () => {
    const mine = await open()
    const other = await open(0, 'chen')
    const list = async (call = cashier(), more = {}) =>
      contract['shifts.list'].output.parse(await shifts.handlers['shifts.list'](call, more))
    expect((await list()).rows.map(({ id }) => id)).toEqual([mine.id])
    expect((await list(cashier(), { operator: 'chen' })).rows.map(({ id }) => id)).toEqual([mine.id])
    expect((await list(supervisor())).rows.map(({ id }) => id)).toEqual([other.id, mine.id])
    expect(await list(supervisor(), { operator: 'chen' })).toMatchObject({
      total: 1,
      rows: [{ id: other.id }],
    })
    await expect(report(cashier(), other.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(close({}, undefined, other.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await close({}, undefined, other.id, supervisor())).toMatchObject({
      state: 'closed',
      operator: 'chen',
    })
    const inState = async (state: string) => (await list(supervisor(), { state })).rows.map(({ id }) => id)
    expect(await inState('closed')).toEqual([other.id])
    expect(await inState('open')).toEqual([mine.id])
    expect(await inState('signed')).toEqual([])
  })
})
