import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Output } from '#shared/contract/index.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, type Screen } from './support/page.ts'

type Charger = Output<'demo.chargers'>['chargers'][number]

const POLL = { timeout: 20_000, interval: 100 }
/** A label of the demo desk: its charger is registered and well. */
const CODE = '60010001'
/** Not registered, and well. */
const NEW_CODE = '60010006'

describeInBrowser('chargers at the demo desk', () => {
  let host: ConsoleHost
  let screen: Screen
  const really = async (code: string): Promise<Charger> => {
    const { chargers } = await host.api('demo.chargers', {})
    const found = chargers.find(({ deviceCode }) => deviceCode === code)
    if (!found) throw new Error(`no charger ${code}`)
    return found
  }
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
  const row = (name: string) => screen.page.locator(`.ch-row[data-name=${name}]`)
  const ended = (asked: string) => screen.page.locator(`.ch-ended[data-asked=${asked}]`)

  it('hears all of them, hides the strangers, and makes one flash without a write before', async () => {
    const { page, goto } = screen
    await goto('/chargers')
    await expect.poll(() => page.locator('.ch-row[data-name]').count(), POLL).toBe(24)
    await page.getByText(/已隐藏 7 个其他蓝牙设备/).waitFor()
    const before = await really(NEW_CODE)
    expect(before.commands).toEqual([])
    const one = row(before.name)
    await one.getByText('未登记').waitFor()
    await one.getByRole('button', { name: '闪灯' }).click()
    await one.getByText(/已闪灯/).waitFor()
    const after = await really(NEW_CODE)
    expect(after.blinks).toBe(1)
    expect(after.commands.map(({ command }) => command)).toEqual(['LEDBLINK'])
    expect(await seriousViolations(page)).toEqual([])
  })

  it('filters as one types, and goes to a charger by its label', async () => {
    const { page } = screen
    const { name } = await really(CODE)
    const search = page.getByRole('textbox', { name: /扫码枪/ })
    await search.fill('竹园1栋')
    await expect.poll(() => page.locator('.ch-row[data-name]').count(), POLL).toBeLessThan(24)
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe('#/chargers?query=竹园1栋')
    // a scanner strikes its keys faster than any person
    await page.evaluate((label) => {
      for (const key of label)
        window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    }, `http://127.0.0.1/u?deviceCode=${CODE}`)
    await expect.poll(() => new URL(page.url()).hash, POLL).toBe(`#/chargers/${name}`)
  })

  it('reads a charger, sets a lost clock and believes it only when read back', async () => {
    const { page } = screen
    const { name } = await really(CODE)
    await host.api('demo.fault', { kind: 'charger.clockLost', on: true, charger: name })
    await page.getByRole('button', { name: /读取状态$/ }).click()
    await ended('READ').waitFor()
    await page.getByText(/不准，建议对时/).waitFor()
    await page.getByRole('button', { name: '对时' }).click()
    await ended('STIME').and(page.locator('[data-tone=good]')).waitFor()
    expect(Math.abs((await really(CODE)).clock - Date.now())).toBeLessThan(5000)
  })

  it('switches a port on for a minute and off again, once each', async () => {
    const { page } = screen
    const { name } = await really(CODE)
    const card = page.getByRole('region', { name: '1 号端口' })
    await card.getByRole('button', { name: '通电' }).click()
    await page.getByRole('dialog').getByLabel('原因').fill('验收')
    await page.keyboard.press('Enter')
    await card.getByText(/约剩 0:[0-5]\d|约剩 1:00/).waitFor()
    expect((await really(CODE)).ports[0]).toBe(1)
    await card.getByRole('button', { name: '停止' }).click()
    await card.getByText('空闲').waitFor()
    const { ports, commands } = await really(CODE)
    expect(ports[0]).toBe(0)
    const sent = commands.map(({ command }) => command)
    expect(sent.filter((command) => command === 'POWERON')).toHaveLength(1)
    expect(sent.filter((command) => command === 'POWEROFF')).toHaveLength(1)
    expect(await seriousViolations(page)).toEqual([])
    const { rows } = await host.api('audit.list', { operation: 'chargers.command', limit: 50 })
    expect(rows.map(({ after }) => after)).toContainEqual({
      command: 'POWERON',
      port: 1,
      minutes: 1,
      reason: '验收',
    })
    await page.getByRole('tab', { name: '通讯记录' }).click()
    await page.getByText(new RegExp('@POWERON\\|1\\|1\\|')).first().waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出给厂家' }).click()
    await page.getByRole('menuitem', { name: /JSON/ }).click()
    expect((await download).suggestedFilename()).toMatch(new RegExp(`^${name}-\\d{8}-\\d{6}\\.jsonl$`))
  })

  it('says what is wrong with Bluetooth and goes on when it is mended', async () => {
    const { page, goto } = screen
    await goto('/chargers')
    await host.api('demo.fault', { kind: 'charger.adapterOff', on: true })
    const banner = page.locator('.sd-message[role=alert]')
    await banner.getByText('蓝牙已关闭').waitFor()
    await page.getByRole('contentinfo').getByText('蓝牙 已关闭').waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await host.api('demo.fault', { kind: 'charger.adapterOff', on: false })
    await vi.waitUntil(async () => {
      // it may be mended, and gone, before it is struck
      const again = banner.getByRole('button', { name: '再试一次' })
      await again.click({ timeout: 500 }).catch(() => undefined)
      return !(await banner.isVisible())
    }, POLL)
    await expect.poll(() => page.locator('.ch-row[data-age=fresh]').count(), POLL).toBeGreaterThan(20)
  })

  it('is legible in the dark and in English, on every tab', async () => {
    const { name } = await really(NEW_CODE)
    const dark = await openScreen(host, { language: 'en', theme: 'dark' })
    try {
      await dark.goto('/chargers')
      await dark.page.locator('.ch-row[data-name]').first().waitFor()
      expect(await seriousViolations(dark.page)).toEqual([])
      for (const tab of ['commands', 'raw', 'log']) {
        await dark.goto(`/chargers/${name}?tab=${tab}`)
        await dark.page.getByText('Make it blink first').first().waitFor()
        expect(await seriousViolations(dark.page)).toEqual([])
      }
      expect(dark.problems()).toEqual([])
    } finally {
      await dark.close()
    }
  })
})
