/**
 * Takes the pictures of docs/screenshots: every screen in both languages and themes, on the demo site once it has
 * synced everything. `node scripts/screenshots.ts [--data FOLDER] [name …]`; the folder is one that a demo has synced into
 */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { DEMO_CREDENTIALS } from '../src/main/demo/charging/credentials.ts'
import { startConsole, type ConsoleHost } from '../tests/e2e/support/console.ts'
import { deskScene, type DeskScene } from '../tests/e2e/support/desk-scene.ts'
import { banded, exchanged, idOf, misread } from '../tests/e2e/support/demo-meters.ts'
import {
  closeBrowser,
  openScreen,
  settled,
  type Language,
  type Screen,
  type Theme,
} from '../tests/e2e/support/page.ts'
import { buildIfStale } from './build-if-stale.ts'
import { deskPictures } from './desk-pictures.ts'
import { root } from './sources.ts'

const folder = join(root, 'docs/screenshots')
const README_PICTURE = 'meter-light-zh'
const QUALITY = 40
/** many pictures, and all of them together stay below 6 MB */
const DESK_QUALITY = 25
/** small black figures on white */
const PAPER_QUALITY = 80
const USUAL = { width: 1366, height: 768, size: '' }
const LARGE = { width: 1920, height: 1080, size: '-1920' }
const WIDE: ReadonlySet<string> = new Set(['light-zh', 'dark-en'])
const DESK = [
  ['zh-CN', 'light'],
  ['en', 'dark'],
] as const
const SYNC_MS = 300_000
const METER = encodeURIComponent(idOf(exchanged))
const MISREAD = encodeURIComponent(idOf(misread))
const BANDS = encodeURIComponent(idOf(banded))

interface Picture {
  readonly name: string
  readonly route: string
  /** also at 1920 × 1080, light in Chinese and dark in English */
  readonly wide?: boolean
  readonly before?: (page: Page) => Promise<unknown>
  /** shows nothing that a sync brings */
  readonly unsynced?: true
  /** light in Chinese and dark in English only */
  readonly few?: true
}

const pictures: readonly Picture[] = [
  { name: 'today', route: '/' },
  { name: 'meters', route: '/meters', wide: true },
  { name: 'meter', route: `/meters/${METER}?span=12m`, wide: true },
  { name: 'readings', route: `/meters/${METER}?tab=readings` },
  {
    name: 'drawer',
    route: '/meters?query=2020',
    before: (page) => page.locator('.sd-grid-row').nth(2).click(),
  },
  { name: 'search', route: '/', before: search },
  { name: 'alerts', route: '/meters/events?state=parked', few: true, before: decision },
  { name: 'explain', route: `/meters/${MISREAD}?span=31d`, few: true, before: explanation },
  { name: 'bands', route: `/meters/${BANDS}?tab=bands&span=12m&bucket=month`, few: true, before: bands },
  { name: 'water-watch', route: '/water/watch', few: true, before: rows },
  { name: 'water-arrears', route: '/water/arrears', few: true, before: rows },
  { name: 'images', route: '/images', few: true },
  { name: 'report-places', route: '/reports/places', few: true, before: rows },
  { name: 'sync', route: '/sync' },
  { name: 'jobs', route: '/sync?tab=jobs' },
  { name: 'quarantine', route: '/sync?tab=quarantine' },
  { name: 'operators', route: '/operators' },
  { name: 'audit', route: '/audit' },
  { name: 'settings', route: '/settings' },
  { name: 'diagnostics', route: '/diagnostics' },
  { name: 'style', route: '/style' },
  { name: 'lan', route: '/lan', unsynced: true },
  { name: 'lan-requests', route: '/lan/requests', unsynced: true },
  { name: 'lan-why', route: '/lan/requests?failed=yes', wide: true, before: why, unsynced: true },
  { name: 'charging', route: '/charging', few: true, unsynced: true },
  { name: 'charging-ports', route: '/charging/ports', few: true, unsynced: true },
  { name: 'charging-orders', route: '/charging/orders', few: true, wide: true, unsynced: true },
  { name: 'charging-abnormal', route: '/charging/abnormal', few: true, unsynced: true },
  { name: 'charging-user', route: '/charging/users', few: true, before: somebody, unsynced: true },
  {
    name: 'charging-cashout',
    route: '/charging/cashouts',
    few: true,
    before: changedAccount,
    unsynced: true,
  },
  { name: 'attendance-gang', route: '/attendance/gang', few: true, unsynced: true },
  { name: 'attendance-calendar', route: '/attendance/calendar', few: true, unsynced: true },
  { name: 'attendance-corrections', route: '/attendance/corrections', few: true, unsynced: true },
  { name: 'attendance-statistics', route: '/attendance/statistics', few: true, unsynced: true, before: heat },
  { name: 'lock', route: '/', before: lock },
]

