import type { Page } from 'playwright-core'

/** two frames of a screen that draws sixty a second, ms */
export const THIRTY_A_SECOND = 1000 / 30

/** Milliseconds between the frames of the page while `work` goes on. */
export async function framesOf(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(`
    window.frames_ = []
    window.stop_ = false
    const step = (now) => { window.frames_.push(now); if (!window.stop_) requestAnimationFrame(step) }
    requestAnimationFrame(step)`)
  await work()
  const times = (await page.evaluate(`(window.stop_ = true, window.frames_)`)) as number[]
  return times.slice(1).map((time, i) => time - (times[i] ?? 0))
}

/** The value below which such a share of them lies. */
export const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN

/** Percent of the frames that came thirty a second or faster. */
export const quick = (values: readonly number[]): number =>
  (values.filter((ms) => ms <= THIRTY_A_SECOND + 1).length / values.length) * 100
