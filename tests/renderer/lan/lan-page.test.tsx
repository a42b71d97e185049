import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import type { Role } from '#shared/contract/define.ts'
import type { Output } from '#shared/contract/index.ts'
import { systemOf } from '../../../src/renderer/features/lan/Firewall.tsx'
import { LanPage } from '../../../src/renderer/features/lan/LanPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { NOW, OFF, settings, STATUS } from './fixtures.ts'

// the whole page with its selects is drawn by a slow document
vi.setConfig({ testTimeout: 20_000 })

type Status = Output<'lan.status'>
const open = (status: Status = STATUS, more: Answers = {}, role: Role = 'admin') =>
  renderPart(<LanPage />, {
    hello: { ...HELLO, operator: { id: '1', name: '张三', roles: [role] } },
    answers: { 'lan.status': () => status, 'settings.get': () => settings(), ...more },
  })
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const text = () => document.body.textContent

describe('on and off', () => {
  it('says what being on means, with the address as text and QR', async () => {
    open()
    expect(await screen.findByText('已开启')).toBeTruthy()
    expect(text()).toContain('同一局域网里的手机可以登录、下单、付款、提现')
    expect(screen.getAllByText('http://192.168.1.8:8085').length).toBeGreaterThan(0)
    expect(screen.getByRole('img', { name: /http:\/\/192\.168\.1\.8:8085/ })).toBeTruthy()
  })

  it('starts, and shows what became of it', async () => {
    let status = OFF
    const start = vi.fn<() => Status>(() => (status = STATUS))
    const view = open(OFF, { 'lan.status': () => status, 'lan.start': start })
    expect(await screen.findByText('已关闭')).toBeTruthy()
    expect(text()).toContain('现在没有小程序连得上')
    expect(screen.queryByRole('img', { name: /二维码/ })).toBeNull()
    await userEvent.click(button('开启服务'))
    view.emit({ type: 'changed', area: 'lan' })
    expect(await screen.findByText('已开启')).toBeTruthy()
    expect(start).toHaveBeenCalledOnce()
  })

  it('asks before it shuts the phones out', async () => {
    const stop = vi.fn<() => Status>(() => OFF)
    open(STATUS, { 'lan.stop': stop })
    await userEvent.click(await screen.findByRole('button', { name: '关闭服务' }))
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('手机上马上不能登录、下单、付款、提现')
    expect(stop).not.toHaveBeenCalled()
    await userEvent.click(within(dialog).getByRole('button', { name: '关闭服务' }))
    await waitFor(() => expect(stop).toHaveBeenCalledOnce())
  })

  it('is not for everybody', async () => {
    open(OFF, {}, 'installer')
    expect(await screen.findByText('已关闭')).toBeTruthy()
    expect(button('开启服务').hasAttribute('disabled')).toBe(true)
    expect(screen.getAllByLabelText('当前操作员没有权限：需要 主管').length).toBeGreaterThan(0)
  })
})

describe('a port that is taken', () => {
  const failed: Status = {
    ...OFF,
    state: 'failed',
    problem: { code: 'portInUse', data: { host: '0.0.0.0', port: 8085 } },
    otherPort: 8412,
  }

  it('is said, and exchanged for the free one by one click', async () => {
    const update = vi.fn<(input: unknown) => object>(() => ({ changed: ['lan.port'] }))
    open(failed, { 'settings.update': update })
    expect((await screen.findByRole('alert')).textContent).toContain('端口 8085 被别的程序占用')
    await userEvent.click(button('改用端口 8412'))
    expect(update).toHaveBeenCalledWith({ changes: { 'lan.port': 8412 } })
  })

  it('can be tried again', async () => {
    const start = vi.fn<() => Status>(() => STATUS)
    open(failed, { 'lan.start': start })
    await userEvent.click(await screen.findByRole('button', { name: '再试一次' }))
    expect(start).toHaveBeenCalledOnce()
  })
})

