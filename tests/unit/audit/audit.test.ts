import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAudit, verifyChain, type Audit } from '#core/audit/index.ts'
import { verifySpan } from '#core/audit/verify.ts'
import type { Input } from '#shared/contract/index.ts'
import { openDesk, openSetUpDesk, screen, type Desk } from '../../fixtures/desk.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

let test: TestStore
let audit: Audit

beforeEach(async () => {
  test = await openTestStore()
  audit = createAudit(testContext(test))
})
afterEach(() => test.close())

const append = (target: string, more: { before?: unknown; after?: unknown } = {}) =>
  test.store.site.write(() =>
    audit.append({
      operator: 'Ada',
      door: 'browser',
      operation: 'meters.rename',
      target,
      outcome: 'ok',
      ...more,
    }),
  )

/** Somebody with a SQLite browser, who took the trigger away first. */
const tamper = (sql: string) =>
  test.store.site.write(() => {
    test.store.site.sql.exec('DROP TRIGGER audit_is_final')
    test.store.site.sql.exec(sql)
  })

describe('the hash chain', () => {
  it('holds over rows of one commit and of many', async () => {
    await Promise.all([append('a'), append('b'), append('c')])
    await append('d')
    expect(await verifyChain(test.store.site)).toEqual({ ok: true, rows: 4 })
  })

  it('holds when it is empty and over more rows than one slice', async () => {
    expect(await verifyChain(test.store.site)).toEqual({ ok: true, rows: 0 })
    await Promise.all(Array.from({ length: 1203 }, (_, i) => append(`m${i}`)))
    let pauses = 0
    const check = await verifyChain(test.store.site, () => Promise.resolve(void pauses++))
    expect(check).toEqual({ ok: true, rows: 1203 })
    expect(pauses).toBe(3)
  })

  it.each([
    ['a changed value', `UPDATE audit SET after = '{"x":2}' WHERE id = 2`, 2],
    ['a changed time', 'UPDATE audit SET at = at + 1 WHERE id = 1', 1],
    ['a changed name', `UPDATE audit SET operator = 'Eve' WHERE id = 3`, 3],
    ['a value moved to the next column', 'UPDATE audit SET before = after, after = NULL WHERE id = 2', 2],
    ['a row taken out', 'DELETE FROM audit WHERE id = 2', 2],
    ['the last row taken away', 'DELETE FROM audit WHERE id = 3', 3],
    ['all rows taken away', 'DELETE FROM audit', 1],
  ])('notices %s', async (_name, sql, brokenAt) => {
    for (const target of ['a', 'b', 'c']) await append(target, { after: { x: 1 } })
    await tamper(sql)
    expect(await verifyChain(test.store.site)).toMatchObject({ ok: false, brokenAt })
  })

  it('is not broken by text that is not well formed', async () => {
    await append('lone \ud800 half', { after: 'another \udfff' })
    expect(await verifyChain(test.store.site)).toEqual({ ok: true, rows: 1 })
  })

  it('does not let a row be changed by the program itself', async () => {
    await append('a')
    const change = test.store.site.write(() => test.store.site.sql.exec(`UPDATE audit SET operator = 'Eve'`))
    await expect(change).rejects.toThrow('audit rows never change')
  })

  it('takes a row back together with a refused write', async () => {
    await append('a')
    const refused = test.store.site.write(() => {
      audit.append({ operator: null, door: 'api', operation: 'x.y', outcome: 'ok' })
      throw new Error('refused')
    })
    await Promise.all([expect(refused).rejects.toThrow('refused'), append('b')])
    expect(await verifyChain(test.store.site)).toEqual({ ok: true, rows: 2 })
  })
})

describe('what a row keeps', () => {
  it('keeps no PIN, no password, no session, at any depth', async () => {
    await append('x', {
      before: { pin: '482913' },
      after: { a: [{ password: 'hush-hush' }], session: 'abcdef' },
    })
    const text = JSON.stringify(test.store.site.sql.statement('SELECT * FROM audit').all())
    expect(text).not.toMatch(/482913|hush-hush|abcdef/)
  })

  it('cuts what is too long to be an audit row', async () => {
    await append('x', { after: { text: 'y'.repeat(100_000) } })
    const row = test.store.site.sql.statement<{ after: string }>('SELECT after FROM audit').get()
    expect(row?.after.length).toBeLessThan(21_000)
    expect(JSON.parse(row?.after ?? '')).toMatchObject({ cut: true })
  })
})