async function rows(page: Page): Promise<void> {
  await page.locator('.sd-main .sd-grid-row').first().waitFor()
}

/** The newest alert, with the days before and after what is likeliest. */
async function decision(page: Page): Promise<void> {
  await page.locator('.sd-grid-row').first().click()
  await page.locator('.meter-event .ant-btn-primary').click()
  await page.locator('.meter-decide .meter-sums tbody tr').first().waitFor()
}

/** Why a day is what it is, from its row under the chart. */
async function explanation(page: Page): Promise<void> {
  await page.locator('.meter-table .sd-grid-row').nth(2).click()
  await page.locator('.ant-drawer .meter-sums tfoot').waitFor()
  await page.locator('.sd-main h1').scrollIntoViewIfNeeded()
}

async function bands(page: Page): Promise<void> {
  await page.locator('.meter-shares').waitFor()
  await page
    .locator('.ant-tabs-nav')
    .first()
    .evaluate((bar) => bar.scrollIntoView())
}

/** Drawn, and nothing moves any more: live channels never leave the network idle. */
async function still(page: Page): Promise<void> {
  await settled(page)
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
}

/** The heat map is drawn. */
async function heat(page: Page): Promise<void> {
  await page.locator('.sd-main table').first().waitFor()
}

/** One user, with the orders of his last week. */
async function somebody(page: Page): Promise<void> {
  await page.locator('.sd-grid-row').first().click()
  await page.locator('.ant-drawer a[href*="charging/users/"]').first().click()
  await page.locator('.sd-main [role=tab]').first().waitFor()
  await page.locator('.sd-main .sd-grid-row').first().waitFor()
}

/** The withdrawal that goes to another account than the last one. */
async function changedAccount(page: Page): Promise<void> {
  await page
    .locator('.sd-grid-row')
    .filter({ hasText: /账户变更|Account changed/ })
    .first()
    .click()
  await page.locator('.ant-drawer .sd-message').first().waitFor()
}

/** The page of the newest refused request. */
async function why(page: Page): Promise<void> {
  await page.locator('.sd-grid-row').first().click()
  await page.locator('.ant-drawer a[href*="lan/requests/"]').click()
  await page.locator('.lan-request .lan-aligned').first().waitFor()
}