describe('where it listens', () => {
  it('is a card or all of them, and changed together with the port', async () => {
    const update = vi.fn<(input: unknown) => object>(() => ({ changed: [] }))
    open(STATUS, { 'settings.update': update })
    fireEvent.mouseDown(await screen.findByLabelText('网卡'))
    const options = await screen.findAllByText(/192\.168\.1\.8 · eth0|127\.0\.0\.1 · 只限本机/)
    expect(options.length).toBeGreaterThan(1)
    fireEvent.click(screen.getByText('192.168.1.8 · eth0', { selector: '.ant-select-item-option-content' }))
    fireEvent.change(screen.getByLabelText('端口'), { target: { value: '9000' } })
    fireEvent.blur(screen.getByLabelText('端口'))
    fireEvent.submit(screen.getByLabelText('端口'))
    await waitFor(() =>
      expect(update).toHaveBeenCalledWith({ changes: { 'lan.host': '192.168.1.8', 'lan.port': 9000 } }),
    )
  })

  it('names the addresses of the other cards where it listens on all', async () => {
    const second = { name: 'wlan0', address: '10.0.0.7', loopback: false }
    open({ ...STATUS, cards: [...STATUS.cards, second] })
    expect(await screen.findByText('http://10.0.0.7:8085')).toBeTruthy()
    expect(text()).not.toContain('http://127.0.0.1:8085')
  })

  it('says that this computer is in no network', async () => {
    const [, only] = STATUS.cards
    open({ ...STATUS, url: 'http://127.0.0.1:8085', cards: only ? [only] : [] })
    expect(await screen.findByText('这台电脑现在不在任何网络里，手机连不上')).toBeTruthy()
    expect(screen.queryByText('其他网卡上')).toBeNull()
  })

  it('keeps an address that is gone in sight', async () => {
    open({ ...STATUS, host: '10.9.9.9' })
    expect(await screen.findByText('10.9.9.9（现在没有）')).toBeTruthy()
  })

  it('warns where only this computer gets in', async () => {
    open({ ...STATUS, host: '127.0.0.1' })
    expect(await screen.findByText(/只有这台电脑自己连得上/)).toBeTruthy()
  })

  it('is not changed here where the file decides', async () => {
    open(STATUS, { 'settings.get': () => settings(['lan.host', 'lan.port']) })
    expect(await screen.findByText('由配置文件固定')).toBeTruthy()
    expect(screen.getByRole('spinbutton', { name: '端口' }).hasAttribute('disabled')).toBe(true)
  })

  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 'mac'],
    ['Mozilla/5.0 (X11; Linux x86_64)', 'linux'],
  ])('has the firewall of %s', (agent, expected) => {
    expect(systemOf(agent)).toBe(expected)
  })

  it('gives the line that opens the firewall for the port', async () => {
    open()
    await userEvent.click(await screen.findByText('Windows'))
    expect(text()).toContain('netsh advfirewall firewall add rule name="SiteDesk"')
    expect(text()).toContain('localport=8085')
    await userEvent.click(screen.getByText('macOS'))
    expect(text()).toContain('允许"SiteDesk"传入连接')
    expect(text()).not.toContain('netsh')
  })
})

