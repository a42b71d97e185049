/** The pictures of recharge and shifts, on the day that `deskScene` makes; in this order. */
import type { Page } from 'playwright-core'
import { settled } from '../../tests/e2e/support/page.ts'
import type { Picture, Scene } from './picture.ts'

/** Another amount each time: the same one within a minute would be asked about. */
let amount = 30

async function toAmount(page: Page, { desk }: Scene): Promise<void> {
  const room = desk.nextRoom()
  await page.keyboard.type(room)
  await page.locator('[role=option]', { hasText: room }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('#recharge-amount:focus').waitFor()
}

/** From the empty search to the sheet that can be confirmed. */
async function toSheet(page: Page, scene: Scene): Promise<void> {
  await toAmount(page, scene)
  await page.keyboard.type(String(amount++))
  await page.keyboard.press('Enter')
  await page.locator('.rd-sheet .ant-btn-primary:not([disabled])').waitFor()
}

async function post(page: Page, end: string): Promise<void> {
  await page.keyboard.press('Enter')
  await page.locator(`[data-end=${end}]`).waitFor()
  await settled(page)
}

async function applied(page: Page, scene: Scene): Promise<void> {
  await page.evaluate(() => (window.print = () => undefined))
  await toSheet(page, scene)
  await post(page, 'applied')
  await page.locator('[data-print=handed]').waitFor()
}

async function failed(page: Page, scene: Scene): Promise<void> {
  await toSheet(page, scene)
  await scene.desk.loseNext(true)
  await post(page, 'failed')
}

async function unknown(page: Page, scene: Scene): Promise<void> {
  await toSheet(page, scene)
  await scene.desk.fault('campus.answerLost', 1, 'userBalanceQuery')
  await scene.desk.fault('campus.orderHidden', true)
  await post(page, 'unknown')
}

/** Two pieces of a hundred: not what is in the drawer. */
async function difference(page: Page): Promise<void> {
  await page.locator('.sd-desk .ant-btn-primary').first().click()
  await page.locator('.shift-count input').first().fill('2')
  await page.locator('[data-count-submit]').click()
  await page.locator('.shift-count').waitFor({ state: 'detached' })
}

export const deskPictures: readonly Picture[] = [
  { name: 'desk-amount', route: '/recharge', before: toAmount },
  { name: 'desk-confirm', route: '/recharge', before: toSheet },
  { name: 'desk-applied', route: '/recharge', before: applied },
  {
    name: 'desk-failed',
    route: '/recharge',
    before: failed,
    after: (_page, { desk }) => desk.loseNext(false),
  },
  {
    name: 'desk-unknown',
    route: '/recharge',
    before: unknown,
    after: (_page, { desk }) => desk.fault('campus.orderHidden', false),
  },
  { name: 'receipts', route: '/recharge/receipts' },
  { name: 'batch', route: ({ desk }) => `/recharge/batch/${desk.batch}` },
  { name: 'low', route: '/rooms/low' },
  { name: 'shift', route: '/shifts' },
  { name: 'shift-difference', route: '/shifts', before: difference },
  {
    name: 'shift-report',
    route: async ({ desk }) => `/shifts/${await desk.closeShift()}`,
    after: (_page, { desk }) => desk.openShift(),
  },
  { name: 'shifts', route: '/shifts/list' },
]
