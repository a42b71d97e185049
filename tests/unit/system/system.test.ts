import { afterEach, describe, expect, it } from 'vitest'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { campusCalls } from '../../fixtures/campus-calls.ts'
import { PARTS } from '#shared/contract/health.ts'
import { recordCrash } from '#main/hosts/launch/crash-file.ts'
import { unzip } from '../../fixtures/unzip.ts'
import { openConsole, openDemoConsole, SCREEN, type TestConsole } from '../../fixtures/console.ts'

let open: TestConsole[] = []
const use = <C extends TestConsole>(console: C): C => {
  open.push(console)
  return console
}
afterEach(async () => {
  await Promise.all(open.map((console) => console.close()))
  open = []
})

const ADMIN = { name: 'Ada', pin: '482913', siteName: '测试园区' }

describe('system.hello', () => {
  it('says what a screen needs before and after somebody signs in', async () => {
    const console = use(await openConsole())
    const before = await console.call('system.hello', {})
    expect(before).toMatchObject({ firstRun: true, operator: null, locked: false, names: [], zone: '+08:00' })
    await console.call('operators.createFirst', ADMIN)
    const after = await console.call('system.hello', {})
    expect(after).toMatchObject({ firstRun: false, siteName: '测试园区', names: ['Ada'], demo: false })
    expect(after.operator).toMatchObject({ name: 'Ada', roles: ['admin'] })
    expect((await console.call('system.hello', {}, { door: 'browser', screen: 'other' })).operator).toBeNull()
    await console.call('operators.lock', {})
    expect(await console.call('system.hello', {})).toMatchObject({ locked: true, operator: { name: 'Ada' } })
  })
})

describe('system.status', () => {
  it('gives every part its state, nothing configured and nothing synced', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    const status = await console.call('system.status', {})
    expect(status).toMatchObject({
      version: '0.0.0-test',
      dataDir: console.directory,
      lan: { state: 'off', url: null },
      runningJobs: 0,
      store: { readings: 0, meters: 0, lastBackupAt: null },
    })
    expect(status.sources.map(({ source, state }) => [source, state])).toEqual([
      ['imr', 'unconfigured'],
      ['campus', 'unconfigured'],
      ['water', 'unconfigured'],
    ])
    expect(status.store.siteBytes).toBeGreaterThan(4096)
    await expect(console.call('system.status', {}, { door: 'api' })).rejects.toMatchObject({
      code: 'SESSION_REQUIRED',
    })
  })

  it('says how Bluetooth is without touching it', async () => {
    const console = use(await openDemoConsole())
    const bluetooth = async () => (await console.call('system.status', {})).bluetooth
    expect(await bluetooth()).toEqual({ state: 'unknown', reason: null })
    const { found } = await console.call('chargers.scan', { seconds: 1 })
    expect(found.length).toBeGreaterThan(0)
    expect(await bluetooth()).toEqual({ state: 'ready', reason: null })
  })

  it('tells of a backup once there is one', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    console.core.startBackground()
    const lastBackupAt = async () => (await console.call('system.status', {})).store.lastBackupAt
    await expect.poll(lastBackupAt, { timeout: 10_000 }).not.toBeNull()
  })

  it('tells that the last run did not close its files', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    const codes = async () => (await console.call('system.status', {})).problems.map(({ code }) => code)
    expect(await codes()).not.toContain('UNCLEAN_STOP')
    await console.reopen(() => {
      const db = createSqlDriver().open(join(console.directory, 'site.db'), { durable: true })
      db.exec("UPDATE meta SET value = 'no' WHERE key = 'clean_shutdown'")
      db.close()
    })
    await console.call('operators.signIn', { name: 'Ada', pin: '482913' })
    expect(await codes()).toContain('UNCLEAN_STOP')
  })
})