type Fields = Readonly<Record<string, string>>
const byName = (fields: Fields) => Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
const plain = (fields: Fields) => byName(fields).flat().join('') + DEMO_CREDENTIALS.jam
const likeAQuery = (fields: Fields) =>
  byName(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&') + DEMO_CREDENTIALS.jam

/** Calls of mini-programs, the last one signed with separators between its parameters. */
async function callService(host: ConsoleHost): Promise<void> {
  const { url } = await host.api('lan.status', {})
  const { user, manager } = DEMO_CREDENTIALS
  const call = async (path: string, parameters: Fields, sign = plain) => {
    const app = path.startsWith('bluepower_user') ? user : manager
    const fields = { ...app, timestamp: String(Math.floor(Date.now() / 1000)), ...parameters }
    const signature = Buffer.from(createHash('md5').update(sign(fields)).digest('hex')).toString('base64')
    await fetch(`${url ?? ''}/oapi/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...fields, signature }),
    })
  }
  await call('bluepower_user/1_0/getSystemTime', {})
  await call('bluepower_user/1_0/getUserInfo', { user: '13900000001' })
  await call('bluepower_manager/1_0/getManagerInfo', { user: '13900000002' })
  await call('bluepower_user/1_0/getDeviceInfo', { btName: '1A2B3C4D5E6F', appKey: 'another' })
  await call('bluepower_user/1_0/getSystemTime', { timestamp: '1700000000' })
  await call('bluepower_user/1_0/getUserInfo', { user: '13900000001' }, likeAQuery)
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('202005')
  await page.locator('.sd-palette [role=option]').nth(3).waitFor()
}

async function lock(page: Page): Promise<void> {
  await page.keyboard.press('Control+l')
  await page.locator('.sd-door').waitFor()
}

async function synced(host: ConsoleHost): Promise<void> {
  for (const end = Date.now() + SYNC_MS; Date.now() < end;) {
    const { rows } = await host.api('jobs.list', { kind: 'sync.imr', state: ['done'], limit: 1 })
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  throw new Error('the demo site was not synced in time')
}

async function take(
  host: ConsoleHost,
  language: Language,
  theme: Theme,
  only: readonly string[],
): Promise<void> {
  const ending = `${theme}-${language === 'en' ? 'en' : 'zh'}`
  for (const { name, route, wide = false, few = false, before } of pictures) {
    if (few && !WIDE.has(ending)) continue
    if (only.length > 0 && !only.includes(name)) continue
    for (const { width, height, size } of wide && WIDE.has(ending) ? [USUAL, LARGE] : [USUAL]) {
      const screen = await openScreen(host, { language, theme, width, height })
      await screen.goto(route)
      await before?.(screen.page)
      // tooltips and busy states of the moment before
      await screen.page.mouse.move(2, 2)
      await still(screen.page)
      await shoot(screen.page, `${name}-${ending}${size}`)
      for (const problem of screen.problems()) process.stderr.write(`${name}: ${problem}\n`)
      if (name === 'lock') {
        await screen.page.getByLabel('PIN', { exact: true }).fill('135790')
        await screen.page.keyboard.press('Enter')
        await screen.page.locator('.sd-door').waitFor({ state: 'detached' })
      }
      await screen.close()
    }
  }
}

/** The desk: light in Chinese and dark in English only, at both sizes where it says so. */
async function takeDesk(
  host: ConsoleHost,
  scene: DeskScene,
  [language, theme]: readonly [Language, Theme],
  only: readonly string[],
): Promise<void> {
  const ending = `${theme}-${language === 'en' ? 'en' : 'zh'}`
  for (const { width, height, size } of [USUAL, LARGE]) {
    await scene.openShift()
    let closes = true
    for (const picture of deskPictures) {
      const { name, route, wide = false, once = false } = picture
      if ((size && !wide) || (once && theme !== 'light') || (only.length > 0 && !only.includes(name)))
        continue
      const screen = await openScreen(host, { language, theme, width, height })
      await show(screen, typeof route === 'string' ? route : route(scene), picture.paper)
      await picture.before?.(screen.page, scene)
      await screen.page.mouse.move(2, 2)
      await still(screen.page)
      await shoot(screen.page, `${name}-${ending}${size}`, DESK_QUALITY)
      await picture.after?.(screen.page, scene)
      for (const problem of screen.problems()) process.stderr.write(`${name}: ${problem}\n`)
      await screen.close()
      closes &&= name !== 'shift-report'
    }
    if (closes) await scene.closeShift()
  }
}

/** A paper stands without the frame of the console. */
async function show({ page, goto }: Screen, route: string, paper: string | undefined): Promise<void> {
  if (paper === undefined) return goto(route)
  await page.locator('.sd-main h1').first().waitFor()
  await page.evaluate((next) => (location.hash = next), route)
  await page.locator(paper).first().waitFor()
}

/** Receipts as they come out of the printer. */
async function takeReceipts(host: ConsoleHost, { applied }: DeskScene): Promise<void> {
  for (const paper of ['roll58', 'roll80', 'a4half']) {
    const screen = await openScreen(host, { language: 'zh-CN', theme: 'light' })
    await show(screen, `/print/receipt/${applied}?paper=${paper}`, `.rp[data-paper=${paper}]`)
    const path = join(folder, `receipt-${paper}.jpg`)
    await screen.page.locator('.rp').screenshot({ path, type: 'jpeg', quality: PAPER_QUALITY })
    await screen.close()
  }
}

/** The simulated phone, at a phone's size: with a label scanned, then as a keeper's. */
async function takePhone(host: ConsoleHost): Promise<void> {
  const { miniProgramUrl } = await host.api('lan.status', {})
  for (const [language, theme] of DESK) {
    const screen = await openScreen(host, { language, theme, width: 390, height: 844 })
    const { page } = screen
    await page.goto(new URL(language === 'en' ? '/en/' : '/', miniProgramUrl ?? '').href)
    const login = page.locator('form[action="user/login"] button')
    if ((await login.count()) > 0) await login.nth(1).click()
    await page.locator('form[action="user/scan"] button').first().click()
    await page.locator('.ports').waitFor()
    await shoot(page, `phone-${theme}-${language === 'en' ? 'en' : 'zh'}`)
    await page.goto(new URL(language === 'en' ? '/en/keeper' : '/keeper', miniProgramUrl ?? '').href)
    const keeper = page.locator('form[action="keeper/login"] button')
    if ((await keeper.count()) > 0) await keeper.first().click()
    await page.locator('form[action="keeper/decide"]').first().waitFor()
    await shoot(page, `phone-keeper-${theme}-${language === 'en' ? 'en' : 'zh'}`)
    await screen.close()
  }
}

/** Before anyone signed in: its own host, without the demo. */
async function takeFirstRun(): Promise<void> {
  const empty = await startConsole()
  for (const language of ['zh-CN', 'en'] as const)
    for (const theme of ['light', 'dark'] as const) {
      const screen = await openScreen(empty, { language, theme })
      await screen.page.locator('.sd-door h1').waitFor()
      await shoot(screen.page, `first-run-${theme}-${language === 'en' ? 'en' : 'zh'}`)
      await screen.close()
    }
  await empty.stop()
}

/** The one that README shows is exact; the others are many, and small. */
async function shoot(page: Page, name: string, quality = QUALITY): Promise<void> {
  if (name === README_PICTURE) await page.screenshot({ path: join(folder, `${name}.png`) })
  else await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality })
}

const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true })
if (!(await buildIfStale())) process.exit(1)
mkdirSync(folder, { recursive: true })
const host = await startConsole({ demo: true, ...(values.data ? { dataDir: values.data } : {}) })
await host.signIn('demo', '135790')
const only = positionals
const wanted = (names: readonly string[]) => only.length === 0 || names.some((name) => only.includes(name))
const scene = await deskScene(host)
if (wanted(pictures.filter(({ unsynced }) => !unsynced).map(({ name }) => name))) await synced(host)
await callService(host)
for (const language of ['zh-CN', 'en'] as const)
  for (const theme of ['light', 'dark'] as const) await take(host, language, theme, only)
if (wanted(deskPictures.map(({ name }) => name)))
  for (const pair of DESK) await takeDesk(host, scene, pair, only)
if (wanted(['receipt'])) await takeReceipts(host, scene)
if (wanted(['phone'])) await takePhone(host)
if (wanted(['first-run'])) await takeFirstRun()
await closeBrowser()
await host.stop()
