import { afterAll, beforeAll, expect, it } from 'vitest'
import { fillMeters, tableNoOf } from '../../bench/lib/many-meters.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { removeFolder, startConsole, temporaryFolder, type ConsoleHost } from './support/console.ts'
import { scrollToRow } from './support/grid.ts'
import { closeBrowser, openScreen, signInOnScreen, type Screen } from './support/page.ts'

const METERS = 100_000
const ADMIN = { name: 'admin', pin: '482913' }
/** Rows in sight at 1366 × 768 and a few beyond, whatever the list's length. */
const MOST_DRAWN = 60

describeInBrowser('a list of 100,000 meters', () => {
  const folder = temporaryFolder()
  let host: ConsoleHost
  let screen: Screen
  beforeAll(async () => {
    await fillMeters(folder, METERS)
    host = await startConsole({
      dataDir: folder,
      profile: { siteName: '大园区', operators: [{ ...ADMIN, roles: ['admin'] }] },
    })
    screen = await openScreen(host)
    await signInOnScreen(screen.page, ADMIN)
    await screen.goto('/meters')
  }, 120_000)
  afterAll(async () => {
    const problems = screen.problems()
    await closeBrowser()
    await host.stop()
    removeFolder(folder)
    expect(problems).toEqual([])
  })

  const grid = () => screen.page.getByRole('grid', { name: '表计' })
  const drawn = () => grid().locator('.sd-grid-row').count()

  it('says how long it is and draws what is in sight', async () => {
    await screen.page.getByText('共 100,000 行').waitFor()
    expect(Number(await grid().getAttribute('aria-rowcount'))).toBe(METERS + 1)
    expect(await drawn()).toBeLessThan(MOST_DRAWN)
  })

  it('reaches the last row by one key', async () => {
    await grid().focus()
    await screen.page.keyboard.press('End')
    await grid()
      .getByText(tableNoOf(METERS - 1))
      .waitFor()
    expect(await drawn()).toBeLessThan(MOST_DRAWN)
  })

  it('shows any row that is scrolled to', async () => {
    for (const row of [70_001, 12_345, 99_999, 1]) {
      await scrollToRow(grid(), row)
      const cells = grid().locator(`.sd-grid-row[aria-rowindex="${row + 1}"] [role=gridcell]`)
      // the first cell is the box that marks the row
      expect(await cells.nth(1).innerText()).toBe(tableNoOf(row - 1))
    }
  })

  // how smoothly it goes: `npm run bench -- list-scroll`
  it('draws no more than what is in sight while it is scrolled, frame by frame', async () => {
    const counts = await grid().evaluate(
      (element) =>
        new Promise<number[]>((resolve) => {
          const rows: number[] = []
          const step = () => {
            rows.push(element.querySelectorAll('.sd-grid-row').length)
            element.scrollTop += 400
            if (rows.length < 90) requestAnimationFrame(step)
            else resolve(rows)
          }
          element.scrollTop = 0
          requestAnimationFrame(step)
        }),
    )
    expect(Math.min(...counts)).toBeGreaterThan(0)
    expect(Math.max(...counts)).toBeLessThan(MOST_DRAWN)
    await grid()
      .getByText(tableNoOf(Math.floor((89 * 400) / 32) + 5), { exact: true })
      .waitFor()
  })

  it('finds one of them while typing', async () => {
    const { page } = screen
    await page.getByRole('textbox', { name: '表号、位置、房号、用户' }).fill(tableNoOf(54_321))
    await page.getByText('共 1 行').waitFor()
    await page.getByRole('button', { name: '清除筛选' }).click()
    await page.getByText('共 100,000 行').waitFor()
  })
})
