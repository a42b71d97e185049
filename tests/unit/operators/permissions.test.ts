import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPermissions, rolesOf } from '#core/operators/permissions.ts'
import { contract, isOperationName, ROLES, type Operation, type Role } from '#shared/contract/index.ts'
import { groupOf, PERMISSION_GROUPS } from '#shared/permissions.ts'
import { openSetUpDesk, screen, type Desk } from '../../fixtures/desk.ts'

const at = screen('desk')
const till = screen('till')
const operations = PERMISSION_GROUPS.flatMap((group) => groupOf(group).operations)

let desk: Desk
beforeEach(async () => {
  desk = await openSetUpDesk(
    {},
    {
      'blacklist.add': () => ({ ok: true as const }),
      'recharge.list': ({ own }) => ({ total: 0, appliedFen: own === undefined ? 0 : 1, rows: [] }),
    },
  )
})
afterEach(() => desk.close())

const signedIn = async (...roles: Role[]) => {
  await desk.call(at, 'operators.create', { name: 'Ben', pin: '2468', roles })
  await desk.call(till, 'operators.signIn', { name: 'Ben', pin: '2468' })
}
const set = (
  ...changes: { group: (typeof PERMISSION_GROUPS)[number]; role: Role; reach: 'none' | 'own' | 'all' }[]
) => desk.call(at, 'operators.setPermissions', { changes })
const bar = () => desk.call(till, 'blacklist.add', { user: '13800000001', manager: '13900000001' })

describe('the table of permissions', () => {
  it('names operations of the contract, each once, none of the administrator alone and none that is public', () => {
    expect(operations.filter((name) => !isOperationName(name))).toEqual([])
    expect(new Set(operations).size).toBe(operations.length)
    for (const name of operations) {
      const { access } = contract[name as keyof typeof contract]
      expect([name, access === 'public' || (Array.isArray(access) && access.join() === 'admin')]).toEqual([
        name,
        false,
      ])
    }
    for (const group of PERMISSION_GROUPS) expect(rolesOf(group)).not.toContain('admin')
  })

  it('has every operation that writes, but for those that a rule of their own decides', () => {
    const elsewhere = [
      // who is signed in may say so, leave, lock the screen and change the PIN that is his
      'operators.signOut operators.lock operators.changePin',
      // who started a job stops it; others need a role for it
      'jobs.cancel',
      // a copy of what one sees
      'reports.export attendance.export',
      // owners and keepers of a project, whatever their role: the project says who they are
      'attendance.newProject attendance.deleteProject attendance.setKeeper attendance.addMember',
      'attendance.deleteMember attendance.import attendance.decideCheckIn attendance.decideCheckIns',
      'attendance.checkOut attendance.checkOuts attendance.newCorrection attendance.decideCorrection',
      'attendance.withdrawCorrection attendance.lockPeriod attendance.liftLock attendance.overrideLock',
    ].flatMap((line) => line.split(' '))
    const decidedByRole = Object.entries(contract as Record<string, Operation>).filter(
      ([, { kind, access }]) => kind === 'write' && access !== 'public' && access.toString() !== 'admin',
    )
    const names = decidedByRole.map(([name]) => name).filter((name) => !operations.includes(name))
    expect(names.toSorted()).toEqual(elsewhere.toSorted())
  })

  it('withholds nothing until somebody says so: every role may what the contract says', async () => {
    const permissions = createPermissions(desk.test.store.site)
    for (const role of ROLES)
      for (const name of operations) {
        const { access } = contract[name as keyof typeof contract] as { access: string | readonly Role[] }
        const may = role === 'admin' || access === 'operator' || access.includes(role)
        expect([name, role, permissions.reachOf(name, [role]).reach]).toEqual([
          name,
          role,
          may ? 'all' : 'none',
        ])
      }
    expect((await desk.call(at, 'operators.permissions', {})).withheld).toEqual([])
  })
})

describe('an administrator', () => {
  it('withholds something from a role, which is refused by name, and gives it back', async () => {
    await signedIn('supervisor')
    expect(await bar()).toEqual({ ok: true })
    await set({ group: 'bar', role: 'supervisor', reach: 'none' })
    await expect(bar()).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
      data: { operation: 'blacklist.add', reason: 'withheld', group: 'bar' },
    })
    expect((await desk.call(till, 'operators.permissions', {})).withheld).toEqual([
      'blacklist.add',
      'blacklist.remove',
    ])
    await set({ group: 'bar', role: 'supervisor', reach: 'all' })
    expect(await bar()).toEqual({ ok: true })
    const { rows } = await desk.call(at, 'audit.list', { operation: 'operators.setPermissions' })
    expect(rows.map(({ before, after }) => [before, after])).toEqual([
      [
        [{ group: 'bar', role: 'supervisor', reach: 'none' }],
        [{ group: 'bar', role: 'supervisor', reach: 'all' }],
      ],
      [
        [{ group: 'bar', role: 'supervisor', reach: 'all' }],
        [{ group: 'bar', role: 'supervisor', reach: 'none' }],
      ],
    ])
  })

  it('leaves a role its own, the widest of several roles holds, and it survives a restart', async () => {
    await signedIn('cashier')
    const sees = async () => (await desk.call(till, 'recharge.list', {})).appliedFen
    expect(await sees()).toBe(0)
    await set({ group: 'sales', role: 'cashier', reach: 'own' })
    expect(await sees()).toBe(1)
    const [ben] = (await desk.call(at, 'operators.list', { query: 'Ben' })).rows
    await desk.call(at, 'operators.update', { id: ben?.id ?? '', roles: ['cashier', 'viewer'] })
    expect(await sees()).toBe(0)
    await set({ group: 'sales', role: 'viewer', reach: 'none' })
    desk = await desk.restart()
    await desk.call(till, 'operators.signIn', { name: 'Ben', pin: '2468' })
    expect(await sees()).toBe(1)
  })

  it.each([
    ['what the contract does not give', { group: 'bar', role: 'cashier', reach: 'all' }],
    ['his own rights', { group: 'bar', role: 'admin', reach: 'none' }],
    ['own, where there is no such thing', { group: 'bar', role: 'supervisor', reach: 'own' }],
    ['less than a cashier needs to sell', { group: 'sales', role: 'cashier', reach: 'none' }],
  ] as const)('cannot change %s, and then nothing of the same change holds', async (_what, change) => {
    const fine = { group: 'sell', role: 'cashier', reach: 'none' } as const
    await expect(set(fine, change)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const { groups } = await desk.call(at, 'operators.permissions', {})
    expect(groups.flatMap(({ roles }) => roles).every(({ reach }) => reach === 'all')).toBe(true)
  })

  it('is the only one who may', async () => {
    await signedIn('supervisor')
    const change = { group: 'bar', role: 'supervisor', reach: 'all' } as const
    await expect(desk.call(till, 'operators.setPermissions', { changes: [change] })).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
    })
  })
})

