import { act, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ASK_AGAIN_MS, useFetch } from '../../../src/renderer/features/meters/use-fetch.ts'
import { renderPart } from '../render.tsx'

afterEach(() => void vi.useRealTimers())

const SPAN = { from: 0, to: 86_400_000 }

function Probe() {
  const { reason, busy } = useFetch('imr:1', SPAN)
  return <output>{`${reason ?? '-'} ${busy ? 'busy' : 'quiet'}`}</output>
}

const shown = () => screen.getByRole('status').textContent
const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

/** Answers in turn; the last one stays. */
const open = (...reasons: string[]) => {
  vi.useFakeTimers()
  return renderPart(<Probe />, {
    answers: {
      'meters.fetch': () => ({ jobId: null, reason: reasons.length > 1 ? reasons.shift() : reasons[0] }),
    },
  })
}

describe('fetching the opened meter', () => {
  it('is quiet as soon as all is held', async () => {
    const page = open('started', 'started', 'held')
    await wait(0)
    expect(shown()).toBe('started busy')
    await wait(ASK_AGAIN_MS[0])
    expect(shown()).toBe('started busy')
    await wait(ASK_AGAIN_MS[1])
    expect(shown()).toBe('held quiet')
    await wait(600_000)
    expect(page.calls).toHaveLength(3)
  })

  it('gives up saying that it fetches when that never ends', async () => {
    const page = open('started')
    await wait(0)
    for (const ms of ASK_AGAIN_MS) {
      expect(shown()).toBe('started busy')
      await wait(ms)
    }
    expect(shown()).toBe('started quiet')
    await wait(600_000)
    expect(page.calls).toHaveLength(1 + ASK_AGAIN_MS.length)
  })

  it('asks once of a vendor that is away', async () => {
    const page = open('offline')
    await wait(600_000)
    expect(shown()).toBe('offline quiet')
    expect(page.calls).toHaveLength(1)
  })
})
