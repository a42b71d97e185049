import { afterEach, describe, expect, it } from 'vitest'
import type { SiteProfile } from '#shared/contract/profile.ts'
import type { CoreEvent } from '#shared/contract/events.ts'
import { HOUR } from '#shared/time.ts'
import { ADMIN, openSetUpDesk, screen, type Desk } from '../../fixtures/desk.ts'

let desk: Desk
const at = screen('desk')
afterEach(() => desk.close())

const open = async (profile?: SiteProfile) => {
  desk = await openSetUpDesk({ options: profile ? { profile } : {} })
}
const restart = async (profile?: SiteProfile) => {
  desk = await desk.restart({ options: profile ? { profile } : {} })
  await desk.call(at, 'operators.signIn', ADMIN)
}
const update = (changes: Record<string, unknown>) => desk.call(at, 'settings.update', { changes })
const get = () => desk.call(at, 'settings.get', {})
const refused = (path: string) => ({ code: 'INVALID_INPUT', data: { issues: [{ path }] } })

describe('the layers', () => {
  it('are defaults, what was stored, and the config file on top', async () => {
    await open()
    expect(desk.settings.values()).toMatchObject({ zone: '+08:00', autoLockMinutes: 10, siteName: '' })
    expect(desk.settings.values().upstreams.imr).toEqual({
      minIntervalMs: 2200,
      bodyEncoding: 'json',
      limiterScope: 'endpoint',
    })
    await update({ zone: '+05:30', 'upstreams.imr.account': 'stored', 'upstreams.imr.minIntervalMs': 3000 })
    await restart({ upstreams: { imr: { account: 'file' } } })
    expect(desk.settings.values().upstreams.imr).toMatchObject({ account: 'file', minIntervalMs: 3000 })
    expect(desk.settings.zone()).toBe(5.5 * HOUR)
    expect((await get()).fixed).toEqual(['upstreams.imr.account'])
    await restart()
    expect(desk.settings.values().upstreams.imr.account).toBe('stored')
  })

  it('have no host and no account by themselves', async () => {
    await open()
    const { upstreams } = desk.settings.values()
    for (const one of [upstreams.imr, upstreams.campus, upstreams.water])
      expect(Object.keys(one)).not.toEqual(expect.arrayContaining(['baseUrl']))
    expect(JSON.stringify(upstreams)).not.toMatch(/account|http/)
  })

  it('never mix two kinds of one thing', async () => {
    await open()
    await update({ 'upstreams.water.auth': { kind: 'basic', user: 'u' } })
    await restart({ upstreams: { water: { auth: { kind: 'none' } } } })
    expect(desk.settings.values().upstreams.water.auth).toEqual({ kind: 'none' })
    await expect(update({ 'upstreams.water.auth.user': 'x' })).rejects.toMatchObject({
      code: 'FIXED_BY_FILE',
    })
    await restart()
    await update({ 'upstreams.water.auth.kind': 'none' })
    expect(desk.settings.values().upstreams.water.auth).toEqual({ kind: 'none' })
  })

  it('leave out a stored value that no longer fits, and say so in the log', async () => {
    await open()
    await update({ siteName: 'East' })
    await desk.test.store.site.write(() =>
      desk.test.store.site.sql.exec(
        `INSERT INTO setting VALUES ('autoLockMinutes', '"soon"', 1), ('sync', '3', 1), ('old.path', '1', 1)`,
      ),
    )
    await restart()
    expect(desk.settings.values()).toMatchObject({ siteName: 'East', autoLockMinutes: 10 })
    expect(desk.settings.values().sync.rereadDays).toBe(3)
    expect(desk.ctx.ports.log.recent().join('\n')).toMatch(/no longer fit.*autoLockMinutes/)
    await update({ autoLockMinutes: 7 })
    expect(desk.settings.values().autoLockMinutes).toBe(7)
  })
})