describe('a PIN for one time', () => {
  const given = async () => {
    await signedIn('supervisor')
    const [ben] = (await desk.call(at, 'operators.list', { query: 'Ben' })).rows
    await desk.call(at, 'operators.update', { id: ben?.id ?? '', pin: '1111', temporary: true })
    return desk.call(till, 'operators.signIn', { name: 'Ben', pin: '1111' })
  }

  it('lets its operator choose his own and nothing else', async () => {
    expect(await given()).toMatchObject({ mustChangePin: true })
    await expect(bar()).rejects.toMatchObject({ code: 'PIN_CHANGE_REQUIRED' })
    await expect(desk.call(till, 'operators.permissions', {})).rejects.toMatchObject({
      code: 'PIN_CHANGE_REQUIRED',
    })
    await expect(
      desk.call(till, 'operators.changePin', { pin: '1111', newPin: '1111' }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await expect(
      desk.call(till, 'operators.changePin', { pin: '9999', newPin: '8642' }),
    ).rejects.toMatchObject({
      code: 'PIN_WRONG',
    })
    await desk.call(till, 'operators.changePin', { pin: '1111', newPin: '8642' })
    expect(await bar()).toEqual({ ok: true })
    expect(await desk.call(screen('other'), 'operators.signIn', { name: 'Ben', pin: '8642' })).toMatchObject({
      mustChangePin: false,
    })
  })

  it('is not what an administrator gives unless he says so, and ends all other sessions', async () => {
    await signedIn('supervisor')
    const [ben] = (await desk.call(at, 'operators.list', { query: 'Ben' })).rows
    await desk.call(at, 'operators.update', { id: ben?.id ?? '', pin: '1111' })
    await expect(bar()).rejects.toMatchObject({ code: 'SESSION_REQUIRED' })
    expect(await desk.call(till, 'operators.signIn', { name: 'Ben', pin: '1111' })).toMatchObject({
      mustChangePin: false,
    })
  })
})

describe('a second person', () => {
  const deed = { operation: 'x.y', roles: ['supervisor'] } as const
  const confirm = (second?: { name: string; pin: string }) =>
    desk.operators.secondPerson(
      { caller: till, operator: { operatorId: 'o', name: 'Cy', roles: ['cashier'] } } as never,
      second,
      deed,
    )

  it('is wanted, is another one, may do it himself, and stands in the audit with both names', async () => {
    await desk.call(at, 'operators.create', { name: 'Eve', pin: '2468', roles: ['cashier'] })
    await desk.call(at, 'operators.create', { name: 'Sue', pin: '1357', roles: ['supervisor'] })
    await expect(confirm()).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      data: { reason: 'secondPerson' },
    })
    await expect(confirm({ name: 'Eve', pin: '2468' })).rejects.toMatchObject({ code: 'ROLE_REQUIRED' })
    await expect(confirm({ name: 'Sue', pin: '0000' })).rejects.toMatchObject({ code: 'PIN_WRONG' })
    expect(await confirm({ name: 'Sue', pin: '1357' })).toBe('Sue')
    const [row] = (await desk.call(at, 'audit.list', { operation: 'operators.confirm' })).rows
    expect(row).toMatchObject({ operator: 'Cy', target: 'Sue', after: { operation: 'x.y' } })
  })

  it('is never the one who asks, and has five attempts like everybody', async () => {
    const [ada] = (await desk.call(at, 'operators.list', {})).rows
    const self = desk.operators.secondPerson(
      { caller: at, operator: { operatorId: ada?.id, name: 'Ada', roles: ['admin'] } } as never,
      { name: 'ada', pin: '482913' },
      deed,
    )
    await expect(self).rejects.toMatchObject({ data: { reason: 'samePerson' } })
    for (let i = 0; i < 5; i++) await confirm({ name: 'Ada', pin: '0000' }).catch(() => undefined)
    await expect(confirm({ name: 'Ada', pin: '482913' })).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' })
  })
})