describe('the health of the parts', () => {
  type Status = Awaited<ReturnType<typeof statusOf>>
  const statusOf = (console: TestConsole) => console.call('system.status', {})
  const part = (status: Status, name: string) => status.parts.find((one) => one.part === name)

  it('names every part once, and what is not set up is no fault', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    const status = await statusOf(console)
    expect(status.parts.map((one) => one.part)).toEqual([...PARTS])
    expect(part(status, 'imr')).toEqual({ part: 'imr', state: 'off', reason: null, lastGoodAt: null })
    expect(part(status, 'site')).toMatchObject({ state: 'attention', reason: 'notChecked' })
    expect(part(status, 'backups')).toMatchObject({ reason: 'noBackup' })
  })

  it('keeps whole checks and last good moments over a restart', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    console.core.startBackground()
    await console.call('system.check', {})
    const checked = async () =>
      (await statusOf(console)).checks.map(({ file, ok }) => `${file} ${ok}`).toSorted()
    await expect.poll(checked, { timeout: 10_000 }).toEqual(['history.db true', 'site.db true'])
    await console.reopen()
    await console.call('operators.signIn', { name: 'Ada', pin: '482913' })
    const status = await statusOf(console)
    expect(part(status, 'site')).toMatchObject({ state: 'good', lastGoodAt: status.checks[0]?.at })
    expect(part(status, 'workers')).toMatchObject({ lastGoodAt: expect.any(Number) })
  })

  it('tells of a crash at the next start until somebody has read of it', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    recordCrash(console.directory, 'main', new Error('it broke, token=abcdef123456'))
    await console.reopen()
    await console.call('operators.signIn', { name: 'Ada', pin: '482913' })
    const { problems } = await statusOf(console)
    expect(problems).toContainEqual({ code: 'CRASHED', data: { at: expect.any(Number), kind: 'main' } })
    const { rows } = await console.call('system.crashes', {})
    expect(rows).toMatchObject([{ kind: 'main', seen: false, message: 'it broke, token=[redacted]' }])
    await console.call('system.acknowledgeCrashes', {})
    const left = (await statusOf(console)).problems.map(({ code }) => code)
    expect(left).not.toContain('CRASHED')
    await console.reopen()
    await console.call('operators.signIn', { name: 'Ada', pin: '482913' })
    expect((await console.call('system.crashes', {})).rows).toMatchObject([{ seen: true }])
  })
})

