import { afterEach, describe, expect, it } from 'vitest'
import { ROLES } from '#shared/contract/define.ts'
import { ADMIN, openDesk, openSetUpDesk, screen, type Desk } from '../../fixtures/desk.ts'

let desk: Desk
const at = screen('desk')
afterEach(() => desk.close())

const create = (name: string, roles: ('admin' | 'viewer')[] = ['viewer']) =>
  desk.call(at, 'operators.create', { name, pin: '2468', roles })
const adminId = async () => (await desk.call(at, 'operators.list', { query: ADMIN.name })).rows[0]?.id ?? ''

describe('the first run', () => {
  it('makes the administrator, signs in and names the site', async () => {
    desk = await openDesk()
    expect([desk.operators.count(), desk.operators.names()]).toEqual([0, []])
    const first = await desk.call(at, 'operators.createFirst', { ...ADMIN, siteName: '东区' })
    expect(first).toMatchObject({ name: 'Ada', roles: ['admin'] })
    expect(desk.settings.values().siteName).toBe('东区')
    expect(desk.operators.names()).toEqual(['Ada'])
    expect((await desk.call(at, 'operators.list', {})).rows[0]?.lastSignInAt).toBe(desk.test.clock.now())
  })

  it('happens once, even when two screens ask at the same time', async () => {
    desk = await openDesk()
    const both = await Promise.allSettled([
      desk.call(screen('a'), 'operators.createFirst', { name: 'A', pin: '1111' }),
      desk.call(screen('b'), 'operators.createFirst', { name: 'B', pin: '2222' }),
    ])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(desk.operators.names()).toEqual(['A'])
    await expect(desk.call(at, 'operators.createFirst', ADMIN)).rejects.toMatchObject({
      code: 'ALREADY_SET_UP',
    })
  })

  it('is over when the config file brings operators, and they come only into an empty folder', async () => {
    const profile = {
      operators: [{ name: 'Max', pin: '7391', roles: ['admin' as const], phone: '13800000000' }],
    }
    desk = await openDesk({ options: { profile } })
    await expect(desk.call(at, 'operators.createFirst', ADMIN)).rejects.toMatchObject({
      code: 'ALREADY_SET_UP',
    })
    await desk.call(at, 'operators.signIn', { name: 'max', pin: '7391' })
    const { rows } = await desk.call(at, 'operators.list', {})
    expect(rows).toMatchObject([{ name: 'Max', roles: ['admin'], phone: '13800000000', disabled: false }])
    desk = await desk.restart({
      options: { profile: { operators: [{ name: 'Eve', pin: '6666', roles: ['admin'] }] } },
    })
    expect(desk.operators.names()).toEqual(['Max'])
  })

  it('is not needed in the demo: operator demo with all roles', async () => {
    desk = await openDesk({ options: { demo: true } })
    const { roles } = await desk.call(at, 'operators.signIn', { name: 'demo', pin: '135790' })
    expect(roles).toEqual([...ROLES])
  })
})

describe('the register', () => {
  it('takes a name once, whatever its case, also beyond ASCII', async () => {
    desk = await openSetUpDesk()
    await create('Änne')
    for (const name of ['ADA', 'änne', ' Ada '])
      await expect(create(name)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    const { id } = await create('Ben')
    await expect(desk.call(at, 'operators.update', { id, name: 'aDa' })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
    })
    expect((await desk.call(at, 'operators.update', { id, name: 'BEN' })).name).toBe('BEN')
  })

  it('keeps the last administrator who may sign in', async () => {
    desk = await openSetUpDesk()
    const ada = await adminId()
    const cora = await create('Cora', ['admin'])
    await desk.call(at, 'operators.update', { id: cora.id, disabled: true })
    for (const change of [{ disabled: true }, { roles: ['viewer' as const] }])
      await expect(desk.call(at, 'operators.update', { id: ada, ...change })).rejects.toMatchObject({
        code: 'LAST_ADMIN',
      })
    await desk.call(at, 'operators.update', { id: ada, roles: ['viewer', 'admin'] })
    await desk.call(at, 'operators.update', { id: cora.id, disabled: false })
    const after = await desk.call(at, 'operators.update', { id: ada, roles: ['viewer'] })
    expect(after.roles).toEqual(['viewer'])
  })

  it('keeps one of two administrators who take the role from each other at once', async () => {
    desk = await openSetUpDesk()
    const [ada, cora] = [await adminId(), (await create('Cora', ['admin'])).id]
    await desk.call(screen('c'), 'operators.signIn', { name: 'Cora', pin: '2468' })
    const both = await Promise.allSettled([
      desk.call(at, 'operators.update', { id: cora, disabled: true }),
      desk.call(screen('c'), 'operators.update', { id: ada, disabled: true }),
    ])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  it('lists, searches and pages', async () => {
    desk = await openSetUpDesk()
    for (const name of ['Ben', 'Bea', 'Cleo']) await create(name)
    const { total, rows } = await desk.call(at, 'operators.list', { query: 'BE', offset: 1, limit: 1 })
    expect([total, rows.map(({ name }) => name)]).toEqual([2, ['Ben']])
  })

  it('names an operator that is not there', async () => {
    desk = await openSetUpDesk()
    await expect(desk.call(at, 'operators.update', { id: 'x', phone: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      data: { what: 'operator', id: 'x' },
    })
  })

  it('audits what a change was before and after, and that there is a new PIN, not which', async () => {
    desk = await openSetUpDesk()
    const { id } = await create('Ben')
    await desk.call(at, 'operators.update', { id, name: 'Bob', roles: ['meters'], pin: '97531' })
    const { rows } = await desk.call(at, 'audit.list', { operation: 'operators.update' })
    expect(rows[0]).toMatchObject({
      operator: 'Ada',
      target: 'Bob',
      before: { name: 'Ben', roles: ['viewer'], disabled: false },
      after: { name: 'Bob', roles: ['meters'], disabled: false, newPin: true },
    })
    expect(JSON.stringify(rows)).not.toContain('97531')
    await expect(desk.call(screen('b'), 'operators.signIn', { name: 'Ben', pin: '97531' })).rejects.toThrow()
    await desk.call(screen('b'), 'operators.signIn', { name: 'Bob', pin: '97531' })
  })
})
