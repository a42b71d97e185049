import { browserPath, launchBrowser } from '../../tests/fixtures/browser.ts'
import { median, type Bench } from '../lib/harness.ts'
import { built } from '../lib/host.ts'
import { openMeterList, type MeterList } from '../lib/meter-list.ts'

const ROUNDS = 9
const MANY = 100_000
const FEW = 1000

/** Notes when the first row with its data is drawn, ms after the navigation began. */
const NOTE_FIRST_ROW = `
  new MutationObserver((_, observer) => {
    const row = document.querySelector('.sd-grid-row:has([role=gridcell])')
    if (!row || row.querySelector('.sd-bone') || !row.textContent) return
    observer.disconnect()
    requestAnimationFrame(() => { window.firstRow = performance.now() })
  }).observe(document, { childList: true, subtree: true })`

/** A whole load of the page, from the navigation to the first row of the list. */
async function firstRow({ page }: MeterList): Promise<number> {
  await page.reload()
  const found = await page.waitForFunction(() => (globalThis as { firstRow?: number }).firstRow, null, {
    timeout: 30_000,
    polling: 20,
  })
  return Number(await found.jsonValue())
}

/** First row of the meter list with 100,000 meters; the floor is the same list with 1,000. */
export const bench: Bench = {
  name: 'first-row',
  async run() {
    if (browserPath === null) {
      console.error('first-row: skipped, no Chromium, Chrome or Edge was found')
      return []
    }
    await built()
    const browser = await launchBrowser()
    const [many, few] = [
      await openMeterList(browser, MANY, NOTE_FIRST_ROW),
      await openMeterList(browser, FEW, NOTE_FIRST_ROW),
    ]
    const times = { many: [] as number[], few: [] as number[] }
    for (let round = -1; round < ROUNDS; round++)
      for (const name of round % 2 === 0 ? (['many', 'few'] as const) : (['few', 'many'] as const)) {
        const ms = await firstRow(name === 'many' ? many : few)
        if (round >= 0) times[name].push(ms)
      }
    await many.close()
    await few.close()
    await browser.close()
    const [manyMs, fewMs] = [median(times.many), median(times.few)]
    return [
      {
        name: 'first-row',
        value: manyMs,
        unit: 'ms',
        ratio: manyMs / fewMs,
        target: { kind: 'most', of: 'ratio', limit: 1.5 },
      },
      { name: 'first-row-floor', value: fewMs, unit: 'ms', ratio: null, target: null },
    ]
  },
}
