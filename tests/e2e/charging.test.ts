import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { describeInBrowser } from '../fixtures/browser.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, type Screen } from './support/page.ts'

const POLL = { timeout: 20_000, interval: 100 }
const ROUTES = [
  '/charging',
  '/charging?days=30',
  '/charging/ports',
  '/charging/orders',
  '/charging/abnormal',
  '/charging/abnormal?tab=unpaid',
  '/charging/abnormal?tab=refunds',
  '/charging/users',
  '/charging/coins',
  '/charging/blacklist',
  '/charging/managers',
  '/charging/cashouts',
  '/charging/professions',
] as const
const SECOND = { name: '复核人', pin: '246802' }

describeInBrowser('running the charging business of the demo', () => {
  let host: ConsoleHost
  let screen: Screen
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    screen = await openScreen(host)
  }, 60_000)
  afterEach(() => expect(screen.problems()).toEqual([]))
  afterAll(async () => {
    await closeBrowser()
    await host.stop()
  })

  const firstRow = () => screen.page.locator('.sd-grid-row').first()
  const drawer = () => screen.page.locator('.ant-drawer')
  const sheet = () => screen.page.locator('.ant-modal')
  const button = (where: ReturnType<typeof sheet>, name: string | RegExp) =>
    where.getByRole('button', { name })

  it('takes the money of an unpaid order, by keys alone from the row on', async () => {
    const before = await host.api('orders.list', { state: ['unpaid'] })
    const [order] = before.rows
    if (!order) throw new Error('the demo has no unpaid order')
    await screen.goto(`/charging/orders?query=${order.orderId}`)
    const { page } = screen
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await button(drawer(), '确认收款').press('Enter')
    await sheet().getByText(order.userName).waitFor()
    // the button that settles it has the focus
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), POLL).toMatch(/^收到 ¥/)
    await page.keyboard.press('Enter')
    await drawer().getByText('已结清').waitFor()
    const after = await host.api('orders.get', { orderId: order.orderId })
    expect(after).toMatchObject({ state: 'settled', cashFen: order.moneyFen })
    expect(after.payments.filter(({ state }) => state === 'success')).toHaveLength(1)
    expect((await host.api('orders.list', { state: ['unpaid'] })).total).toBe(before.total - 1)
  })

  it('pays a withdrawal to a changed account only when a second person says so too', async () => {
    await host.api('operators.create', { ...SECOND, roles: ['supervisor'] })
    const { rows } = await host.api('cashouts.list', { state: 'waiting' })
    const batch = rows.find(({ accountChanged }) => accountChanged)
    if (!batch) throw new Error('the demo has no withdrawal to a changed account')
    const { page } = screen
    await screen.goto('/charging/cashouts?state=waiting')
    await page.getByText('账户变更').first().click()
    await button(drawer(), '确认账户，等第二人').click()
    await button(sheet(), '确认账户，等第二人').click()
    await drawer()
      .getByText(/已确认，还需另一位主管确认/)
      .waitFor()
    // alone he comes no further: the other one is here with name and PIN, or later
    await button(drawer(), '第二人确认，已打款').click()
    await sheet().getByText('你已确认过：由另一位主管输入姓名和 PIN。').waitFor()
    expect(await button(sheet(), /^确认已打款 ¥/).isDisabled()).toBe(true)
    await button(sheet(), '取消').click()
    await sheet().waitFor({ state: 'hidden' })
    const stateOf = async () => (await host.api('cashouts.get', { cashOutId: batch.cashOutId })).state
    expect(await stateOf()).toBe('waiting')

    await drawer().locator('.ant-drawer-close').click()
    await page.locator('.sd-top button[title="操作员"]').click()
    await page.getByRole('menuitem', { name: '换人' }).click()
    await sheet().getByLabel('PIN').fill(SECOND.pin)
    await page.keyboard.press('Enter')
    await page.locator('.sd-top').getByText(SECOND.name).waitFor()
    await page.getByText('待第二人确认').first().click()
    await button(drawer(), '第二人确认，已打款').click()
    await button(sheet(), /^确认已打款 ¥/).click()
    await expect.poll(stateOf, POLL).toBe('paid')
    const { rows: trail } = await host.api('audit.list', { operation: 'cashouts.decide' })
    expect(new Set(trail.map(({ operator }) => operator))).toEqual(new Set(['demo', SECOND.name]))
  })

  it('shows what does not fit, and leads from a figure to its orders', async () => {
    const { page, goto } = screen
    await goto('/charging/abnormal')
    await page.getByText('端口在供电，没有账单').waitFor()
    expect(await page.getByRole('button', { name: '断电' }).count()).toBeGreaterThan(0)
    await goto('/charging?days=7')
    await page.locator('.cg-columns').getByRole('link').first().click()
    await page.getByRole('heading', { name: '账单', level: 1 }).waitFor()
    expect(decodeURIComponent(new URL(page.url()).hash)).toMatch(/^#\/charging\/orders\?device=\d+&from=\d/)
    await firstRow().waitFor()
  })

  it('writes the orders as filtered to a file, without phone numbers', async () => {
    const { page, goto } = screen
    await goto('/charging/orders?state=cancelled')
    await firstRow().waitFor()
    const { total } = await host.api('orders.list', { state: ['cancelled'], limit: 1 })
    await page.getByRole('button', { name: '导出' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: /CSV/ }).click()
    const text = readFileSync(await (await download).path(), 'utf8')
      .replace('\uFEFF', '')
      .trimEnd()
    const lines = text.split(/\r?\n/)
    expect(lines).toHaveLength(total + 1)
    expect(lines[1]).toContain('已取消')
    expect(text).not.toMatch(/1380000\d{4}/)
  })

  describe.each([
    ['zh-CN', 'light', 1366, 768],
    ['en', 'dark', 1920, 1080],
  ] as const)('in %s, %s, %i × %i', (language, theme, width, height) => {
    // that axe finds nothing: the crawl over all routes
    it('has no page that scrolls sideways, and no text without its words', async () => {
      const shown = await openScreen(host, { language, theme, width, height })
      const found: unknown[] = []
      for (const route of ROUTES) {
        await shown.goto(route)
        const wide = await shown.page.evaluate(() => {
          const main = document.querySelector('.sd-main')
          return main ? main.scrollWidth - main.clientWidth : -1
        })
        if (wide !== 0) found.push({ route, wide })
        if (/\bcharging\.[a-z]/.test(await shown.page.locator('.sd-main').innerText())) found.push({ route })
      }
      expect(found).toEqual([])
      expect(shown.problems()).toEqual([])
      await shown.close()
    }, 300_000)
  })
})
