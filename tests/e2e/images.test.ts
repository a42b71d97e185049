import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { demoProfile, startDemoSite, type DemoSite } from '#main/demo/index.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, signInOnScreen, type Screen } from './support/page.ts'

/** As many as one person does in a quarter of an hour (features §4). */
const IMAGES = 60

const until = (holds: () => Promise<boolean>) =>
  vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: 60_000, interval: 200 })

let vendor: DemoSite
let host: ConsoleHost
let screen: Screen

beforeAll(async () => {
  vendor = await startDemoSite({ days: 31, gapMs: 2 })
  const profile = demoProfile(vendor)
  const { imr } = profile.upstreams ?? {}
  host = await startConsole({
    profile: { ...profile, upstreams: { imr }, bluetooth: undefined, lan: undefined },
  })
  await host.signIn('demo', '135790')
  for (const dataset of ['catalogue', 'camera'] as const) {
    const { jobId: id } = await host.api('sync.start', { source: 'imr', dataset })
    await until(async () => (await host.api('jobs.get', { id })).state === 'done')
  }
  await until(async () => {
    const { waiting, pictures } = await host.api('camera.summary', {})
    return pictures.wanted < 20 && pictures.held > 500 && waiting > IMAGES
  })
  screen = await openScreen(host)
}, 150_000)
afterAll(async () => {
  await screen.close()
  await closeBrowser()
  await host.stop()
  await vendor.close()
})

describe('the review of images', () => {
  it(`takes ${IMAGES} of them by keys alone, with no vendor there and no request for the next picture`, async () => {
    const { page } = screen
    const asked: string[] = []
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => void asked.push(String(payload))),
    )
    await page.reload()
    await signInOnScreen(page, { pin: '135790' })
    await vendor.setFault('down', true)
    await screen.goto('/images')
    const shown = page.locator('.images-bench')
    await shown.waitFor()
    expect(await seriousViolations(page)).toEqual([])
    const { rows } = await host.api('meters.images', { state: 'waiting', sort: 'meter', limit: 100 })
    expect(rows.length).toBeGreaterThanOrEqual(IMAGES)
    let late = 0
    const done = new Map<string, string>()
    for (let n = 0; n < IMAGES; n++) {
      const now = await current()
      if (n > 0 && now.picture) late += now.askedAfterStep(asked) ? 1 : 0
      const decision = now.accepts ? (n % 3 === 0 ? 'c' : 'a') : n % 2 === 0 ? 'r' : 's'
      done.set(now.id, decision)
      marks = asked.length
      await page.keyboard.press(decision)
      if (decision === 'c') {
        await page.keyboard.type(now.correction)
        await page.keyboard.press('Enter')
      }
      await page.waitForFunction(
        (before) => document.querySelector('.images-bench')?.getAttribute('data-image') !== before,
        now.id,
      )
    }
    expect(done.size).toBe(IMAGES)
    expect(late).toBe(0)
    await expect
      .poll(async () => {
        const states = ['accepted', 'corrected', 'rejected', 'skipped'] as const
        const totals = await Promise.all(
          states.map((state) => host.api('meters.images', { state, limit: 1 })),
        )
        return totals.reduce((sum, { total }) => sum + total, 0)
      })
      .toBe(IMAGES)
    await page.keyboard.press('u')
    await expect.poll(async () => (await host.api('camera.summary', {})).waiting).toBeGreaterThan(0)
    await page.keyboard.press('F1')
    await page.getByRole('dialog').waitFor()
    expect(screen.problems()).toEqual([])
  })
})

let marks = 0

/** What stands on the screen now. */
async function current() {
  const { page } = screen
  const bench = page.locator('.images-bench')
  const id = (await bench.getAttribute('data-image')) ?? ''
  const accepts = await page.getByRole('button', { name: /^接受/ }).isEnabled()
  const held = (await bench.getAttribute('data-file')) === 'held'
  if (held) await page.locator(`img[data-image="${id}"]`).waitFor()
  return {
    id,
    accepts,
    picture: held,
    correction: '1234.5',
    /** whether the picture of this image was asked for after the step that brought it */
    askedAfterStep: (frames: readonly string[]) =>
      frames.slice(marks).some((frame) => frame.includes('"camera.image"') && frame.includes(`"${id}"`)),
  }
}
