import { cpSync, rmSync, writeFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { PHASE_NAMES } from '#shared/phases.ts'
import { browserPath, launchBrowser } from '../../tests/fixtures/browser.ts'
import { at, framesOf, quick, THIRTY_A_SECOND } from '../lib/frames.ts'
import { median, type Bench } from '../lib/harness.ts'
import { built, startHost, type Host } from '../lib/host.ts'
import { bigFolder, deviceIdOf, END_S, openSite } from '../lib/site.ts'

const STEP_S = 900
const YEAR = (365 * 86_400) / STEP_S
const FEW = 1000
/** the meter whose chart has the year, and the one whose chart is the floor */
const METERS = [1, 2] as const
const OPERATOR = { name: 'bench', pin: '482913' }
const DRAG_MS = 4000
const SPAN = 'span=custom&from=2025-11-02&last=2026-11-01&tab=power'

/** Quarter hours of phase values, straight into the table: all of a year for one meter, some for the other. */
async function fill(folder: string): Promise<void> {
  const { store, close } = await openSite(folder)
  const names = ['meter', 'at', ...PHASE_NAMES]
  const insert = store.history.statement(
    `INSERT OR REPLACE INTO phase (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  for (const meter of METERS) {
    const count = meter === 1 ? YEAR : FEW
    store.history.sql.exec('BEGIN')
    for (let i = 0; i < count; i++) {
      const at = END_S - Math.round((i * YEAR * STEP_S) / count)
      const value = (n: number) => (220 + n + 8 * Math.sin(i / 48 + n) + ((i * 7919) % 64) / 16).toFixed(1)
      insert.run(meter, at, ...PHASE_NAMES.map((_, n) => value(n)))
    }
    store.history.sql.exec('COMMIT')
  }
  await close()
}

interface Frames {
  /** ms between two frames, in their order */
  readonly ms: readonly number[]
  /** calls that left the page meanwhile */
  readonly asked: number
}

/** Drags to and fro over the middle of the page, a step each few milliseconds as a hand does. */
async function drag(page: Page, box: { x: number; y: number; width: number; height: number }): Promise<void> {
  const y = box.y + box.height / 2
  const x = (share: number) => box.x + box.width * (0.5 + share * 0.35)
  await page.mouse.move(x(0), y)
  await page.mouse.down()
  for (const start = Date.now(); Date.now() - start < DRAG_MS;)
    await page.mouse.move(x(Math.sin((Date.now() - start) / 400)), y)
  await page.mouse.up()
}

/** The chart of one meter, zoomed in to a part of the year, then dragged by the mouse. */
async function panned(host: Host, page: Page, meter: number): Promise<Frames> {
  await page.goto(`${host.url}/#/meters/${encodeURIComponent(`imr:${deviceIdOf(meter)}`)}?${SPAN}`)
  const chart = page.locator('.meter-table canvas').first()
  await chart.waitFor({ timeout: 60_000 })
  await chart.scrollIntoViewIfNeeded()
  const box = await chart.boundingBox()
  if (!box) throw new Error('the chart is not drawn')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let i = 0; i < 6; i++) {
    await page.mouse.wheel(0, -240)
    await page.waitForTimeout(100)
  }
  const asked: string[] = []
  const note = ({ payload }: { payload: string | Buffer }) => void asked.push(String(payload))
  for (const socket of sockets) socket.on('framesent', note)
  const ms = await framesOf(page, () => drag(page, box))
  return { ms, asked: asked.filter((frame) => frame.includes('"meters.')).length }
}

interface Socket {
  on(event: 'framesent', listener: (frame: { payload: string | Buffer }) => void): unknown
}
const sockets: Socket[] = []

async function measure(host: Host, browser: Browser) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  page.on('websocket', (socket) => void sockets.push(socket))
  await page.goto(await host.openingUrl())
  await page.getByLabel('PIN', { exact: true }).fill(OPERATOR.pin)
  await page.keyboard.press('Enter')
  await page.locator('.sd-shell').waitFor()
  const few = await panned(host, page, METERS[1])
  const year = await panned(host, page, METERS[0])
  const blank = await context.newPage()
  await blank.goto('about:blank')
  const idle = await framesOf(blank, () => drag(blank, { x: 0, y: 0, width: 1366, height: 768 }))
  await context.close()
  return { few, year, idle }
}

/** A year of quarter hours among ten million readings, dragged; floors: 1,000 points, and a page with nothing on it. */
export const bench: Bench = {
  name: 'chart-pan',
  async run() {
    if (browserPath === null) {
      console.error('chart-pan: skipped, no Chromium, Chrome or Edge was found')
      return []
    }
    await built()
    const big = await bigFolder()
    const folder = `${big}.pan`
    const config = `${folder}.json`
    rmSync(folder, { recursive: true, force: true })
    cpSync(big, folder, { recursive: true })
    await fill(folder)
    writeFileSync(config, JSON.stringify({ operators: [{ ...OPERATOR, roles: ['admin'] }] }), { mode: 0o600 })
    const host = await startHost(folder, { config })
    const browser = await launchBrowser()
    try {
      const { few, year, idle } = await measure(host, browser)
      const line = (name: string, value: number, unit = 'ms', ratio: number | null = null) => ({
        name,
        value,
        unit,
        ratio,
        target: null,
      })
      const middle = median(year.ms)
      return [
        {
          ...line('chart-pan', middle, 'ms', middle / median(idle)),
          target: { kind: 'most', of: 'value', limit: THIRTY_A_SECOND },
        },
        line('chart-pan-p95', at(year.ms, 0.95), 'ms', at(year.ms, 0.95) / at(idle, 0.95)),
        line('chart-pan-at-30-a-second', quick(year.ms), '%'),
        line('chart-pan-1000-points', median(few.ms), 'ms', median(few.ms) / median(idle)),
        line('chart-pan-empty-page', median(idle)),
        line('chart-pan-empty-page-p95', at(idle, 0.95)),
        {
          ...line('chart-pan-requests', year.asked, 'calls'),
          target: { kind: 'most', of: 'value', limit: 0 },
        },
      ] as const
    } finally {
      await browser.close()
      await host.stop()
      for (const path of [folder, config]) rmSync(path, { recursive: true, force: true })
    }
  },
}
