import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { demoProfile, startDemoSite } from '#main/demo/index.ts'
import type { Page } from 'playwright-core'
import { browserPath, launchBrowser } from '../../tests/fixtures/browser.ts'
import { median, type Bench } from '../lib/harness.ts'
import { built, startHost, type Host } from '../lib/host.ts'

const STEPS = 40
const LIMIT_MS = 120_000

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; await pause(200)) if (await holds()) return
  throw new Error(`the pictures took longer than ${LIMIT_MS} ms`)
}

interface Summary {
  readonly waiting: number
  readonly pictures: { readonly wanted: number; readonly held: number }
}

/** Camera readings with their pictures in the cache; the vendor is away from then on. */
async function filled(host: Host): Promise<void> {
  for (const dataset of ['catalogue', 'camera']) {
    const { jobId: id } = (await host.api('sync.start', { source: 'imr', dataset })) as { jobId: string }
    await until(async () => ((await host.api('jobs.get', { id })) as { state: string }).state === 'done')
  }
  await until(async () => {
    const { waiting, pictures } = (await host.api('camera.summary', {})) as Summary
    return pictures.wanted < 20 && waiting > STEPS * 2
  })
}

/** In the page: from a key to the frame in which the next picture is drawn, and the same for pictures in memory. */
const MEASURE = `
  const shown = () => document.querySelector('.images-bench')
  const picture = () => document.querySelector('.images-bench .images-frame img')
  const drawn = () => new Promise((done) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0) }))
  const soon = () => new Promise((done) => setTimeout(done, 150))
  window.step_ = async () => {
    const before = shown()?.getAttribute('data-image')
    const start = performance.now()
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 's', code: 'KeyS', bubbles: true }))
    for (;;) {
      const id = shown()?.getAttribute('data-image')
      const img = picture()
      if (id && id !== before && (!img || img.getAttribute('data-image') === id)) {
        if (!img) return null
        if (img.complete && img.naturalWidth > 0) { await drawn(); return performance.now() - start }
      }
      await new Promise((done) => requestAnimationFrame(done))
    }
  }
  window.floor_ = async (sources) => {
    const frame = document.body.appendChild(document.createElement('img'))
    frame.style.cssText = 'position:fixed;inset:100px auto auto 100px;width:480px'
    const times = []
    for (const src of sources) {
      const next = new Image()
      next.src = src
      await next.decode()
      await soon()
      const start = performance.now()
      frame.src = src
      while (!(frame.complete && frame.naturalWidth > 0)) await new Promise((done) => requestAnimationFrame(done))
      await drawn()
      times.push(performance.now() - start)
    }
    frame.remove()
    return times
  }
  window.source_ = () => picture()?.src ?? ''
  window.current_ = () => shown()?.getAttribute('data-image') ?? ''`

async function steps(page: Page, frames: readonly string[]) {
  const times: number[] = []
  const sources: string[] = []
  let asked = 0
  for (let n = 0; n < STEPS; n++) {
    // the next picture is prefetched while somebody looks at this one
    await page.waitForTimeout(150)
    const mark = frames.length
    const ms = (await page.evaluate(`window.step_()`)) as number | null
    const id = (await page.evaluate(`window.current_()`)) as string
    if (ms === null) continue
    times.push(ms)
    sources.push((await page.evaluate(`window.source_()`)) as string)
    if (frames.slice(mark).some((frame) => frame.includes('"camera.image"') && frame.includes(`"${id}"`)))
      asked++
  }
  const floor = (await page.evaluate(`window.floor_(${JSON.stringify(sources.filter(Boolean))})`)) as number[]
  return { times, floor, asked }
}

/** A step of the camera queue by key; the floor is the same picture, decoded before, put into an image element. */
export const bench: Bench = {
  name: 'camera-step',
  async run() {
    if (browserPath === null) {
      console.error('camera-step: skipped, no Chromium, Chrome or Edge was found')
      return []
    }
    await built()
    const vendor = await startDemoSite({ days: 31, gapMs: 2 })
    const folder = mkdtempSync(join(tmpdir(), 'sitedesk-camera-'))
    const config = `${folder}.json`
    const profile = demoProfile(vendor)
    const { imr } = profile.upstreams ?? {}
    const own = { ...profile, upstreams: { imr }, bluetooth: undefined, lan: undefined }
    writeFileSync(config, JSON.stringify(own), { mode: 0o600 })
    const host = await startHost(folder, { config })
    const browser = await launchBrowser()
    try {
      await host.signIn('demo', '135790')
      await filled(host)
      await vendor.setFault('down', true)
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
      const page = await context.newPage()
      const frames: string[] = []
      page.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => void frames.push(String(payload))),
      )
      await page.goto(await host.openingUrl())
      await page.getByLabel('PIN', { exact: true }).fill('135790')
      await page.keyboard.press('Enter')
      await page.locator('.sd-shell').waitFor()
      await page.goto(`${host.url}/#/images`)
      await page.locator('.images-bench .images-frame img').waitFor()
      await page.evaluate(MEASURE)
      const { times, floor, asked } = await steps(page, frames)
      const [step, least] = [median(times), median(floor)]
      return [
        { name: 'camera-step', value: step, unit: 'ms', ratio: step / least, target: null },
        { name: 'camera-step-in-memory', value: least, unit: 'ms', ratio: null, target: null },
        {
          name: 'camera-step-requests',
          value: asked,
          unit: 'calls',
          ratio: null,
          target: { kind: 'most', of: 'value', limit: 0 },
        },
        { name: 'camera-step-steps', value: times.length, unit: 'steps', ratio: null, target: null },
      ]
    } finally {
      await browser.close()
      await host.stop()
      await vendor.close()
      for (const path of [folder, config]) rmSync(path, { recursive: true, force: true })
    }
  },
}
