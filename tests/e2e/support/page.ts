import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser } from '../../fixtures/browser.ts'
import { shiftDate } from '../../../scripts/pictures/shifted-date.ts'
import type { ConsoleHost } from './console.ts'

export type Language = 'zh-CN' | 'en'
export type Theme = 'light' | 'dark'

export interface ScreenOptions {
  readonly language?: Language
  readonly theme?: Theme
  readonly width?: number
  readonly height?: number
  /** takes the console's errors about lost connections for what they are: the host was killed */
  readonly hostMayDie?: boolean
  /** ms that the page's clock goes before the machine's */
  readonly clockShift?: number
}

/** One console open in a browser of its own kind: cookies and preferences are not shared with another. */
export interface Screen {
  readonly page: Page
  readonly context: BrowserContext
  /** a route such as `/meters`; the console is opened by a single-use code the first time */
  goto(route: string): Promise<void>
  /** what must never happen: uncaught errors, console errors, refused by the content policy */
  problems(): readonly string[]
  close(): Promise<void>
}

let browser: Promise<Browser> | undefined

/** One browser a test file. */
export const sharedBrowser = () => (browser ??= launchBrowser())

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = undefined
}

const WAIT_MS = 20_000

export async function openScreen(host: ConsoleHost, options: ScreenOptions = {}): Promise<Screen> {
  const { language, theme, width = 1366, height = 768 } = options
  const context = await (
    await sharedBrowser()
  ).newContext({
    viewport: { width, height },
    colorScheme: theme ?? 'light',
    locale: language === 'en' ? 'en-GB' : 'zh-CN',
    timezoneId: 'America/New_York',
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(WAIT_MS)
  if (language !== undefined)
    await context.addInitScript(`localStorage.setItem('sitedesk.language', '${language}')`)
  if (options.clockShift !== undefined) await context.addInitScript(shiftDate, options.clockShift)
  const page = await context.newPage()
  const problems = watch(page, options.hostMayDie ?? false)
  await page.goto(await host.openingUrl())
  return {
    page,
    context,
    problems: () => problems,
    goto: (route) => go(page, route),
    close: () => context.close(),
  }
}

const LOST_HOST = /WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET/

function watch(page: Page, hostMayDie: boolean): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => void problems.push(`page error: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() !== 'error' || (hostMayDie && LOST_HOST.test(text))) return
    // a refusal by the content policy is a console error too
    problems.push(`console: ${text}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`)
  })
  return problems
}

/** Hash routes: only the part behind # changes, so nothing is loaded anew; waits until the page before is gone. */
async function go(page: Page, route: string): Promise<void> {
  await page.locator('.sd-main h1, .sd-main .sd-empty').first().waitFor()
  const leaves = await page.evaluate((next) => {
    const path = (hash: string) => hash.replace(/^#/, '').split('?')[0] || '/'
    // all reports are one page, which stays
    const screen = (hash: string) => path(hash).replace(/^\/reports(\/(?!closed$).+)?$/, '/reports/*')
    const other = screen(location.hash) !== screen(next)
    if (other) document.querySelector('.sd-main > *')?.setAttribute('data-left', '')
    location.hash = next
    return other
  }, route)
  if (leaves) await page.locator('[data-left]').waitFor({ state: 'detached' })
  const report = /^\/reports\/(?!closed$)\w+/.exec(route)?.[0]
  if (report) await page.locator(`.rp-choice [aria-current="page"][href$="${report}"]`).waitFor()
  await settled(page).catch((cause: unknown) => {
    throw new Error(`${route} is not drawn`, { cause })
  })
}

/** By the clock and not by frames, of which a busy machine draws few. */
export const OFTEN = { polling: 50 }

/** The page has drawn what it was asked for; the style page keeps skeletons to show them. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.sd-main h1, .sd-main .sd-empty, .sd-door h1').first().waitFor()
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll('.sd-skeleton, .sd-grid-row .sd-bone')].every(
        (bone) => bone.closest('.sd-sides') !== null,
      ),
    undefined,
    OFTEN,
  )
}

export interface Violation {
  readonly rule: string
  readonly impact: string
  readonly nodes: readonly string[]
}

/** What axe finds serious or critical by WCAG 2 A and AA; `within` a part of the page only. */
export async function seriousViolations(page: Page, within?: string): Promise<Violation[]> {
  const axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({
      rule: id,
      impact: impact ?? '',
      nodes: nodes.slice(0, 5).map((n) => `${n.html.slice(0, 160)} — ${n.failureSummary ?? ''}`),
    }))
}

/** Every screen; `meter` is the id of one that has history. */
export const routesOf = (meter: string) =>
  [
    '/',
    '/meters',
    '/meters/events',
    `/meters/${encodeURIComponent(meter)}`,
    `/meters/${encodeURIComponent(meter)}?tab=readings`,
    `/meters/${encodeURIComponent(meter)}?tab=decisions`,
    `/meters/${encodeURIComponent(meter)}?tab=bands`,
    `/meters/${encodeURIComponent(meter)}?tab=power`,
    `/meters/${encodeURIComponent(meter)}?tab=consumption`,
    `/meters/${encodeURIComponent(meter)}?tab=commands`,
    '/meter-commands',
    '/meter-commands/protected',
    '/meter-imports',
    '/images',
    '/chargers',
    '/chargers/runs',
    '/chargers/runs/new',
    '/chargers/registry',
    '/chargers/labels',
    '/charging',
    '/charging/ports',
    '/charging/orders',
    '/charging/abnormal',
    '/charging/users',
    '/charging/coins',
    '/charging/blacklist',
    '/charging/managers',
    '/charging/cashouts',
    '/charging/professions',
    '/attendance',
    '/attendance/projects/1',
    '/attendance/gang',
    '/attendance/calendar',
    '/attendance/records',
    '/attendance/records/1',
    '/attendance/corrections',
    '/attendance/notices',
    '/attendance/statistics',
    '/attendance/sheet',
    '/reports',
    ...[
      'usage',
      'places',
      'regions',
      'top',
      'unusual',
      'success',
      'arrears',
      'waterArrears',
      'recharge',
      'day',
    ].map((name) => `/reports/${name}`),
    '/reports/closed',
    '/alarms',
    '/alarms?state=all',
    '/alarms/rules',
    '/alarms/log',
    '/alarms/channels',
    '/lan',
    '/lan/requests',
    '/backups',
    '/retention',
    '/sync',
    '/sync?tab=jobs',
    '/sync?tab=quarantine',
    '/recharge',
    '/recharge/records',
    '/recharge/receipts',
    '/recharge/receipts/template',
    '/recharge/batch',
    '/rooms',
    '/rooms/low',
    '/water',
    '/water/watch',
    '/water/devices/310700000050',
    '/water/arrears',
    '/water/accounts',
    '/water/readings',
    '/water/payments',
    '/water/schedules',
    '/water/operations',
    '/water/links',
    '/shifts',
    '/shifts/list',
    '/reconciliation',
    '/reconciliation/days',
    '/operators',
    '/operators/permissions',
    '/audit',
    '/settings',
    '/diagnostics',
    '/licences',
    '/updates',
    '/style',
  ] as const

/** The sign-in screen, by keys: the only name is chosen already. */
export async function signInOnScreen(page: Page, { pin }: { readonly pin: string }): Promise<void> {
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.keyboard.press('Enter')
  await page.locator('.sd-shell').waitFor()
}
