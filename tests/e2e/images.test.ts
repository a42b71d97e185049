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
    await page.keyboard.press('Escape')
  })

  it('shows a turned picture whole, and every part of one that is zoomed into, by keys and by dragging', async () => {
    const { page } = screen
    const bench = page.locator('.images-bench')
    while ((await bench.getAttribute('data-file')) !== 'held') await page.keyboard.press('s')
    const picture = bench.locator('.images-frame img')
    await picture.waitFor()
    const { frame, whole } = await seen()
    expect(whole.width / whole.height).not.toBeCloseTo(1)
    expect(isInside(whole, frame)).toBe(true)
    await page.keyboard.press('t')
    expect((await seen()).whole.height).toBeCloseTo(frame.height)
    expect(isInside((await seen()).whole, frame)).toBe(true)
    // nothing to move yet
    await page.keyboard.press('ArrowRight')
    expect((await seen()).whole.x).toBeCloseTo(frame.x + (frame.width - (await seen()).whole.width) / 2)
    await page.keyboard.press('0')
    for (let n = 0; n < 4; n++) await page.keyboard.press('+')
    const zoomed = (await seen()).whole
    expect(zoomed.width).toBeGreaterThan(frame.width * 3)
    for (let n = 0; n < 20; n++) await page.keyboard.press('ArrowRight')
    for (let n = 0; n < 20; n++) await page.keyboard.press('ArrowDown')
    const end = (await seen()).whole
    expect(end.x + end.width).toBeCloseTo(frame.x + frame.width, 0)
    expect(end.y + end.height).toBeCloseTo(frame.y + frame.height, 0)
    await page.mouse.move(frame.x + 100, frame.y + 60)
    await page.mouse.down()
    await page.mouse.move(frame.x + 180, frame.y + 100, { steps: 5 })
    await page.mouse.up()
    expect((await seen()).whole.x - end.x).toBeCloseTo(80, 0)
    expect((await seen()).whole.y - end.y).toBeCloseTo(40, 0)
    // the caret of a correction keeps its arrows
    await page.keyboard.press('c')
    await page.keyboard.type('12')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type('3')
    expect(await page.locator('.images-correct input').first().inputValue()).toBe('132')
    expect((await seen()).whole.x - end.x).toBeCloseTo(80, 0)
    expect(screen.problems()).toEqual([])
  })
})

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const isInside = (box: Box, frame: Box) =>
  box.x >= frame.x - 0.5 &&
  box.y >= frame.y - 0.5 &&
  box.x + box.width <= frame.x + frame.width + 0.5 &&
  box.y + box.height <= frame.y + frame.height + 0.5

/** The inside of the frame, and the picture itself in it without the empty part of its box. */
const seen = () =>
  screen.page.evaluate(() => {
    const frame = document.querySelector('.images-frame')
    const image = frame?.querySelector('img')
    if (!frame || !image) throw new Error('no picture')
    const outer = frame.getBoundingClientRect()
    const box = image.getBoundingClientRect()
    const { a, b } = new DOMMatrixReadOnly(getComputedStyle(image).transform)
    const lies = Math.abs(b) < Math.abs(a)
    const [width, height] = lies
      ? [image.naturalWidth, image.naturalHeight]
      : [image.naturalHeight, image.naturalWidth]
    const scale = Math.min(box.width / width, box.height / height)
    const shown = { width: width * scale, height: height * scale }
    return {
      frame: {
        x: outer.x + frame.clientLeft,
        y: outer.y + frame.clientTop,
        width: frame.clientWidth,
        height: frame.clientHeight,
      },
      whole: {
        x: box.x + (box.width - shown.width) / 2,
        y: box.y + (box.height - shown.height) / 2,
        ...shown,
      },
    }
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
