import { afterEach, describe, expect, it } from 'vitest'
import type { Caller, Handlers } from '#core/context.ts'
import { notFound } from '#shared/errors.ts'
import { openSetUpDesk, screen, script, type Desk } from '../fixtures/desk.ts'

let desk: Desk
afterEach(() => desk.close())

const at = screen('desk')
const raw = (caller: Caller, name: string, input: unknown) => desk.call(caller, name as never, input as never)
const auditRows = () =>
  desk.test.store.site.sql
    .statement<{ operation: string; target: string | null; outcome: string; after: string }>(
      'SELECT operation, target, outcome, after FROM audit ORDER BY id',
    )
    .all()

/** A desk where `jobs.cancel` (a write) does what a test wants. */
const deskWhere = async (cancel: Handlers['jobs.cancel']) => {
  desk = await openSetUpDesk({}, { 'jobs.cancel': cancel })
}

describe('who may call what', () => {
  it('answers UNKNOWN_OPERATION for names that are not in the contract', async () => {
    desk = await openSetUpDesk()
    for (const name of ['operators.nope', 'constructor', '__proto__', 'toString', ''])
      await expect(raw(at, name, {})).rejects.toMatchObject({ code: 'UNKNOWN_OPERATION' })
  })

  it('answers SESSION_REQUIRED without a session, and says whether the screen is locked', async () => {
    desk = await openSetUpDesk()
    const stranger = { code: 'SESSION_REQUIRED', data: { locked: false } }
    for (const caller of [screen('other'), script(), script('not-a-token')])
      await expect(raw(caller, 'settings.get', {})).rejects.toMatchObject(stranger)
    await desk.call(at, 'operators.lock', {})
    const locked = { code: 'SESSION_REQUIRED', data: { locked: true } }
    await expect(raw(at, 'settings.get', {})).rejects.toMatchObject(locked)
  })

  it('checks the session before it looks at the input', async () => {
    desk = await openSetUpDesk()
    await expect(raw(script(), 'operators.create', { nonsense: 1 })).rejects.toMatchObject({
      code: 'SESSION_REQUIRED',
    })
  })

  it('answers ROLE_REQUIRED with the roles that would do, and lets the administrator do all', async () => {
    desk = await openSetUpDesk()
    await desk.call(at, 'operators.create', { name: 'Vic', pin: '1357', roles: ['viewer'] })
    await desk.call(screen('b'), 'operators.signIn', { name: 'Vic', pin: '1357' })
    await expect(raw(screen('b'), 'operators.list', {})).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
      data: { operation: 'operators.list', roles: ['admin', 'supervisor'] },
    })
    expect((await desk.call(at, 'audit.list', {})).total).toBeGreaterThan(0)
  })
})

