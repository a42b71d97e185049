/** The pictures of rooms, recharge, shifts and reconciliation, on the day that `deskScene` makes. */
import type { Page } from 'playwright-core'
import type { DeskScene } from '../tests/e2e/support/desk-scene.ts'
import { settled } from '../tests/e2e/support/page.ts'

export interface DeskPicture {
  readonly name: string
  readonly route: string | ((scene: DeskScene) => string)
  /** also at 1920 × 1080, light in Chinese and dark in English */
  readonly wide?: boolean
  /** light in Chinese only */
  readonly once?: boolean
  /** a paper, which has no page head to wait for: what it shows when it is there */
  readonly paper?: string
  readonly before?: (page: Page, scene: DeskScene) => Promise<unknown>
  readonly after?: (page: Page, scene: DeskScene) => Promise<unknown>
}

/** Another amount each time: the same one within a minute would be asked about. */
let amount = 30

/** From the empty search to the sheet that can be confirmed. */
async function toSheet(page: Page, scene: DeskScene): Promise<void> {
  await toAmount(page, scene)
  await page.keyboard.type(String(amount++))
  await page.keyboard.press('Enter')
  await page.locator('.rd-sheet .ant-btn-primary:not([disabled])').waitFor()
}

async function toAmount(page: Page, scene: DeskScene): Promise<void> {
  const room = scene.nextRoom()
  await page.keyboard.type(room)
  await page.locator('[role=option]', { hasText: room }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('#recharge-amount:focus').waitFor()
}

async function post(page: Page, end: string): Promise<void> {
  await page.keyboard.press('Enter')
  await page.locator(`[data-end=${end}]`).waitFor()
  await settled(page)
}

async function applied(page: Page, scene: DeskScene): Promise<void> {
  await page.evaluate(() => (window.print = () => undefined))
  await toSheet(page, scene)
  await post(page, 'applied')
  await page.locator('[data-print=handed]').waitFor()
}

async function failed(page: Page, scene: DeskScene): Promise<void> {
  await toSheet(page, scene)
  await scene.loseNext(true)
  await post(page, 'failed')
}

async function unknown(page: Page, scene: DeskScene): Promise<void> {
  await toSheet(page, scene)
  await scene.fault('campus.answerLost', 1, 'userBalanceQuery')
  await scene.fault('campus.orderHidden', true)
  await post(page, 'unknown')
}

/** Two pieces of a hundred: not what is in the drawer. */
async function difference(page: Page): Promise<void> {
  await page.locator('.sd-desk .ant-btn-primary').first().click()
  await page.locator('.shift-count input').first().fill('2')
  await page.locator('[data-count-submit]').click()
  await page.locator('.shift-count').waitFor({ state: 'detached' })
}

async function compared(page: Page, scene: DeskScene): Promise<void> {
  await scene.compare()
  await page.locator('.rec-running').waitFor({ state: 'detached' })
  await settled(page)
}

const firstRow = (page: Page) => page.locator('.sd-grid-row').first().click()

let closed = ''

export const deskPictures: readonly DeskPicture[] = [
  { name: 'desk-amount', route: '/recharge', before: toAmount },
  { name: 'desk-confirm', route: '/recharge', before: toSheet },
  { name: 'desk-applied', route: '/recharge', wide: true, before: applied },
  {
    name: 'desk-failed',
    route: '/recharge',
    wide: true,
    before: failed,
    after: (_page, scene) => scene.loseNext(false),
  },
  {
    name: 'desk-unknown',
    route: '/recharge',
    wide: true,
    before: unknown,
    after: (_page, scene) => scene.fault('campus.orderHidden', false),
  },
  {
    name: 'desk-keys',
    once: true,
    route: '/recharge',
    before: (page) => page.keyboard.press('F1').then(() => page.getByRole('dialog').waitFor()),
  },
  { name: 'records', route: '/recharge/records' },
  { name: 'records-drawer', once: true, route: '/recharge/records', before: firstRow },
  { name: 'record-disputed', once: true, route: ({ disputed }) => `/recharge/records/${disputed}` },
  { name: 'receipts', once: true, route: '/recharge/receipts' },
  { name: 'receipt-template', once: true, route: '/recharge/receipts/template' },
  { name: 'batch', route: ({ batch }) => `/recharge/batch/${batch}` },
  { name: 'rooms', route: ({ room }) => `/rooms?room=${room}` },
  { name: 'room', route: ({ room }) => `/rooms/${room}` },
  { name: 'low', route: '/rooms/low' },
  { name: 'notices', once: true, route: '/print/notices', paper: '.notice' },
  { name: 'shift', route: '/shifts' },
  { name: 'shift-difference', route: '/shifts', before: difference },
  {
    name: 'shift-report',
    route: '/shifts/list',
    before: async (page, scene) => {
      closed = await scene.closeShift()
      await page.evaluate((id) => (location.hash = `/shifts/${id}`), closed)
      await page.locator('.sd-sheet').first().waitFor()
    },
  },
  { name: 'shift-paper', once: true, route: () => `/print/shift/${closed}`, paper: '.paper-signs' },
  { name: 'shifts', once: true, route: '/shifts/list' },
  { name: 'reconciliation', route: '/reconciliation', wide: true, before: compared },
  { name: 'reconciliation-days', once: true, route: '/reconciliation/days' },
  {
    name: 'reconciliation-paper',
    once: true,
    route: ({ day }) => `/print/reconciliation/${day}`,
    paper: '.paper-signs',
  },
]
