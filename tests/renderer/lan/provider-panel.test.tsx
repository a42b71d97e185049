import { fireEvent, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import type { Output } from '#shared/contract/index.ts'
import { LanPage } from '../../../src/renderer/features/lan/LanPage.tsx'
import { nested } from '../../../src/renderer/features/lan/provider-fields.ts'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { settings, STATUS } from './fixtures.ts'

// the whole page with its selects is drawn by a slow document
vi.setConfig({ testTimeout: 20_000 })

type Lan = NonNullable<Output<'settings.get'>['values']['lan']>
type Result = Output<'lan.testProvider'>

const MERCHANT = {
  kind: 'wechatpay' as const,
  mchId: '1900000001',
  serialNo: 'AB12',
  privateKeyFile: '/keys/apiclient_key.pem',
  platformKeyFile: '/keys/platform.pem',
}
const fine: Result = { ok: true, steps: [{ step: 'merchant', state: 'good', code: 'merchantSet' }] }

function open(lan: Lan = {}, more: { answers?: Answers; demo?: boolean; fixed?: string[] } = {}) {
  const stored = settings(more.fixed)
  const values = { ...stored.values, lan: { ...stored.values.lan, ...lan } }
  return renderPart(<LanPage />, {
    hello: { ...HELLO, demo: more.demo ?? false },
    answers: {
      'lan.status': () => STATUS,
      'settings.get': () => ({ ...stored, values }),
      'settings.update': () => ({ changed: [] }),
      'lan.testProvider': () => fine,
      ...more.answers,
    },
  })
}

async function panel(title: string) {
  const found = (await screen.findByRole('heading', { name: title })).closest('section')
  if (found === null) throw new Error(`${title} is no panel`)
  return within(found)
}

const fill = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } })

async function choose(part: Awaited<ReturnType<typeof panel>>, label: string, option: string) {
  await userEvent.click(part.getByRole('combobox', { name: label }))
  await userEvent.click(await screen.findByTitle(option))
}

describe('WeChat and payment on the screen', () => {
  it('stores WeChat Pay once all it needs is filled in, and nothing of another kind', async () => {
    const { calls } = open()
    const part = await panel('收款')
    await choose(part, '怎样收款', '微信支付 v3')
    fill(part.getByLabelText('商户号'), MERCHANT.mchId)
    const why = '还要填：商户证书序列号、商户私钥文件、微信支付公钥或平台证书'
    expect(part.getByLabelText(why)).toBeTruthy()
    fill(part.getByLabelText('商户证书序列号'), MERCHANT.serialNo)
    fill(part.getByLabelText('商户私钥文件'), MERCHANT.privateKeyFile)
    fill(part.getByLabelText('微信支付公钥或平台证书'), MERCHANT.platformKeyFile)
    await userEvent.click(part.getByRole('button', { name: '保存' }))
    const { kind, ...fields } = MERCHANT
    const paths = Object.entries(fields).map(([key, value]) => [`lan.payment.${key}`, value])
    expect(calls.find(({ operation }) => operation === 'settings.update')?.input).toEqual({
      changes: { 'lan.payment.kind': kind, ...Object.fromEntries(paths) },
    })
  })

  it('tests what is on the screen without storing it, and says what each step found', async () => {
    const answers: Answers = {
      'lan.testProvider': ({ ask }: { ask: boolean }): Result =>
        ask
          ? {
              ok: false,
              steps: [{ step: 'privateKey', state: 'bad', code: 'fileMissing', data: { file: 'x' } }],
            }
          : fine,
    }
    const { calls } = open({ payment: MERCHANT }, { answers })
    const part = await panel('收款')
    fill(part.getByLabelText('商户私钥文件'), '/keys/other.pem')
    await userEvent.click(part.getByRole('button', { name: '测试连接' }))
    expect(await part.findByText('找不到文件 x')).toBeTruthy()
    expect(part.getByText('现在不能用')).toBeTruthy()
    expect(calls.filter(({ operation }) => operation === 'lan.testProvider').at(-1)?.input).toEqual({
      provider: 'payment',
      ask: true,
      payment: { privateKeyFile: '/keys/other.pem' },
    })
    expect(calls.some(({ operation }) => operation === 'settings.update')).toBe(false)
    // what was tested is not what stands there any more
    fill(part.getByLabelText('商户私钥文件'), '/keys/third.pem')
    expect(part.queryByText('找不到文件 x')).toBeNull()
  })

  it('warns of an ended certificate before anybody tests', async () => {
    const until = Date.UTC(2026, 0, 31, 4)
    const data = { until, from: 0, serial: 'A', days: -29 }
    const steps: Result['steps'] = [{ step: 'platformKey', state: 'bad', code: 'certificateEnded', data }]
    open({ payment: MERCHANT }, { answers: { 'lan.testProvider': () => ({ ok: false, steps }) } })
    const part = await panel('收款')
    expect(await part.findByText(/平台证书 2026-01-31 已到期/)).toBeTruthy()
  })

  it.each([true, false])('offers the simulator in the demo only: %s', async (demo) => {
    open({}, { demo })
    const part = await panel('微信登录')
    await choose(part, '怎样登录', '接微信')
    expect(screen.queryAllByTitle('模拟（只限演示）')).toHaveLength(demo ? 1 : 0)
  })

  it('changes nothing that the file fixes', async () => {
    open({ wechat: { kind: 'none' } }, { fixed: ['lan.wechat.kind'] })
    const part = await panel('微信登录')
    expect(part.getByRole('combobox', { name: '怎样登录' }).hasAttribute('disabled')).toBe(true)
    expect(part.getByText(/由配置文件固定/)).toBeTruthy()
  })

  it('nests what is filled in by its path', () => {
    const edits = { 'lan.wechat.kind': 'wechat', 'lan.wechat.user.appId': 'a', 'lan.wechat.user.secret': 'b' }
    expect(nested({ ...edits, 'lan.wechat.baseUrl': '' }, 'lan.wechat')).toEqual({
      user: { appId: 'a', secret: 'b' },
    })
  })
})
