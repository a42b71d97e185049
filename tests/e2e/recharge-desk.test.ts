import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser } from '../fixtures/browser.ts'
import { openRechargeSite, type RechargeSite } from './recharge-site.ts'

interface Listed {
  total: number
  appliedFen: number
  rows: { id: string; state: string; amountFen: number; roomPath: string[]; receiptNo: string | null }[]
}

describeInBrowser('a sale at the demo desk, by keys alone', () => {
  let site: RechargeSite
  beforeAll(async () => {
    site = await openRechargeSite()
    await site.call('shifts.open', { cashFloatFen: 20_000 })
  })
  afterAll(() => site.close())

  const list = async () => (await site.call('recharge.list', {})) as Listed
  const cursorAtSearch = () =>
    site.page.evaluate(() => document.activeElement?.getAttribute('role') === 'combobox')

  /** Counts every key that is not typed text. */
  async function sell(room: string, amount: string): Promise<number> {
    const { page } = site
    let actions = 0
    const press = async (key: string) => {
      actions++
      await page.keyboard.press(key)
    }
    await page.keyboard.type(room)
    await page.getByRole('option', { name: room }).waitFor()
    await press('Enter')
    await page.locator('#recharge-amount:focus').waitFor()
    await page.keyboard.type(amount)
    await press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: /入账/, disabled: false }).waitFor()
    await press('Enter')
    return actions
  }

  it('goes from the empty search to the receipt in at most five keys, and back to the search', async () => {
    await site.goto('/recharge')
    await site.page.getByRole('combobox', { name: /房间/ }).waitFor()
    expect(await cursorAtSearch()).toBe(true)
    expect(await sell('梅1-517', '50')).toBeLessThanOrEqual(5)
    await site.page.getByRole('heading', { name: '成功' }).waitFor()
    await site.page.getByText('已交给浏览器打印').waitFor()
    expect(await cursorAtSearch()).toBe(true)
    const { rows } = await list()
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      state: 'APPLIED',
      amountFen: 5000,
      receiptNo: expect.any(String) as string,
    })
  })

  it('posts once when Enter is struck again and again', async () => {
    const before = await list()
    await sell('梅1-518', '20')
    for (let i = 0; i < 8; i++) await site.page.keyboard.press('Enter')
    await site.page.locator('[data-end=applied]', { hasText: '梅1-518' }).waitFor()
    const after = await list()
    expect(after.total).toBe(before.total + 1)
    expect(after.appliedFen).toBe(before.appliedFen + 2000)
  })

  it('asks before the same amount goes to the same room again; Esc leaves it', async () => {
    const before = await list()
    await sell('梅1-518', '20')
    await site.page.getByRole('alertdialog').waitFor()
    for (let i = 0; i < 4; i++) await site.page.keyboard.press('Escape')
    expect(await cursorAtSearch()).toBe(true)
    expect((await list()).total).toBe(before.total)
  })

  it('tells an answer that was lost from a failure, follows it to its end, and forgets none on a reload', async () => {
    await site.call('demo.fault', {
      kind: 'campus.answerLost',
      on: true,
      times: 1,
      endpoint: 'userBalanceQuery',
    })
    await site.call('demo.fault', { kind: 'campus.orderHidden', on: true })
    await sell('梅1-519', '30')
    await site.page.locator('[data-end=unknown]', { hasText: '不要再充一次' }).waitFor()
    await site.page.reload()
    const open = site.page.getByRole('button', { name: /梅1-519/ })
    await open.waitFor()
    await open.click()
    const now = site.page.getByRole('button', { name: '现在核对' })
    await now.waitFor()
    await site.call('demo.fault', { kind: 'campus.orderHidden', on: false })
    const applied = site.page.locator('[data-end=applied]', { hasText: '梅1-519' })
    // the desk asks by itself too, and may do so just before the click
    await Promise.race([now.click().catch(() => undefined), applied.waitFor()])
    await applied.waitFor()
    expect((await list()).rows.filter(({ roomPath }) => roomPath.at(-1) === '梅1-519')).toMatchObject([
      { state: 'APPLIED', amountFen: 3000 },
    ])
  })
})
