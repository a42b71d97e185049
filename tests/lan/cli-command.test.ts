import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_CREDENTIALS } from '#main/demo/charging/credentials.ts'
import { openDemoConsole, type DemoConsole } from '../fixtures/console.ts'

const script = join(import.meta.dirname, '../../scripts/miniprogram.ts')

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [script, ...args], { env: { PATH: process.env['PATH'], ...env } })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}

const INVENTED = [
  '--app-id',
  'invented-user-app',
  '--app-key',
  'invented-user-key',
  '--jam',
  'invented-jam-code',
]
const AT = ['--timestamp', '1700000000', '--dry']

describe('npm run miniprogram', () => {
  it('signs as documented and hides the keys', async () => {
    const { code, out } = await run(['getUserInfo', 'user=13800001234', ...INVENTED, ...AT])
    expect(code).toBe(0)
    expect(out).toContain('POST http://127.0.0.1:8085/oapi/bluepower_user/1_0/getUserInfo')
    expect(out).toContain('signed     appIdinvented-user-appappKey●timestamp1700000000user13800001234●')
    expect(out).toContain('signature  YWJkN2ExZGQzYTIyNzVjOTE1ZDZkYTJjZjVhMzJmN2I=')
    expect(out).not.toMatch(/invented-user-key|invented-jam-code/)
  })

  it('signs in another order, in another form, as a form', async () => {
    const other = ['--order', 'timestampLast', '--encoding', 'raw', '--body', 'form']
    const { out } = await run(['getUserInfo', 'user=13800001234', ...INVENTED, ...AT, ...other])
    expect(out).toContain('content-type: application/x-www-form-urlencoded')
    expect(out).toContain('signature  u7AexJk1hhqkcH9LMOlIEg==')
    expect(out).not.toContain('invented-user-key')
  })

  it.each([
    [['nothing'], 'there is no endpoint nothing'],
    [['getUserInfo', 'user', ...INVENTED], 'user: expected name=value'],
    [['getUserInfo', ...INVENTED, '--order', 'any'], '--order: expected sorted | timestampLast'],
    [['getUserInfo', ...INVENTED, '--timestamp', 'now'], '--timestamp'],
    [['getUserInfo'], '--app-id or SITEDESK_LAN_USER_APP_ID is needed'],
    [['addDevice'], 'SITEDESK_LAN_MANAGER_APP_ID'],
    [['getUserInfo', '--speed'], '--speed'],
  ])('refuses %j with 2', async (args, said) => {
    const { code, err, out } = await run(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(said)
  })

  it('tells how it is used', async () => {
    expect((await run(['--help'])).out).toContain('newPowerOrder')
    expect((await run([])).code).toBe(2)
  })
})

describe('against the service', () => {
  let console: DemoConsole
  let env: Record<string, string>
  beforeAll(async () => {
    console = await openDemoConsole()
    await console.core.lan.begin()
    const { user, manager, jam } = DEMO_CREDENTIALS
    env = {
      SITEDESK_LAN_URL: console.core.lan.state().url ?? '',
      SITEDESK_LAN_USER_APP_ID: user.appId,
      SITEDESK_LAN_USER_APP_KEY: user.appKey,
      SITEDESK_LAN_MANAGER_APP_ID: manager.appId,
      SITEDESK_LAN_MANAGER_APP_KEY: manager.appKey,
      SITEDESK_LAN_JAM: jam,
    }
  })
  afterAll(() => console.close())

  it.each([[[]], [['--order', 'timestampLast']], [['--encoding', 'raw', '--body', 'form']]])(
    'is answered: %j',
    async (flags) => {
      const { code, out } = await run(['getDeviceInfo', 'deviceCode=60010001', ...flags], env)
      expect(out).toContain('"code": 0')
      expect(out).toContain('"btName": "BUC_')
      expect(code).toBe(0)
    },
  )

  it('takes the credentials of the side that is called', async () => {
    const args = ['GETDEVICELIST', 'manager=13900000001', 'startIndex=0', 'pageSize=2']
    expect(await run(args, env)).toMatchObject({ code: 0 })
  })

  it('ends with 1 on a refusal, also on one that only the result says', async () => {
    const unknown = await run(['getDeviceInfo', 'deviceCode=99999999'], env)
    expect(unknown.code).toBe(1)
    expect(unknown.out).toContain('"code": 3')
    const { rows } = await console.call('orders.list', { state: ['settled'] })
    const cancelled = await run(['cancelPowerOrder', `orderId=${rows[0]?.orderId}`], env)
    expect(cancelled.out).toContain('"code": 0')
    expect(cancelled.code).toBe(1)
  })

  it('ends with 1 where nobody listens', async () => {
    const { code, err } = await run(['getSystemTime', '--url', 'http://127.0.0.1:1'], env)
    expect(code).toBe(1)
    expect(err).not.toBe('')
  })
})
