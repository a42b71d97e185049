import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDemoSite, type DemoSite } from '#main/demo/index.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { removeFolder, startConsole, temporaryFolder, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, type Screen } from './support/page.ts'

const POLL = { timeout: 30_000, interval: 100 }
const ADMIN = { name: '陈站长', pin: '482913' }
const METERS = 30

describeInBrowser('the first day of a site', () => {
  const stick = temporaryFolder()
  let vendor: DemoSite
  let host: ConsoleHost
  let screen: Screen
  beforeAll(async () => {
    vendor = await startDemoSite({ meters: METERS, hourly: 2, days: 5, gapMs: 5 })
    host = await startConsole()
    screen = await openScreen(host)
  }, 60_000)
  afterAll(async () => {
    const problems = screen.problems()
    await closeBrowser()
    await host.stop()
    await vendor.close()
    removeFolder(stick)
    expect(problems).toEqual([])
  })

  it('creates the administrator', async () => {
    const { page } = screen
    await page.getByRole('heading', { name: '首次使用' }).waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.getByLabel('姓名').fill(ADMIN.name)
    await page.getByLabel('PIN', { exact: true }).fill(ADMIN.pin)
    await page.getByLabel('再输一次 PIN').fill('482914')
    await page.getByLabel('现场名称').fill('东区')
    await page.getByRole('button', { name: '建立管理员' }).click()
    await page.getByText('两次输入的 PIN 不一样').waitFor()
    await page.getByLabel('再输一次 PIN').fill(ADMIN.pin)
    await page.getByRole('button', { name: '建立管理员' }).click()
    await page.getByLabel('服务器地址').waitFor()
  })

  it('goes on where it was when the window was closed in the middle', async () => {
    const { page } = screen
    await page.getByLabel('服务器地址').fill('http://127.0.0.1:9')
    await page.getByLabel('密码').fill('never-kept')
    await page.reload()
    await expect.poll(() => page.getByLabel('服务器地址').inputValue(), POLL).toBe('http://127.0.0.1:9')
    expect(await page.getByLabel('密码').inputValue()).toBe('')
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('never-kept')
  })

  it('says what is wrong with a connection, and that a right one works', async () => {
    const { page } = screen
    // at the vendor's own pace 30 meters would take minutes
    await host.signIn(ADMIN.name, ADMIN.pin)
    await host.api('settings.update', {
      changes: { 'upstreams.imr.minIntervalMs': vendor.gapMs + 2, 'sync.historyDays': 5 },
    })
    const report = page.locator('.sd-message')
    const test = () => page.getByRole('button', { name: '测试连接' }).click()
    await page.getByLabel('服务器地址').fill('http://127.0.0.1:9')
    await page.getByLabel('账号').fill(vendor.account)
    await page.getByLabel('密码').fill('not-this-one')
    await test()
    await report.getByText('连接不可用').waitFor()
    await report.getByText('对方拒绝连接').waitFor()
    await page.getByLabel('服务器地址').fill(vendor.imrUrl)
    await test()
    await report.getByText('密码不对').waitFor()
    await page.getByLabel('密码').fill(vendor.password)
    await test()
    await report.getByText('连接可用').waitFor()
    expect(await seriousViolations(page)).toEqual([])
  })

  it('syncs for the first time and shows the meters', async () => {
    const { page } = screen
    await page.getByRole('button', { name: '保存并继续' }).click()
    for (const step of ['校园水电', '用水', '蓝牙', '局域网服务']) {
      await page.getByRole('heading', { name: step, level: 2, exact: true }).first().waitFor()
      expect(await seriousViolations(page)).toEqual([])
      await page.getByRole('button', { name: '以后再说' }).click()
    }
    await page.getByLabel('文件夹').fill(stick)
    await page.getByRole('button', { name: '测试这个文件夹' }).click()
    await page.getByText('能写入').or(page.getByText('可以用')).waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.getByLabel('口令', { exact: true }).fill('correct horse battery')
    await page.getByLabel('再输一次口令').fill('correct horse battery')
    await page.keyboard.press('Enter')
    await page.getByText('没有填地址：不能充值').waitFor()
    await expect.poll(() => readdirSync(stick)).toMatchObject([expect.stringMatching(/^sitedesk-/)])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '今日', level: 1 }).waitFor()
    await page.getByRole('heading', { name: '还没装好的' }).waitFor()
    await screen.goto('/sync')
    const start = page.getByRole('button', { name: '立即同步' })
    const running = page.locator('.sync-running')
    await start.or(running).first().waitFor()
    if (await start.isVisible()) await start.click()
    const imr = async () => (await host.api('system.status', {})).sources.find((s) => s.source === 'imr')
    await expect.poll(async () => (await imr())?.lastCompleteAt ?? null, POLL).not.toBeNull()
    await screen.goto('/meters')
    await page.getByText(`共 ${METERS} 行`).waitFor()
    const { store } = await host.api('system.status', {})
    expect(store.readings).toBeGreaterThan(METERS * 3)
  })

  it('lets people practise beside it: nothing of the site is touched', async () => {
    const { page, context } = screen
    const folder = (await host.api('system.status', {})).dataDir
    const before = await host.api('audit.list', { limit: 1 })
    await page.getByRole('button', { name: ADMIN.name }).click()
    await page.getByRole('menuitem', { name: '练习模式' }).click()
    const opened = context.waitForEvent('page')
    await page.getByRole('button', { name: '打开练习现场' }).click()
    const practice = await opened
    await practice.getByRole('note').getByText('练习模式').waitFor()
    await practice.getByRole('heading', { name: '今日', level: 1 }).waitFor()
    await practice.goto(`${new URL(practice.url()).origin}/#/diagnostics`)
    await practice
      .getByText(/sitedesk-demo-/)
      .first()
      .waitFor()
    expect(await practice.getByText(folder).count()).toBe(0)
    // its vendors are its own
    await practice.goto(`${new URL(practice.url()).origin}/#/settings`)
    const address = practice.getByLabel('服务器地址').first()
    await expect.poll(() => address.inputValue(), POLL).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect(await address.inputValue()).not.toBe(vendor.imrUrl)
    expect(
      await practice.getByRole('note').evaluate((strip) => getComputedStyle(strip).backgroundColor),
    ).toBe('rgb(180, 83, 9)')
    await page.getByRole('button', { name: '结束练习' }).click()
    await expect.poll(async () => (await host.api('system.practice', {})).state, POLL).toBe('off')
    await practice.close()
    await page.keyboard.press('Escape')
    expect((await host.api('audit.list', { limit: 1 })).total).toBe(before.total)
  })

  it('locks, refuses a wrong PIN in words, and goes on where it was', async () => {
    const { page } = screen
    await page.getByRole('textbox', { name: '表号、位置、房号、用户' }).fill('教学楼')
    await expect.poll(() => decodeURIComponent(new URL(page.url()).hash), POLL).toContain('query=教学楼')
    await page.keyboard.press('Control+l')
    const lock = page.getByRole('dialog', { name: '已锁定' })
    await lock.waitFor()
    expect(await page.locator('.sd-under').evaluate((under) => under.hasAttribute('inert'))).toBe(true)
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.type('000000')
    await page.keyboard.press('Enter')
    await lock.getByText('姓名或 PIN 不对').waitFor()
    await lock.getByLabel('PIN', { exact: true }).fill(ADMIN.pin)
    await page.keyboard.press('Enter')
    await lock.waitFor({ state: 'detached' })
    expect(await page.getByRole('textbox', { name: '表号、位置、房号、用户' }).inputValue()).toBe('教学楼')
  })

  it('signs out and in again', async () => {
    const { page } = screen
    await page.getByRole('button', { name: ADMIN.name }).click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.getByRole('heading', { name: '东区' }).waitFor()
    expect(await page.locator('.sd-shell').count()).toBe(0)
    expect(await seriousViolations(page)).toEqual([])
    await page.getByLabel('PIN', { exact: true }).fill(ADMIN.pin)
    await page.getByRole('button', { name: /登\s*录/ }).click()
    await page.getByRole('button', { name: ADMIN.name }).waitFor()
  })
})
