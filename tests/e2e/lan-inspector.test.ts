import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeInBrowser } from '../fixtures/browser.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, signInOnScreen, type Screen } from './support/page.ts'

const ADMIN = { name: 'Ada', pin: '482913' }
const USER = { appId: 'invented-user', appKey: 'an-invented-key-of-users' }
const JAM = 'an-invented-jam-code'
const PROFILE = {
  lan: {
    enabled: true,
    host: '127.0.0.1',
    port: 0,
    user: USER,
    manager: { appId: 'invented-manager', appKey: 'an-invented-key-of-managers' },
    httpJam: JAM,
  },
}
const POLL = { timeout: 20_000, interval: 100 }

type Sign = (fields: Readonly<Record<string, string>>) => string
const sorted = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
const right: Sign = (fields) =>
  sorted(fields)
    .map(([name, value]) => name + value)
    .join('') + JAM
/** What integrators know from other interfaces. */
const likeAQuery: Sign = (fields) =>
  sorted(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&') + JAM

describeInBrowser('the request inspector', () => {
  let host: ConsoleHost
  let service: string
  let open: Screen | undefined
  beforeAll(async () => {
    host = await startConsole({ profile: PROFILE })
    await host.api('operators.createFirst', ADMIN)
    await host.signIn(ADMIN.name, ADMIN.pin)
    service = (await host.api('lan.status', {})).url ?? ''
  }, 60_000)
  afterEach(async () => {
    const problems = open?.problems() ?? []
    await open?.close()
    open = undefined
    expect(problems).toEqual([])
  })
  afterAll(async () => {
    await closeBrowser()
    await host.stop()
  })

  /** As a phone calls; answers the code. */
  async function call(
    name: string,
    parameters: Readonly<Record<string, string>>,
    sign: Sign,
  ): Promise<number> {
    const fields = { ...USER, timestamp: String(Math.floor(Date.now() / 1000)), ...parameters }
    const hex = createHash('md5').update(sign(fields)).digest('hex')
    const signature = Buffer.from(hex).toString('base64')
    const answer = await fetch(`${service}/oapi/bluepower_user/1_0/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...fields, signature }),
    })
    return ((await answer.json()) as { code: number }).code
  }
  const show = async (route: string, options: Parameters<typeof openScreen>[1] = {}) => {
    open = await openScreen(host, options)
    await signInOnScreen(open.page, ADMIN)
    await open.goto(route)
    return open.page
  }

  it('shows a call as it comes and names its mistake in one look', async () => {
    const page = await show('/lan/requests')
    await page.getByText('还没有请求').waitFor()
    expect(await call('getDeviceInfo', { btName: '1A2B3C4D5E6F' }, likeAQuery)).toBe(2)
    const row = page.getByRole('row').filter({ hasText: 'getDeviceInfo' })
    await row.getByText('2 签名错误').waitFor()
    await row.click()
    await page.getByRole('heading', { name: '参数之间多了 = 和 &' }).waitFor()
    await page.getByRole('link', { name: '打开' }).click()
    await page.getByRole('heading', { name: 'getDeviceInfo', level: 1 }).waitFor()
    const verdict = page.getByRole('heading', { level: 2, name: '参数之间多了 = 和 &' })
    // in sight at once, the texts under it too
    const lines = page.locator('.lan-aligned').first()
    for (const part of [verdict, lines]) {
      const box = await part.boundingBox()
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(768 - 28)
    }
    const marked = await lines.locator('[data-side=second] mark').allInnerTexts()
    expect(marked.join('')).toBe('=&=&=&=')
    const texts = await lines.locator('.lan-aligned-line').allInnerTexts()
    expect(texts.join('')).not.toContain(USER.appKey)
    expect(await seriousViolations(page)).toEqual([])
  })

  it('goes the same way by keys alone', async () => {
    await call('getSystemTime', {}, likeAQuery)
    const page = await show('/lan/requests?endpoint=SystemTime')
    const grid = page.getByRole('grid', { name: '请求检查器' })
    await grid.getByText('getSystemTime').first().waitFor()
    await grid.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '参数之间多了 = 和 &' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.ant-drawer-open').count(), POLL).toBe(0)
    await page.keyboard.press('p')
    await page.getByText('已暂停').waitFor()
    await page.keyboard.press('c')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
  })

  it('computes a signature that the service takes', async () => {
    const page = await show('/lan/requests')
    const timestamp = Math.floor(Date.now() / 1000)
    await page.getByRole('textbox', { name: '参数' }).fill(`timestamp=${timestamp}`)
    const value = page.locator('.lan-calculator .lan-expected .sd-code').first()
    await value.waitFor()
    const signature = await value.innerText()
    const answer = await fetch(`${service}/oapi/bluepower_user/1_0/getSystemTime`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...USER, timestamp, signature }),
    })
    expect(await answer.json()).toMatchObject({ code: 0 })
    expect(await call('getSystemTime', {}, right)).toBe(0)
  })

  it('keeps its filters in the address and writes what is filtered to a file', async () => {
    await call('getSystemTime', {}, right)
    await call('getDeviceInfo', { btName: '1A2B3C4D5E6F' }, likeAQuery)
    const page = await show('/lan/requests')
    await page.getByRole('combobox', { name: '受理' }).click()
    await page.locator('.ant-select-item-option').getByText('被拒绝').click()
    await expect.poll(() => new URL(page.url()).hash, POLL).toBe('#/lan/requests?failed=yes')
    await expect.poll(() => page.getByText('0 成功').count(), POLL).toBe(0)
    await page.getByRole('button', { name: '导出' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: /CSV/ }).click()
    const text = readFileSync(await (await download).path(), 'utf8')
    expect(text).toContain('getDeviceInfo')
    expect(text).toContain('用户端')
    expect(text).not.toMatch(/,0,/)
  })

  it.each([
    ['zh-CN', 'light'],
    ['en', 'dark'],
  ] as const)('has nothing that axe calls serious in %s, %s', async (language, theme) => {
    await call('getDeviceInfo', { btName: '1A2B3C4D5E6F' }, likeAQuery)
    const [last] = (await host.api('lan.requests', { limit: 1 })).rows
    for (const route of ['/lan', '/lan/requests', `/lan/requests/${last?.id ?? ''}`]) {
      const page = await show(route, { language, theme })
      expect(await seriousViolations(page)).toEqual([])
      await open?.close()
    }
  })

  it('leads from the status bar to the switch, and the switch is the service', async () => {
    const page = await show('/')
    await page
      .locator('.sd-status')
      .getByRole('link', { name: /局域网服务/ })
      .click()
    await page.getByRole('heading', { name: '局域网服务', level: 1 }).waitFor()
    await page.getByRole('img', { name: new RegExp(service) }).waitFor()
  })
})

describeInBrowser('the switch of the LAN service', () => {
  it('starts and stops what phones reach, and makes credentials that work', async () => {
    const host = await startConsole()
    try {
      await host.api('operators.createFirst', ADMIN)
      await host.signIn(ADMIN.name, ADMIN.pin)
      await host.api('settings.update', {
        changes: { 'lan.host': '127.0.0.1', 'lan.port': 0, 'lan.httpJam': JAM },
      })
      const screen = await openScreen(host)
      const { page } = screen
      await signInOnScreen(page, ADMIN)
      await screen.goto('/lan')
      await page.getByText('凭据不全，请求会被拒绝').waitFor()
      await page
        .getByRole('row', { name: /用户端/ })
        .getByRole('button', { name: '设置' })
        .click()
      await page.getByRole('button', { name: '生成并启用' }).click()
      await page.getByText(/appKey 只显示这一次/).waitFor()
      const [appId = '', appKey = ''] = await page.locator('.lan-made .sd-code').allInnerTexts()
      await page.getByRole('button', { name: '已抄好，关闭' }).click()
      await page.getByRole('button', { name: '开启服务' }).click()
      await page.getByText('已开启').waitFor()
      const url = (await page.locator('.lan-url').innerText()).trim()
      const timestamp = Math.floor(Date.now() / 1000)
      const text = right({ appId, appKey, timestamp: String(timestamp) })
      const signature = Buffer.from(createHash('md5').update(text).digest('hex')).toString('base64')
      const ask = () =>
        fetch(`${url}/oapi/bluepower_user/1_0/getSystemTime`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ appId, appKey, timestamp, signature }),
        })
      expect(await (await ask()).json()).toMatchObject({ code: 0 })
      await page.getByRole('link', { name: '127.0.0.1' }).waitFor()
      await page.getByRole('button', { name: '关闭服务' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '关闭服务' }).click()
      await page.getByText('已关闭').waitFor()
      await expect(ask()).rejects.toThrow('fetch failed')
      expect(screen.problems()).toEqual([])
      await screen.close()
    } finally {
      await closeBrowser()
      await host.stop()
    }
  })
})
