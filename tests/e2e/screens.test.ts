import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { contract } from '#shared/contract/index.ts'
import { zhCN } from '../../src/renderer/app/i18n/zh-CN/index.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { unzip } from '../fixtures/unzip.ts'
import { screenAt } from '../../src/renderer/app/help/help.ts'
import { SCREENS } from '../../src/renderer/app/screen.ts'
import { placeAxe, readByAxe } from './support/axe.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { idOf, leadingZeros, withGap } from './support/demo-meters.ts'
import { detailRoutes } from './support/detail-routes.ts'
import { keyboardFaults, type KeyboardFaults } from './support/keyboard.ts'
import { changeLanguage, changeTheme, withoutTransitions } from './support/looks.ts'
import { closeBrowser, openScreen, routesOf, type Language, type Screen, type Theme } from './support/page.ts'

const POLL = { timeout: 20_000, interval: 100 }
const ROUTES = routesOf(idOf(withGap))
const LANGUAGES = ['zh-CN', 'en'] as const
const THEMES = ['light', 'dark'] as const

const other = <T>([one, two]: readonly [T, T], now: T): T => (now === one ? two : one)
const hasFault = ({ unreached, unseen, trapped }: KeyboardFaults) =>
  trapped || unreached.length > 0 || unseen.length > 0

/** Screens that no route of the crawl leads to; paper is looked at where it is printed. */
function unvisited(routes: readonly string[]): string[] {
  const visited = new Set(routes.map((route) => screenAt(route.split('?')[0] ?? '')))
  return SCREENS.filter((one) => !one.bare && !visited.has(one)).map(({ path }) => path)
}

/** `meters.list.title`: what i18next shows when a text is missing. */
const RAW_KEY = new RegExp(`\\b(${Object.keys(zhCN).join('|')})\\.[a-z]\\w*(\\.[\\w-]+)*\\b`)

