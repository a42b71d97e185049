import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MANAGERS, USERS } from '#main/demo/charging/index.ts'
import { openDemoConsole, type DemoConsole } from '../fixtures/console.ts'
import { MiniProgramPage } from '../fixtures/mini-program-page.ts'

const CODE = '60010002'
const [, , , , , GUEST] = USERS
const [BOSS] = MANAGERS
const guest = GUEST?.user ?? ''

let console: DemoConsole
let page: MiniProgramPage
beforeAll(async () => {
  console = await openDemoConsole()
  // a test presses faster than a hand
  await console.call('settings.update', { changes: { 'lan.perAddressPerSecond': 0 } })
  await console.core.lan.begin()
  const { miniProgramUrl } = await console.call('lan.status', {})
  page = new MiniProgramPage(miniProgramUrl ?? '')
})
afterAll(() => console.close())

const charger = async (code: string) => {
  const { btName } = await console.call('devices.get', { deviceCode: code })
  return console.demo.air.charger(btName)
}
const ordersOf = (user: string) => console.call('orders.list', { user, limit: 500 })

describe('the whole circle on one laptop', () => {
  it('says that everything is simulated, and runs no script', async () => {
    const response = await fetch(page.url)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const text = await response.text()
    expect(text).toContain('模拟')
    expect(text).not.toContain('<script')
  })

  it('speaks English below /en/, where it stays, its refusals too', async () => {
    const text = await page.look('/en/')
    expect(text).toContain('<html lang="en">')
    const chinese = (html: string) =>
      html.replace(/<button[^>]*>[^<]*<\/button>|>中文</g, '').match(/\p{Script=Han}+/gu)
    expect(chinese(text)).toBeNull()
    expect(chinese(await page.look('/en/manager'))).toBeNull()
    await page.press('en/user/pay', { coins: '0' })
    expect(page.notice).toBe('There is nothing to pay')
    expect(page.text).toContain('Log in with this number')
    expect(text).toContain('href="/" lang="zh-CN"')
  })

  it('refuses what another page sends', async () => {
    const sent = (headers: Record<string, string>) =>
      fetch(`${page.url}/user/logout`, { method: 'POST', headers, body: new URLSearchParams() })
    expect((await sent({ origin: 'http://127.0.0.1:1' })).status).toBe(403)
    expect((await sent({})).status).toBe(403)
  })

  it('logs in, scans, and reads the ports over the simulated radio', async () => {
    await page.press('user/login', { phone: guest })
    expect(page.notice).toBe('完成')
    expect(page.text).toContain(guest)
    await page.press('user/scan', { deviceCode: CODE })
    expect(page.notice).toBe('完成')
    expect(page.text).toContain('→ @STA&amp;')
    expect((await console.call('devices.get', { deviceCode: CODE })).portsAt).not.toBeNull()
  })

  it('orders, powers the port on, and owes the money', async () => {
    await page.press('user/order', { port: '3', unit: '4' })
    expect(page.notice).toBe('完成')
    await page.press('user/power')
    expect(page.notice).toBe('完成')
    expect((await charger(CODE)).firmware.ports()[2]).toBe(120)
    expect(page.text).toMatch(/待支付 <b>¥2.00<\/b>/)
    const { ports } = await console.call('devices.get', { deviceCode: CODE })
    expect(ports).toContainEqual({ port: 3, state: 'charging', minutes: 120 })
  })

  it('is refused a second order by the service, with its code', async () => {
    await page.press('user/order', { port: '4', unit: '1' })
    expect(page.notice).toBe('5 有待支付账单')
  })

  it('pays: staff take the cash, and the phone asks', async () => {
    await page.press('user/pay', { coins: '0' })
    expect(page.notice).toBe('完成')
    await page.press('user/ask')
    expect(page.notice).toContain('待支付')
    const { rows } = await ordersOf(guest)
    const open = rows.find(({ state }) => state === 'pending')
    await console.call('orders.confirmPayment', { orderId: open?.orderId ?? '' })
    await page.press('user/ask')
    expect(page.notice).toBe('完成')
    expect(page.text).not.toContain('待支付 <b>')
    const settled = (await ordersOf(guest)).rows.find(({ orderId }) => orderId === open?.orderId)
    expect(settled).toMatchObject({ state: 'settled', cashFen: 200 })
  })

  it('cancels an order whose charger is not there', async () => {
    await page.press('user/scan', { deviceCode: '60010025' })
    expect(page.notice).toContain('附近没有')
    await page.press('user/order', { port: '1', unit: '2' })
    expect(page.notice).toBe('完成')
    await page.press('user/power')
    expect(page.notice).toContain('附近没有')
    await page.press('user/cancel')
    expect(page.notice).toBe('完成')
    expect((await ordersOf(guest)).rows[0]).toMatchObject({ state: 'cancelled' })
  })

  it.each(['60010001', '60010003', '60010009', '60010017'])('speaks to the firmware of %s', async (code) => {
    await page.press('user/scan', { deviceCode: code })
    await page.press('user/order', { port: '2', unit: '1' })
    expect(page.notice).toBe('完成')
    await page.press('user/power')
    expect(page.notice).toBe('完成')
    expect((await charger(code)).firmware.ports()[1]).toBe(30)
    await page.press('user/pay', { coins: '0' })
    const open = (await ordersOf(guest)).rows.find(({ state }) => state === 'pending')
    if (open) await console.call('orders.confirmPayment', { orderId: open.orderId })
    await page.press('user/ask')
  })
})

describe('the manager’s side', () => {
  it('binds a charger, prices it, and gives it up again', async () => {
    await page.press('manager/login', { phone: BOSS.manager })
    expect(page.notice).toBe('完成')
    await page.press('manager/bind', { deviceCode: '60010004' })
    expect(page.notice).toBe('完成')
    await page.press('manager/price', { deviceCode: '60010004', unitPrice: '0.75' })
    const device = await console.call('devices.get', { deviceCode: '60010004' })
    expect(device).toMatchObject({ manager: BOSS.manager, unitPriceFen: 75 })
    await page.press('manager/unbind', { deviceCode: '60010004' })
    expect((await console.call('devices.get', { deviceCode: '60010004' })).manager).toBeNull()
  })

  it('is refused the charger of another manager', async () => {
    await page.press('manager/bind', { deviceCode: '60010017' })
    expect(page.notice).toMatch(/^6 /)
  })

  it('blocks a user, who is refused then', async () => {
    await page.press('manager/block', { user: guest })
    expect(page.notice).toBe('完成')
    await page.press('user/scan', { deviceCode: CODE })
    await page.press('user/order', { port: '1', unit: '1' })
    expect(page.notice).toMatch(/^5 /)
    await page.press('manager/unblock', { user: guest })
    expect(page.text).not.toContain(`value="${guest}"`)
  })

  it('withdraws, and has nothing left to withdraw', async () => {
    const bank = { bankName: '演示农商银行', bankUser: '周经理', bankCode: '6200000000000000001' }
    await page.press('manager/withdraw', bank)
    expect(page.notice).toBe('完成')
    // the same words in the same second would be the same request (H-12)
    await page.press('manager/withdraw', { ...bank, bankUser: '周经' })
    expect(page.notice).toContain('没有可提现')
    const { rows } = await console.call('cashouts.list', { state: 'waiting' })
    expect(rows.filter(({ manager }) => manager === BOSS.manager)).toHaveLength(2)
  })
})