describe('the demo', () => {
  it('fills the console through the vendor’s wire format, and its figures are sane', async () => {
    const console = use(await openDemoConsole())
    console.core.startBackground()
    const source = async () => (await console.call('system.status', {})).sources[0]
    await expect.poll(async () => (await source())?.lastCompleteAt, { timeout: 20_000 }).not.toBeNull()
    expect(await source()).toMatchObject({ source: 'imr', state: 'live', partial: false, lastError: null })
    // those of the rooms come too, sooner or later
    const { total, rows } = await console.call('meters.list', { source: 'imr', limit: 1000 })
    expect(total).toBe(60)
    for (const row of rows) {
      const wanted = console.demo.site.byDeviceId(row.deviceId)
      expect(row).toMatchObject({ tableNo: wanted?.tableNo, user: wanted?.userName, house: wanted?.house })
    }
    const now = Date.now()
    const usage = await console.call('meters.usage', { from: now - 9 * 86_400_000, to: now, bucket: 'day' })
    expect(usage.coverage.measured).toBeGreaterThan(60 * 5)
    for (const row of usage.rows) expect(Number(row.usage ?? 0)).toBeGreaterThanOrEqual(0)
  })

  it('misbehaves when the administrator asks for it, and is audited', async () => {
    const console = use(await openDemoConsole())
    expect(await console.call('demo.fault', { kind: 'serverError', on: true })).toEqual({
      active: ['serverError'],
    })
    expect(await console.call('demo.faults', {})).toEqual({ active: ['serverError'] })
    const test = await console.call('settings.testConnection', { source: 'imr' })
    expect(test.ok).toBe(false)
    expect(await console.call('demo.fault', { kind: 'serverError', on: false })).toEqual({ active: [] })
    expect(await console.call('settings.testConnection', { source: 'imr' })).toMatchObject({ ok: true })
    const audit = await console.call('audit.list', { operation: 'demo.fault' })
    expect(audit.rows.map(({ target }) => target)).toEqual(['serverError', 'serverError'])
  })

  it('misbehaves at one campus endpoint, so many times, and knows the money it really received', async () => {
    const console = use(await openDemoConsole())
    const { demo } = console
    const fault = { kind: 'campus.answerLost', on: true, times: 2, endpoint: 'userBalanceQuery' } as const
    expect(await console.call('demo.fault', fault)).toEqual({ active: ['campus.answerLost'] })
    expect(await console.call('settings.testConnection', { source: 'campus' })).toMatchObject({ ok: true })
    const vendor = { url: demo.campusUrl, account: demo.campusAccount, password: demo.campusPassword }
    const { login, post } = campusCalls(vendor)
    const auth = await login()
    const send = (no: string) =>
      post('userBalanceQuery', { ...auth, roomId: 'H-1', type: 2, out_trade_no: no, total_fee: 7 })
    for (const no of ['a', 'b']) await expect(send(no)).rejects.toThrow()
    expect(await (await send('c')).json()).toMatchObject({ code: 200 })
    expect(demo.campus.appliedFen()).toBe(2100)
    expect(await console.call('demo.faults', {})).toEqual({ active: [] })
    const odd = { kind: 'stall', on: true, endpoint: 'userInfo' } as const
    await expect(console.call('demo.fault', odd)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('is refused at any other desk', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    for (const name of ['demo.fault', 'demo.faults'] as const)
      await expect(
        console.core.call(SCREEN, name, name === 'demo.fault' ? { kind: 'down', on: true } : {}),
      ).rejects.toMatchObject({ code: 'NOT_SUPPORTED' })
  })
})

describe('system.diagnostics', () => {
  it('says what is inside and holds no secret, phone, PIN or token of a full desk', async () => {
    const console = use(await openDemoConsole())
    const phone = '13812345678'
    await console.call('settings.testConnection', { source: 'imr' })
    await console.call('operators.create', { name: 'Viv', pin: '775533', roles: ['viewer'], phone })
    const seen = { door: 'api' } as const
    const { session } = await console.call('operators.signIn', { name: 'Viv', pin: '775533' }, seen)
    recordCrash(
      console.directory,
      'main',
      new Error(`no answer for ${phone}, token=abcdef123456, card 6222020200112233445, pin: 775533`),
    )
    await console.reopen()
    const { name, files, zip } = await console.call('system.diagnostics', {})
    const texts = unzip(Buffer.from(zip, 'base64'))
    expect(name).toMatch(/^sitedesk-diagnostics-\d{4}-\d\d-\d\d\.zip$/)
    expect(files.map((file) => file.name)).toEqual([...texts.keys()])
    for (const file of files) expect(Buffer.byteLength(texts.get(file.name) ?? '')).toBe(file.bytes)
    expect(JSON.parse(texts.get('schema.json') ?? '')).toMatchObject({ site: expect.any(Number) })
    expect(texts.get('crashes.json')).toContain('no answer for')
    const all = [...texts.values()].join('\n')
    const { password, campusPassword } = console.demo
    for (const secret of [password, campusPassword, '135790', '775533', phone, 'abcdef123456', session])
      expect(all).not.toContain(secret)
    expect(all).not.toContain('6222020200112233445')
    expect(all).not.toMatch(/(?<![\w.-])1[3-9]\d{9}(?![\w.-])/)
  })

  it('needs an administrator', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    await console.call('operators.create', { name: 'Viv', pin: '777777', roles: ['viewer'] })
    const { session } = await console.call(
      'operators.signIn',
      { name: 'Viv', pin: '777777' },
      { door: 'api' },
    )
    const asViv = console.call('system.diagnostics', {}, { door: 'api', session })
    await expect(asViv).rejects.toMatchObject({ code: 'ROLE_REQUIRED' })
  })
})

describe('a folder that comes back', () => {
  it('opens with what it held; without its key file secrets are locked and said to be', async () => {
    const console = use(await openConsole())
    await console.call('operators.createFirst', ADMIN)
    await console.call('settings.update', { changes: { 'upstreams.imr.password': 'kept-secret' } })
    await console.reopen()
    await console.call('operators.signIn', { name: 'Ada', pin: '482913' })
    expect((await console.call('settings.get', {})).secretsSet).toEqual(['upstreams.imr.password'])
    await console.reopen(() => rmSync(join(console.directory, 'secret.key')))
    await console.call('operators.signIn', { name: 'Ada', pin: '482913' })
    const { problems } = await console.call('system.status', {})
    expect(problems.map(({ code }) => code)).toContain('SECRETS_LOCKED')
  })
})
