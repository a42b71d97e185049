/** The pictures of everything but the desk, on the demo site once it has synced. */
import type { Page } from 'playwright-core'
import { exchanged, idOf } from '../../tests/e2e/support/demo-meters.ts'
import { settled } from '../../tests/e2e/support/page.ts'
import type { Picture, Scene } from './picture.ts'

const METER = encodeURIComponent(idOf(exchanged))

/** What will happen, before anybody confirms it. */
async function tripping(page: Page): Promise<void> {
  await page.locator('.sd-actions .ant-btn-dangerous').click()
  await page.locator('.ant-modal').waitFor()
}

async function compared(page: Page, { desk }: Scene): Promise<void> {
  await desk.compare()
  await page.locator('.rec-running').waitFor({ state: 'detached' })
  await settled(page)
}

async function rows(page: Page): Promise<void> {
  await page.locator('.sd-main .sd-grid-row').first().waitFor()
}

/** The newest alert, with the days before and after what is likeliest. */
async function decision(page: Page): Promise<void> {
  await page.locator('.sd-grid-row').first().click()
  await page.locator('.meter-event .ant-btn-primary').click()
  await page.locator('.meter-decide .meter-sums tbody tr').first().waitFor()
}

/** The heat map is drawn. */
async function heat(page: Page): Promise<void> {
  await page.locator('.sd-main table').first().waitFor()
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

async function nearby(page: Page): Promise<void> {
  await page.locator('.sd-main').getByText(/^BUC_/).nth(12).waitFor()
}

/** Three chargers of those nearby, two of them without a code. */
async function chosen({ host }: Scene): Promise<string> {
  const { chargers } = await host.api('demo.chargers', {})
  const names = [0, 4, 5].map((i) => chargers[i]?.name ?? '')
  return `/chargers/runs/new?names=${names.join()}`
}

async function lines(page: Page): Promise<void> {
  await page
    .locator('.sd-main')
    .getByText(/缺编号|no code/i)
    .first()
    .waitFor()
}

/** A run that waits for somebody's eyes. */
async function asking({ host }: Scene): Promise<string> {
  const { chargers } = await host.api('demo.chargers', {})
  const names = [0, 4].map((i) => ({
    name: chargers[i]?.name ?? '',
    deviceCode: chargers[i]?.deviceCode ?? `6001010${i}`,
  }))
  const { id } = await host.api('provisioning.start', { devices: names, testPorts: [1] })
  return `/chargers/runs/${id}`
}

async function question(page: Page): Promise<void> {
  await page.locator('.run-question[data-asking]').waitFor()
}

/** Nothing is left switched on, and its chargers are free again. */
async function cancelRun(_page: Page, { host }: Scene): Promise<void> {
  const { rows: runs } = await host.api('provisioning.list', { limit: 10 })
  for (const { id, state } of runs)
    if (state === 'running' || state === 'asking') await host.api('provisioning.cancel', { id })
}

async function labels(page: Page): Promise<void> {
  await page.getByRole('button', { name: /加入全部登记的|Add all registered/ }).click()
  await page.locator('.sd-main svg').first().waitFor()
}

export const screenPictures: readonly Picture[] = [
  { name: 'today', route: '/' },
  { name: 'meters', route: '/meters', before: rows },
  { name: 'rooms', route: '/rooms' },
  { name: 'style', route: '/style' },
  { name: 'meter', route: `/meters/${METER}?span=12m` },
  { name: 'register-alerts', route: '/meters/events?state=parked', before: decision },
  { name: 'images', route: '/images' },
  { name: 'reports', route: '/reports/places', before: rows },
  { name: 'meter-command', route: `/meters/${METER}?span=31d`, before: tripping },
  { name: 'meter-imports', route: '/meter-imports', before: rows },
  { name: 'sync', route: '/sync' },
  { name: 'water-watch', route: '/water/watch', before: rows },
  { name: 'water-arrears', route: '/water/arrears', before: rows },
  { name: 'chargers', route: '/chargers', before: nearby },
  { name: 'run-new', route: chosen, before: lines },
  { name: 'run', route: asking, before: question, after: cancelRun },
  { name: 'labels', route: '/chargers/labels', before: labels },
  { name: 'charging-abnormal', route: '/charging/abnormal' },
  { name: 'charging-cashout', route: '/charging/cashouts', before: changedAccount },
  { name: 'attendance-project', route: '/attendance/projects/1', before: rows },
  { name: 'attendance-gang', route: '/attendance/gang', before: rows },
  { name: 'attendance-calendar', route: '/attendance/calendar' },
  { name: 'attendance-corrections', route: '/attendance/corrections', before: rows },
  { name: 'attendance-sheet', route: '/attendance/sheet', before: heat },
  { name: 'operators', route: '/operators', before: rows },
  { name: 'permissions', route: '/operators/permissions', before: heat },
  { name: 'alarms', route: '/alarms', before: rows },
  { name: 'alarm-rules', route: '/alarms/rules', before: rows },
  { name: 'audit', route: '/audit', before: rows },
  { name: 'backups', route: '/backups', before: rows },
  { name: 'retention', route: '/retention' },
  { name: 'updates', route: '/updates' },
  { name: 'health', route: '/diagnostics' },
  { name: 'settings', route: '/settings' },
  { name: 'lan', route: '/lan' },
  { name: 'lan-why', route: '/lan/requests?failed=yes', before: why },
  // some minutes after the sales, which count as compared only then
  { name: 'reconciliation', route: '/reconciliation', before: compared },
]