describe('audit.verify', () => {
  it('names the newest row, whose hash one may keep elsewhere', async () => {
    const desk = await openSetUpDesk()
    const at = screen('desk')
    try {
      const whole = await desk.call(at, 'audit.verify', {})
      expect(whole).toMatchObject({ checked: 1, total: 1, done: true, broken: null, head: { id: 1 } })
    } finally {
      await desk.close()
    }
  })

  it('goes on where it stopped', async () => {
    await Promise.all(Array.from({ length: 1203 }, (_, i) => append(`m${i}`)))
    const pause = () => Promise.resolve()
    const first = await verifySpan(test.store.site, 0, { rows: 600, pause })
    expect(first).toEqual({ id: 1000, done: false, broken: null })
    expect(await verifySpan(test.store.site, first.id, { rows: 600, pause })).toEqual({
      id: 1203,
      done: true,
      broken: null,
    })
    await tamper("UPDATE audit SET operator = 'Eve' WHERE id = 1100")
    expect(await verifySpan(test.store.site, first.id, { rows: 600, pause })).toMatchObject({
      done: true,
      broken: { id: 1100, how: 'changed' },
    })
  })
})

describe('audit.list', () => {
  let desk: Desk
  afterEach(() => desk.close())

  it('answers newest first, pages, and filters by time, operation and operator', async () => {
    desk = await openSetUpDesk()
    const at = screen('desk')
    const start = desk.test.clock.now()
    for (const name of ['Ben', 'Cleo', 'Dan']) {
      await desk.test.clock.advance(1000)
      await desk.call(at, 'operators.create', { name, pin: '2468', roles: ['viewer'] })
    }
    const all = await desk.call(at, 'audit.list', {})
    expect(all.total).toBe(4)
    expect(all.rows.map((row) => row.target)).toEqual(['Dan', 'Cleo', 'Ben', 'Ada'])
    expect(all.rows[0]).toMatchObject({
      operator: 'Ada',
      door: 'browser',
      operation: 'operators.create',
      outcome: 'ok',
      before: null,
      after: { name: 'Dan', roles: ['viewer'], disabled: false },
    })
    const page = await desk.call(at, 'audit.list', { offset: 1, limit: 1 })
    expect([page.total, page.rows.map((row) => row.target)]).toEqual([4, ['Cleo']])
    const span = await desk.call(at, 'audit.list', { from: start + 1000, to: start + 3000 })
    expect(span.rows.map((row) => row.target)).toEqual(['Cleo', 'Ben'])
    const first = await desk.call(at, 'audit.list', { operation: 'operators.createFirst' })
    expect(first.rows.map((row) => [row.target, row.operator])).toEqual([['Ada', null]])
    expect((await desk.call(at, 'audit.list', { operator: 'Ben' })).total).toBe(0)
  })

  it('finds words anywhere in a row, a target, and what was refused', async () => {
    desk = await openSetUpDesk({ options: { machine: 'DESK-7' } })
    const at = screen('desk')
    for (const name of ['Ben', 'Cleo 100%'])
      await desk.call(at, 'operators.create', { name, pin: '2468', roles: ['viewer'], phone: '13812345678' })
    await desk.call(at, 'operators.signIn', { name: 'Ben', pin: '0000' }).catch(() => undefined)
    const found = async (filter: Input<'audit.list'>) =>
      (await desk.call(at, 'audit.list', filter)).rows.map(({ target, outcome }) => `${target} ${outcome}`)
    expect(await found({ query: 'viewer cleo' })).toEqual(['Cleo 100% ok'])
    expect(await found({ query: '0%' })).toEqual(['Cleo 100% ok'])
    expect(await found({ query: 'DESK-7 operators.create' })).toEqual(['Cleo 100% ok', 'Ben ok', 'Ada ok'])
    expect(await found({ target: 'Ben' })).toEqual(['Ben PIN_WRONG', 'Ben ok'])
    expect(await found({ outcome: 'refused' })).toEqual(['Ben PIN_WRONG'])
    expect(await found({ target: 'Ben', outcome: 'ok' })).toEqual(['Ben ok'])
    expect(await found({ query: '13812345678' })).toEqual([])
    const [row] = (await desk.call(at, 'audit.list', {})).rows
    // the screen by a sign of its own, never by what opens its session
    expect(row?.place).toMatch(/^DESK-7 #[0-9a-f]{8}$/)
  })

  it('is written to JSON lines as it is filtered, and the file stands in the audit', async () => {
    desk = await openSetUpDesk()
    const at = screen('desk')
    await desk.call(at, 'operators.create', { name: 'Ben', pin: '2468', roles: ['viewer'] })
    const file = await desk.call(at, 'audit.export', { operation: 'operators.create' })
    const lines = Buffer.from(file.base64, 'base64').toString('utf8').trim().split('\n')
    expect([file.rows, lines.map((line) => (JSON.parse(line) as { target: string }).target)]).toEqual([
      1,
      ['Ben'],
    ])
    const [row] = (await desk.call(at, 'audit.list', {})).rows
    expect(row).toMatchObject({ operation: 'audit.export', after: { rows: 1 } })
  })

  it('is for supervisors and administrators only', async () => {
    desk = await openDesk({
      options: { profile: { operators: [{ name: 'Vic', pin: '1357', roles: ['viewer', 'cashier'] }] } },
    })
    await desk.call(screen('s'), 'operators.signIn', { name: 'Vic', pin: '1357' })
    await expect(desk.call(screen('s'), 'audit.list', {})).rejects.toMatchObject({ code: 'ROLE_REQUIRED' })
  })
})