describeInBrowser('every screen', () => {
  let host: ConsoleHost
  let open: Screen | undefined
  let details: readonly string[] | undefined
  const imrMeters = async () => (await host.api('meters.list', { source: 'imr', limit: 1 })).total
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    await vi.waitUntil(async () => (await imrMeters()) === 2000, POLL)
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
  const show = async (options: Parameters<typeof openScreen>[1] = {}): Promise<Screen> =>
    (open = await openScreen(host, options))

  it('keeps language and theme over a reload', async () => {
    const { page } = await show()
    await page.getByRole('button', { name: '语言' }).click()
    await page.getByRole('menuitem', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Appearance' }).click()
    await page.getByRole('menuitem', { name: 'Dark' }).click()
    const surface = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await expect.poll(async () => brightness(await surface()), POLL).toBeLessThan(60)
    await page.reload()
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
    expect(brightness(await surface())).toBeLessThan(60)
  })

  it('keeps a filter and a sort in the address', async () => {
    const { page, goto } = await show()
    await goto('/meters')
    await page.getByRole('textbox', { name: '表号、位置、房号、用户' }).fill('教学楼')
    await expect.poll(() => totalOf(page), POLL).toBeLessThan(2000)
    await page.getByRole('combobox', { name: '类型' }).click()
    await page.locator('.ant-select-item-option').getByText('水表').click()
    await page.getByRole('button', { name: '最近读数' }).click()
    const filtered = () =>
      host.api('meters.list', { query: '教学楼', kind: 'water', sort: 'lastReading', order: 'ascending' })
    const { total, rows } = await filtered()
    await expect.poll(() => totalOf(page), POLL).toBe(total)
    const hash = decodeURIComponent(new URL(page.url()).hash)
    expect(hash).toBe('#/meters?query=教学楼&kind=water&sort=lastReading&order=ascending')
    await page.reload()
    await expect.poll(() => totalOf(page), POLL).toBe(total)
    const first = page.locator('.sd-grid-row[aria-rowindex="2"] [role=gridcell]')
    // the first cell chooses the row
    expect(await first.nth(1).innerText()).toBe(rows[0]?.tableNo)
    await page.getByRole('button', { name: '清除筛选' }).click()
    const all = async () => (await totalOf(page)) - (await host.api('meters.list', { limit: 1 })).total
    await expect.poll(all, POLL).toBe(0)
  })

  it('takes a day by keys and by the mouse, and says what is none by going back', async () => {
    const { page, goto } = await show()
    await goto('/recharge/records?from=2026-03-01')
    const from = page.getByLabel('从')
    const address = () => new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('from')
    await from.fill('2026-02-30')
    for (const key of ['Enter', 'Tab']) await page.keyboard.press(key)
    await expect.poll(() => from.inputValue(), POLL).toBe('2026-03-01')
    expect(address()).toBe('2026-03-01')
    await from.focus()
    for (const key of ['ArrowUp', 'PageUp', 'ArrowDown']) await page.keyboard.press(key)
    await expect.poll(address, POLL).toBe('2026-04-01')
    await from.fill('')
    await page.keyboard.press('Enter')
    await expect.poll(address, POLL).toBeNull()
    await page.keyboard.press('Escape')
    await from.click()
    const cell = page.locator('.ant-picker-dropdown:visible td[title$="-15"]')
    const day = await cell.getAttribute('title')
    await cell.click()
    await expect.poll(address, POLL).toBe(day)
    expect(await from.inputValue()).toBe(day)
  })

  it('shows the columns somebody chose, also later', async () => {
    const { page, goto } = await show()
    await goto('/meters')
    await page.getByRole('button', { name: '列' }).click()
    await page.getByRole('checkbox', { name: '设备编号' }).check()
    await page.getByRole('checkbox', { name: '项目' }).uncheck()
    await page.keyboard.press('Escape')
    const heads = () => page.getByRole('columnheader').allInnerTexts()
    await page.reload()
    await page.getByRole('columnheader', { name: '设备编号' }).waitFor()
    expect(await heads()).not.toContain('项目')
  })

  it('writes what is filtered to a table file, codes with their zeros', async () => {
    const { page, goto } = await show()
    await goto(`/meters?query=${leadingZeros.tableNo}`)
    await expect.poll(() => totalOf(page), POLL).toBe(1)
    const save = async (kind: RegExp) => {
      await page.getByRole('button', { name: '导出' }).click()
      const download = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: kind }).click()
      const file = await download
      return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
    }
    const csv = await save(/CSV/)
    expect(csv.name).toMatch(/\.csv$/)
    const lines = csv.bytes.toString('utf8').replace('\uFEFF', '').trimEnd().split(/\r?\n/)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(leadingZeros.tableNo)
    const xlsx = await save(/XLSX/)
    expect(xlsx.name).toMatch(/\.xlsx$/)
    const files = unzip(xlsx.bytes)
    const sheet = [...files].find(([name]) => name.endsWith('sheet1.xml'))?.[1] ?? ''
    const texts = [...files].find(([name]) => name.endsWith('sharedStrings.xml'))?.[1] ?? sheet
    expect(texts).toContain(`>${leadingZeros.tableNo}<`)
    expect(sheet).not.toContain(`<v>${Number(leadingZeros.tableNo)}</v>`)
  })

  it('shows its whole style on one page, reached from the diagnostics', async () => {
    const { page, goto } = await show()
    await goto('/diagnostics')
    await page.getByRole('link', { name: /样式/ }).click()
    await expect.poll(() => new URL(page.url()).hash, POLL).toBe('#/style')
    const sides = page.locator('.sd-sides > *')
    await expect.poll(() => sides.count(), POLL).toBe(2)
    for (const side of await sides.all()) {
      for (const word of ['列表', '详情', '柜台']) await side.getByText(word).first().waitFor()
      expect(await side.locator('.sd-skeleton').count()).toBeGreaterThan(0)
      expect(await side.getByRole('alert').count()).toBeGreaterThan(0)
      expect(await side.locator('.sd-empty').count()).toBeGreaterThan(0)
      expect(await side.locator('[role=grid]').count()).toBeGreaterThan(0)
    }
    const colours = await sides.evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor))
    expect(brightness(colours[0] ?? '')).toBeGreaterThan(200)
    expect(brightness(colours[1] ?? '')).toBeLessThan(60)
  })

  /**
   * Each route once, in the language and theme the last one was left in: axe reads the page by all its rules and Tab
   * walks through it; then theme, language and theme change on the page as it stands, so that every route is seen in
   * both languages and both themes. Last of all: it opens rooms, sells and installs.
   */
  it.each([0, 1])(
    'has all its texts, is axe-clean and works by keys, in both languages and themes, half %i',
    async (half) => {
      const screen = await show({ language: 'zh-CN', theme: 'light' })
      const { page } = screen
      details ??= await detailRoutes(host)
      const all = [...ROUTES, ...details]
      expect(unvisited(all)).toEqual([])
      const routes = all.filter((_, i) => i % 2 === half)
      await placeAxe(page)
      await withoutTransitions(page)
      const look: { language: Language; theme: Theme } = { language: 'zh-CN', theme: 'light' }
      const found: unknown[] = []
      for (const route of routes) {
        // the frame around the pages is the same on each of them
        const within = route === routes[0] ? undefined : '.sd-main'
        const note = (what: string, list: readonly unknown[]) =>
          found.push(...list.map((one) => ({ route, ...look, [what]: one })))
        const contrast = async () => note('axe', await readByAxe(page, 'contrast', within))
        const crawl = async () => {
          await screen.goto(route)
          note('text', await missingTexts(screen, look.language))
          note('axe', await readByAxe(page, 'all', within))
          note('keys', [await keyboardFaults(page)].filter(hasFault))
          await changeTheme(page, (look.theme = other(THEMES, look.theme)))
          await contrast()
          await changeLanguage(page, (look.language = other(LANGUAGES, look.language)))
          note('text', await missingTexts(screen, look.language))
          await contrast()
          await changeTheme(page, (look.theme = other(THEMES, look.theme)))
          await contrast()
        }
        await crawl().catch((cause: unknown) => {
          throw new Error(`${route} in ${look.language}, ${look.theme}; ${JSON.stringify(found)}`, { cause })
        })
      }
      expect(found).toEqual([])
      // forty-five pages in four looks each
    },
    900_000,
  )
})

