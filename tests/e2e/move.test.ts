import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser } from '../fixtures/browser.ts'
import { removeFolder, startConsole, temporaryFolder, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, type Screen } from './support/page.ts'

const ADMIN = { name: '陈站长', pin: '482913' }
const CASHIER = { name: '小林', pin: '135791' }
const PASSPHRASE = 'correct horse battery'

describeInBrowser('a site moves to another computer', () => {
  const stick = temporaryFolder()
  let file: string
  let host: ConsoleHost
  let screen: Screen
  beforeAll(async () => {
    const old = await startConsole()
    await old.api('operators.createFirst', { ...ADMIN, siteName: '东区' })
    await old.signIn(ADMIN.name, ADMIN.pin)
    await old.api('operators.create', { ...CASHIER, roles: ['cashier'] })
    file = (await old.api('backups.export', { folder: stick, passphrase: PASSPHRASE, history: true })).path
    await old.stop()
    host = await startConsole()
    screen = await openScreen(host)
  }, 60_000)
  afterAll(async () => {
    const problems = screen.problems()
    await closeBrowser()
    await host.stop()
    removeFolder(stick)
    expect(problems).toEqual([])
  })

  it('opens its file in a new folder, and its operators sign in as before', async () => {
    const { page } = screen
    await page.getByLabel('姓名').waitFor()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Tab')
    await page.keyboard.type(file)
    await page.keyboard.press('Tab')
    await page.keyboard.type('another passphrase')
    await page.keyboard.press('Enter')
    await page.getByText('这份备份用不了').waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await page.getByLabel('口令').fill(PASSPHRASE)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '东区' }).waitFor()
    await page.getByRole('combobox', { name: '姓名' }).fill(CASHIER.name)
    await page.keyboard.press('Enter')
    await page.getByLabel('PIN', { exact: true }).fill(CASHIER.pin)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: CASHIER.name }).waitFor()
    await page.getByRole('heading', { name: '今日', level: 1 }).waitFor()
    await host.signIn(ADMIN.name, ADMIN.pin)
    const { lastRestore } = await host.api('backups.status', {})
    expect(lastRestore).toMatchObject({ state: 'done', differences: [] })
    expect((await host.api('operators.list', {})).total).toBe(2)
  })
})