describe('settings.update', () => {
  it('tells what really changed, and everybody who listens', async () => {
    await open()
    const heard: (readonly string[])[] = []
    const events: CoreEvent[] = []
    const stop = desk.settings.onChange((paths) => heard.push(paths))
    desk.ctx.events.on((event) => events.push(event))
    const changes = { 'upstreams.imr.baseUrl': 'http://127.0.0.1:9002', 'upstreams.imr.account': 'a' }
    expect((await update(changes)).changed.toSorted()).toEqual(Object.keys(changes).toSorted())
    expect(heard).toHaveLength(1)
    expect(events).toContainEqual({ type: 'changed', area: 'settings' })
    expect((await update(changes)).changed).toEqual([])
    expect(heard).toHaveLength(1)
    stop()
    await update({ 'upstreams.imr.account': 'b' })
    expect(heard).toHaveLength(1)
    expect((await get()).changedAt).toBe(desk.test.clock.now())
  })

  it('takes a value, a part or a whole branch away with null', async () => {
    await open()
    await update({ 'upstreams.imr': { baseUrl: 'http://127.0.0.1:1', account: 'a', minIntervalMs: 5000 } })
    await update({ 'upstreams.imr.minIntervalMs': null })
    expect(desk.settings.values().upstreams.imr).toMatchObject({ account: 'a', minIntervalMs: 2200 })
    const { changed } = await update({ 'upstreams.imr': null })
    expect(changed.toSorted()).toEqual(['upstreams.imr.account', 'upstreams.imr.baseUrl'])
    expect(desk.settings.values().upstreams.imr).not.toHaveProperty('account')
  })

  it.each([
    ['upstreams.imr.baseUrl', 'not an address'],
    ['upstreams.imr.minIntervalMs', '2200'],
    ['upstreams.imr.password', 17],
    ['upstreams.imr.password', ''],
    ['upstreams.imr.nope', 1],
    ['upstreams.imr', 'x'],
    ['upstreams', []],
    ['nope', true],
    ['nope.deeper', true],
    ['__proto__.polluted', true],
    ['constructor', 1],
    ['', 1],
    ['upstreams..imr', 1],
    ['zone', 'Asia/Shanghai'],
    ['lan.wechat.kind', 'magic'],
  ])('refuses %s = %j with its path, and changes nothing', async (path, value) => {
    await open()
    const error = await update({ siteName: 'half', [path]: value }).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'INVALID_INPUT' })
    const issues = (error as { data: { issues: { path: string }[] } }).data.issues
    expect(path.startsWith(issues[0]?.path ?? '?')).toBe(true)
    expect(desk.settings.values().siteName).toBe('')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    const { rows } = await desk.call(at, 'audit.list', { operation: 'settings.update' })
    expect(rows).toEqual([])
  })

  it('names an unknown key itself', async () => {
    await open()
    await expect(update({ 'upstreams.imr.nope': 1 })).rejects.toMatchObject(refused('upstreams.imr.nope'))
    await expect(update({ 'sync.everyMinutes': -1 })).rejects.toMatchObject(refused('sync.everyMinutes'))
  })

  it('refuses a value and an object at one path', async () => {
    await open()
    const both = { 'upstreams.imr': 'x', 'upstreams.imr.account': 'a' }
    await expect(update(both)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('refuses what the file fixes, but not a form that sends it back unchanged', async () => {
    await open({ zone: '+07:00', upstreams: { imr: { account: 'file' } } })
    for (const changes of [
      { zone: '+08:00' },
      { zone: null },
      { 'upstreams.imr.account': 'x' },
      { 'upstreams.imr': { account: 'x' } },
      { upstreams: null },
    ])
      await expect(update(changes)).rejects.toMatchObject({ code: 'FIXED_BY_FILE' })
    expect(await update({ zone: '+07:00', 'upstreams.imr.account': 'file', siteName: 'S' })).toEqual({
      changed: ['siteName'],
    })
  })

  it('checks two changes at once one after the other', async () => {
    await open()
    const both = await Promise.allSettled([
      update({ 'upstreams.water.auth': { kind: 'basic', user: 'u' } }),
      update({ 'upstreams.water.auth.name': 'X-Key' }),
    ])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(desk.settings.values().upstreams.water.auth).toEqual({ kind: 'basic', user: 'u' })
  })

  it('leaves one audit row with what was and what is', async () => {
    await open()
    await update({ siteName: 'East' })
    await update({ siteName: 'West', autoLockMinutes: 5 })
    const { rows } = await desk.call(at, 'audit.list', { operation: 'settings.update' })
    expect(rows.map(({ before, after }) => [before, after])).toEqual([
      [
        { siteName: 'East', autoLockMinutes: null },
        { siteName: 'West', autoLockMinutes: 5 },
      ],
      [{ siteName: null }, { siteName: 'East' }],
    ])
  })

  it('is for administrators', async () => {
    await open()
    await desk.call(at, 'operators.create', { name: 'Sue', pin: '1357', roles: ['supervisor'] })
    await desk.call(screen('s'), 'operators.signIn', { name: 'Sue', pin: '1357' })
    await expect(desk.call(screen('s'), 'settings.update', { changes: {} })).rejects.toMatchObject({
      code: 'ROLE_REQUIRED',
    })
    await desk.call(screen('s'), 'settings.get', {})
  })
})

describe('problems', () => {
  it('name http that leaves the site, with path and host', async () => {
    await open()
    await update({
      'upstreams.imr.baseUrl': 'http://meters.example:8080/x',
      'upstreams.campus.baseUrl': 'https://campus.example',
      'upstreams.water.baseUrl': 'http://192.168.7.9',
    })
    expect(desk.settings.problems()).toContainEqual({
      code: 'INSECURE_UPSTREAM',
      data: { path: 'upstreams.imr.baseUrl', host: 'meters.example:8080' },
    })
    expect(desk.settings.problems().filter(({ code }) => code === 'INSECURE_UPSTREAM')).toHaveLength(1)
  })

  it('name a config file that others can read', async () => {
    await open()
    desk = await desk.restart({ options: { profile: {}, profileReadable: true } })
    expect(desk.settings.problems()).toContainEqual({ code: 'CONFIG_READABLE' })
  })
})
