import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConsole, type TestConsole } from '../fixtures/console.ts'
import { MERCHANT } from '../fixtures/wechat-pay.ts'

let console: TestConsole
beforeEach(async () => {
  console = await openConsole()
  await console.call('operators.createFirst', { name: 'Ada', pin: '482913' })
})
afterEach(() => console.close())

const set = (changes: Record<string, unknown>) => console.call('settings.update', { changes })

describe('settings of WeChat and WeChat Pay', () => {
  it('take no simulator outside the demo', async () => {
    await expect(set({ 'lan.wechat': { kind: 'simulator' } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    expect(await console.call('lan.status', {})).toMatchObject({ wechat: 'none', miniProgramUrl: null })
  })

  it('tell at once when a key file cannot be used, and when it is put right', async () => {
    const gone = join(console.directory, 'gone.pem')
    const files = { privateKeyFile: gone, platformKeyFile: gone }
    await set({ 'lan.payment': { kind: 'wechatpay', ...MERCHANT, ...files } })
    const problems = async () => (await console.call('system.status', {})).problems
    expect(await problems()).toContainEqual({
      code: 'PAYMENT_NOT_READY',
      data: { reason: `lan.payment.privateKeyFile: ${gone} cannot be read (ENOENT)` },
    })
    await set({ 'lan.payment': { kind: 'offline' } })
    expect((await problems()).map(({ code }) => code)).not.toContain('PAYMENT_NOT_READY')
  })
})