describe('input and output', () => {
  it('names the path of a wrong value and of an unknown key', async () => {
    desk = await openSetUpDesk()
    const wrong = { name: 'Vic', pin: '1357', roles: ['viewer', 'king'] }
    await expect(raw(at, 'operators.create', wrong)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      data: { issues: [{ path: 'roles.1' }] },
    })
    await expect(raw(at, 'operators.list', { limit: 1001 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/^limit: /),
    })
    await expect(raw(at, 'operators.lock', { force: true })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(raw(at, 'operators.list', 'text')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('takes no input at all for an empty one', async () => {
    desk = await openSetUpDesk()
    await expect(raw(at, 'operators.touch', undefined)).resolves.toEqual({ ok: true })
    await expect(raw(at, 'operators.touch', null)).resolves.toEqual({ ok: true })
  })

  it('answers INTERNAL for an answer outside the contract, and logs the path', async () => {
    await deskWhere(() => ({ ok: 'yes' }) as never)
    await expect(raw(at, 'jobs.cancel', { id: 'j1' })).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(desk.ctx.ports.log.recent().join('\n')).toMatch(/does not fit the contract.*jobs\.cancel/)
  })

  it('answers INTERNAL for a bug, keeps its text for the log', async () => {
    await deskWhere(() => {
      throw new TypeError('row 7 is undefined')
    })
    const refused = await raw(at, 'jobs.cancel', { id: 'j1' }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'INTERNAL', data: undefined })
    expect(String(refused)).not.toContain('row 7')
    expect(desk.ctx.ports.log.recent().join('\n')).toContain('row 7 is undefined')
  })

  it('passes an expected refusal on as it is', async () => {
    await deskWhere((_call, { id }) => {
      throw notFound('job', id)
    })
    await expect(raw(at, 'jobs.cancel', { id: 'j1' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { what: 'job', id: 'j1' },
    })
  })
})

describe('the audit row of a call', () => {
  it('is none for a read', async () => {
    desk = await openSetUpDesk()
    const before = auditRows().length
    await desk.call(at, 'settings.get', {})
    await desk.call(at, 'operators.list', {})
    await desk.call(at, 'operators.touch', {})
    expect(auditRows()).toHaveLength(before)
  })

  it('is one for a write without a transaction of its own, with the input as what came after', async () => {
    await deskWhere(() => ({ ok: true }))
    await raw(at, 'jobs.cancel', { id: 'j1' })
    const rows = auditRows().slice(1)
    expect(rows).toEqual([
      { operation: 'jobs.cancel', target: null, outcome: 'ok', after: JSON.stringify({ id: 'j1' }) },
    ])
  })

  it('is one for a write with several transactions, even at once', async () => {
    await deskWhere(async (call) => {
      call.note({ target: 'j1' })
      await Promise.all([call.commit(() => 1), call.commit(() => 2)])
      await call.commit(() => 3)
      return { ok: true }
    })
    await raw(at, 'jobs.cancel', { id: 'j1' })
    expect(
      auditRows()
        .slice(1)
        .map((row) => row.target),
    ).toEqual(['j1'])
  })

  it('is none when the commit is refused, and nothing of it stays', async () => {
    await deskWhere(async (call) => {
      await call.commit(() => {
        desk.test.store.site.sql.exec(`INSERT INTO meta (key, value) VALUES ('half', 'done')`)
        throw notFound('job', 'j1')
      })
      return { ok: true }
    })
    await expect(raw(at, 'jobs.cancel', { id: 'j1' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(auditRows()).toHaveLength(1)
    expect(desk.test.store.site.sql.statement(`SELECT * FROM meta WHERE key = 'half'`).all()).toEqual([])
  })

  it('stands when a first commit was refused and a second one was not', async () => {
    await deskWhere(async (call) => {
      const refuse = () => {
        throw notFound('job', 'j1')
      }
      await call.commit(refuse).catch(() => undefined)
      await call.commit(() => undefined)
      return { ok: true }
    })
    await raw(at, 'jobs.cancel', { id: 'j1' })
    expect(auditRows().slice(1)).toHaveLength(1)
  })

  it('is written by the second commit when the disk refused the first one', async () => {
    await deskWhere(async (call) => {
      const { sql } = desk.test.store.site
      const { exec } = sql
      sql.exec = (text) => {
        if (text !== 'COMMIT') return exec(text)
        sql.exec = exec
        throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' })
      }
      await expect(call.commit(() => undefined)).rejects.toMatchObject({ code: 'STORAGE_FULL' })
      await call.commit(() => undefined)
      return { ok: true }
    })
    await raw(at, 'jobs.cancel', { id: 'j1' })
    expect(auditRows().slice(1)).toHaveLength(1)
  })

  it('tells every screen that the audit log grew', async () => {
    await deskWhere(() => ({ ok: true }))
    const areas: string[] = []
    desk.operators.sessions.subscribe(at, (event) => event.type === 'changed' && areas.push(event.area))
    await raw(at, 'jobs.cancel', { id: 'j1' })
    expect(areas).toEqual(['audit'])
  })
})
