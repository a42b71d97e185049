import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStop, STOP_WITHIN_MS } from '#main/hosts/launch/stop.ts'

describe('a stop', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('closes once, however often it is asked for, and ends with 0', async () => {
    const close = vi.fn(() => Promise.resolve())
    const stopping = createStop(close, () => undefined)
    expect(await Promise.all([stopping.stop('SIGTERM'), stopping.stop('SIGINT')])).toEqual([0, 0])
    expect(close).toHaveBeenCalledTimes(1)
  })

  it('does not wait for ever: within 5 s it ends with 1 and says so', async () => {
    const said: string[] = []
    const ending = createStop(
      () => new Promise<void>(() => undefined),
      (line) => void said.push(line),
    ).stop('SIGTERM')
    await vi.advanceTimersByTimeAsync(STOP_WITHIN_MS)
    expect(await ending).toBe(1)
    expect(said).toEqual([`not everything closed within ${STOP_WITHIN_MS} ms`])
    expect(STOP_WITHIN_MS).toBeLessThan(5000)
  })

  it('that fails ends with 1 and the reason', async () => {
    const said: string[] = []
    const stopping = createStop(
      () => Promise.reject(new Error('disk gone')),
      (line) => void said.push(line),
    )
    expect(await stopping.stop('SIGTERM')).toBe(1)
    expect(said).toEqual(['closing failed: disk gone'])
  })
})