describe('who may call', () => {
  it('says what is missing and what was published', async () => {
    open({ ...STATUS, missing: ['manager', 'httpJam'], publishedKeys: ['user'] })
    expect(await screen.findByText('凭据不全，请求会被拒绝')).toBeTruthy()
    expect(text()).toContain('先设置：管理端凭据 · 干扰码')
    expect(text()).toContain('凭据里有厂家文档公开的值')
    expect(text()).toContain('正在用厂家文档里公开的值：谁都能冒充小程序')
    expect(text()).toContain('未设置：两端所有请求都被拒绝（4）')
  })

  it('changes the credentials of a side, both valid for a while, the new key shown once', async () => {
    const until = NOW + 24 * 3_600_000
    const rotate = vi.fn<(input: unknown) => object>(() => ({ appId: 'new-app', appKey: 'new-key', until }))
    open(STATUS, { 'lan.rotate': rotate })
    const user = userEvent.setup()
    await user.click((await screen.findAllByRole('button', { name: '更换' }))[0] ?? document.body)
    await user.click(screen.getByRole('combobox', { name: '旧凭据继续有效' }))
    await user.click(await screen.findByText('1 天', { selector: '.ant-select-item-option-content' }))
    await user.click(button('生成并启用'))
    expect(await screen.findByText('new-key')).toBeTruthy()
    expect(rotate).toHaveBeenCalledWith({ side: 'user', overlapHours: 24 })
    expect(text()).toContain('appKey 只显示这一次')
    expect(text()).toContain('旧凭据到 03-02 12:00 为止仍有效')
    const copies = within(screen.getByRole('dialog')).getAllByRole('button', { name: /复制$/ })
    await user.click(copies[1] ?? document.body)
    expect(await navigator.clipboard.readText()).toBe('new-key')
    await user.keyboard('{Escape}')
    expect(screen.queryByText('new-key')).toBeTruthy()
    await user.click(button('已抄好，关闭'))
    await waitFor(() => expect(screen.queryByText('new-key')).toBeNull())
  })

  it('takes credentials that exist already, without an overlap where there is nothing to overlap', async () => {
    const rotate = vi.fn<(input: unknown) => object>(() => ({ appId: 'mine', appKey: 'own', until: NOW }))
    open({ ...STATUS, missing: ['manager'] }, { 'lan.rotate': rotate })
    await userEvent.click(await screen.findByRole('button', { name: '设置' }))
    expect(screen.queryByRole('combobox', { name: '旧凭据继续有效' })).toBeNull()
    await userEvent.click(screen.getByText('自己填'))
    expect(button('启用').hasAttribute('disabled')).toBe(true)
    await userEvent.type(screen.getByLabelText('appId'), 'mine')
    await userEvent.type(screen.getByLabelText('appKey'), 'own')
    await userEvent.click(button('启用'))
    await waitFor(() =>
      expect(rotate).toHaveBeenCalledWith({ side: 'manager', overlapHours: 0, appId: 'mine', appKey: 'own' }),
    )
  })

  it('ends the old credentials before their time', async () => {
    const update = vi.fn<(input: unknown) => object>(() => ({ changed: [] }))
    open({ ...STATUS, rotating: [{ side: 'user', until: NOW + 3_600_000 }] }, { 'settings.update': update })
    expect(await screen.findByText('旧凭据到 03-01 13:00 为止仍有效')).toBeTruthy()
    await userEvent.click(button('立即停用旧凭据'))
    const dialog = await screen.findByRole('dialog')
    await userEvent.click(within(dialog).getByRole('button', { name: '立即停用旧凭据' }))
    await waitFor(() => expect(update).toHaveBeenCalledWith({ changes: { 'lan.previous.user': null } }))
  })

  it('sets the jam code, and says that there is no overlap', async () => {
    const update = vi.fn<(input: unknown) => object>(() => ({ changed: ['lan.httpJam'] }))
    open({ ...STATUS, missing: ['httpJam'] }, { 'settings.update': update })
    await userEvent.click(await screen.findByRole('button', { name: '设置' }))
    expect(text()).toContain('没有过渡期')
    await userEvent.type(screen.getByLabelText('干扰码', { selector: 'input' }), 'a-new-jam')
    await userEvent.click(button('启用'))
    await waitFor(() => expect(update).toHaveBeenCalledWith({ changes: { 'lan.httpJam': 'a-new-jam' } }))
  })

  it('only shows them to those who may not change them', async () => {
    open(STATUS, {}, 'supervisor')
    for (const one of await screen.findAllByRole('button', { name: '更换' }))
      expect(one.hasAttribute('disabled')).toBe(true)
  })
})

describe('what is said beside it', () => {
  it('who called in the last minute, each leading to its requests', async () => {
    open()
    const link = await screen.findByRole('link', { name: '192.168.1.20' })
    expect(link.getAttribute('href')).toBe('/lan/requests?address=192.168.1.20')
    expect(text()).toContain('请求12')
    expect(text()).toContain('被拒绝3')
  })

  it('the simulated phone, in the demo', async () => {
    open({ ...STATUS, miniProgramUrl: 'http://127.0.0.1:9100/' })
    const link = await screen.findByRole('link', { name: '打开模拟的手机' })
    expect(link.getAttribute('href')).toBe('http://127.0.0.1:9100/')
  })

  it.each([
    ['none', 'offline', ['没有接微信登录', '线下收款']],
    ['simulator', 'wechatpay', ['微信登录是模拟的', '微信支付']],
  ] as const)('WeChat %s and payment %s', async (wechat, payment, words) => {
    open({ ...STATUS, wechat, payment })
    for (const word of words) expect(await screen.findByText(word)).toBeTruthy()
  })
})
