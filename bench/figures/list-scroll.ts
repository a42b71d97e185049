import type { Page } from 'playwright-core'
import { browserPath, launchBrowser } from '../../tests/fixtures/browser.ts'
import { at, framesOf, quick, THIRTY_A_SECOND } from '../lib/frames.ts'
import { median, type Bench } from '../lib/harness.ts'
import { built } from '../lib/host.ts'
import { openMeterList, type MeterList } from '../lib/meter-list.ts'

const MANY = 100_000
const FEW = 1000
const STEPS = 240
/** twelve rows of 32 px and a half a frame: a thumb held down */
const STEP_PX = 400

/** From the top down, so far in each frame; from the top again where the list ends. */
const scroll = `new Promise((resolve) => {
  const grid = document.querySelector('[role=grid]')
  grid.scrollTop = 0
  let left = ${STEPS}
  const step = () => {
    const before = grid.scrollTop
    grid.scrollTop += ${STEP_PX}
    if (grid.scrollTop === before) grid.scrollTop = 0
    if ((left -= 1) > 0) requestAnimationFrame(step)
    else resolve()
  }
  requestAnimationFrame(step)
})`

async function scrolled({ page }: MeterList): Promise<number[]> {
  await page.locator('.sd-grid-row [role=gridcell]').first().waitFor()
  return framesOf(page, () => page.evaluate(scroll) as Promise<void>)
}

const idle = (page: Page) => framesOf(page, () => page.waitForTimeout(3000))

/** The meter list with 100,000 rows scrolled; floors: the same with 1,000, and a page with nothing on it. */
export const bench: Bench = {
  name: 'list-scroll',
  async run() {
    if (browserPath === null) {
      console.error('list-scroll: skipped, no Chromium, Chrome or Edge was found')
      return []
    }
    await built()
    const browser = await launchBrowser()
    const measured = async (meters: number) => {
      const list = await openMeterList(browser, meters)
      try {
        return await scrolled(list)
      } finally {
        await list.close()
      }
    }
    try {
      const many = await measured(MANY)
      const few = await measured(FEW)
      const blank = await idle(await browser.newPage())
      const line = (name: string, value: number, unit: string, ratio: number | null) => ({
        name,
        value,
        unit,
        ratio,
        target: null,
      })
      return [
        {
          ...line('list-scroll', median(many), 'ms', median(many) / median(blank)),
          target: { kind: 'most', of: 'value', limit: THIRTY_A_SECOND },
        },
        line('list-scroll-p95', at(many, 0.95), 'ms', at(many, 0.95) / at(blank, 0.95)),
        line('list-scroll-at-30-a-second', quick(many), '%', null),
        line('list-scroll-1000-rows', median(few), 'ms', median(few) / median(blank)),
        line('list-scroll-empty-page', median(blank), 'ms', null),
      ] as const
    } finally {
      await browser.close()
    }
  },
}