const brightness = (rgb: string) =>
  Math.max(...[...rgb.matchAll(/\d+/g)].slice(0, 3).map(([part]) => Number(part)))

async function totalOf(page: Screen['page']): Promise<number> {
  const text = await page.locator('.sd-totals').innerText()
  return Number(/共 ([\d,]+) 行/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN)
}

/** Receipts are Chinese on an English screen too. */
const PAPER = '.rp'

/** Raw keys (the audit shows operations by name: those are none) and `{{holes}}` among texts, labels and titles; Chinese of ours on an English screen. */
async function missingTexts({ page }: Screen, language: Language): Promise<string[]> {
  const texts = await page.evaluate((paper) => {
    const names = ['aria-label', 'title', 'placeholder']
    const marked = [...document.querySelectorAll('[aria-label],[title],[placeholder]')]
    const labels = marked.flatMap((one) => names.map((name) => one.getAttribute(name) ?? ''))
    const papers = [...document.querySelectorAll<HTMLElement>(paper)]
    for (const one of papers) one.hidden = true
    const shown = document.body.innerText.split('\n')
    for (const one of papers) one.hidden = false
    return [...shown, ...labels].map((text) => text.trim()).filter(Boolean)
  }, PAPER)
  const ours = new Set(language === 'en' ? chineseTexts(zhCN) : [])
  const raw = (text: string) => RAW_KEY.exec(text)?.[0]
  return texts.filter((text) => {
    const key = raw(text)
    return (key !== undefined && !(key in contract)) || text.includes('{{') || ours.has(text)
  })
}

/** Whole texts of the Chinese console of four characters or more; shorter ones may be names of the site's own. */
function chineseTexts(tree: object): string[] {
  return Object.values(tree).flatMap((value: unknown) =>
    typeof value === 'string'
      ? /^[^{]*[\u4e00-\u9fff]{4}/.test(value)
        ? [value]
        : []
      : chineseTexts(value as object),
  )
}
