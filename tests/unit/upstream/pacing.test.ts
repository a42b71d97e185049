import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Limiter, type LimiterScope } from '#core/upstream/pacing.ts'
import { FakeClock } from '../../fixtures/fake-clock.ts'

interface Span {
  readonly endpoint: string
  readonly name: number
  readonly start: number
  readonly end: number
}

function stage(options: { gapMs?: number; scope?: LimiterScope } = {}) {
  const clock = new FakeClock()
  const limiter = new Limiter(clock, { gapMs: options.gapMs ?? 2200, scope: options.scope ?? 'endpoint' })
  const spans: Span[] = []
  const call = (
    endpoint: string,
    name: number,
    ms = 0,
    more: { urgent?: boolean; signal?: AbortSignal } = {},
  ) =>
    limiter.run(
      endpoint,
      async () => {
        const start = clock.monotonic()
        await clock.sleep(ms)
        spans.push({ endpoint, name, start, end: clock.monotonic() })
      },
      more,
    )
  return { clock, limiter, spans, call }
}

describe('the limiter (I-32, F-29)', () => {
  it('three calls to one endpoint span at least 4.4 s', async () => {
    const { clock, spans, call } = stage()
    await clock.until(Promise.all([call('a', 1), call('a', 2), call('a', 3)]))
    expect(spans.map((s) => s.start)).toEqual([0, 2200, 4400])
  })

  it('measures the gap from the end of the answer', async () => {
    const { clock, spans, call } = stage()
    await clock.until(Promise.all([call('a', 1, 5000), call('a', 2)]))
    expect(spans.map((s) => s.start)).toEqual([0, 7200])
  })

  it('different endpoints overlap', async () => {
    const { clock, spans, call } = stage()
    await clock.until(Promise.all([call('a', 1, 900), call('b', 2, 900)]))
    expect(spans.map((s) => s.start)).toEqual([0, 0])
  })

  it('one gap for all in account scope, also when widened on the way (I-33)', async () => {
    const fixed = stage({ scope: 'account' })
    await fixed.clock.until(Promise.all([fixed.call('a', 1, 100), fixed.call('b', 2)]))
    expect(fixed.spans.map((s) => s.start)).toEqual([0, 2300])
    const { clock, limiter, spans, call } = stage()
    const both = Promise.all([call('a', 1, 100), call('b', 2, 100), call('a', 3), call('b', 4)])
    limiter.widen()
    await clock.until(both)
    expect(spans.map((s) => s.start)).toEqual([0, 0, 2300, 4500])
  })

  it('takes urgent calls first, each kind in its order', async () => {
    const { clock, spans, call } = stage()
    const urgent = { urgent: true }
    await clock.until(
      Promise.all([
        call('a', 1),
        call('a', 2),
        call('a', 3),
        call('a', 4, 0, urgent),
        call('a', 5, 0, urgent),
      ]),
    )
    expect(spans.map((s) => s.name)).toEqual([1, 4, 5, 2, 3])
  })

  it('a repeated call keeps its place', async () => {
    const { clock, limiter, spans, call } = stage()
    const ticket = limiter.ticket()
    const others = [call('a', 1), call('a', 2)]
    const again = limiter.run(
      'a',
      async () => void spans.push({ endpoint: 'a', name: 9, start: 0, end: 0 }),
      {
        ticket,
      },
    )
    await clock.until(Promise.all([...others, again]))
    expect(spans.map((s) => s.name)).toEqual([1, 9, 2])
  })

  it('holds one endpoint back, not the others', async () => {
    const { clock, limiter, spans, call } = stage()
    limiter.hold('a', 30_000)
    await clock.until(Promise.all([call('a', 1), call('b', 2)]))
    expect(spans.map((s) => [s.name, s.start])).toEqual([
      [2, 0],
      [1, 30_000],
    ])
  })

  it('a cancelled call leaves the queue; one that failed does not stop it', async () => {
    const { clock, limiter, spans, call } = stage()
    const wish = new AbortController()
    const broken = limiter.run('a', () => Promise.reject(new Error('x')))
    const left = call('a', 1, 0, { signal: wish.signal })
    const stays = call('a', 2)
    wish.abort()
    await expect(broken).rejects.toThrow('x')
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' })
    await clock.until(stays)
    expect(spans.map((s) => [s.name, s.start])).toEqual([[2, 2200]])
    limiter.close()
    await expect(call('a', 3)).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it('never starts a request before its gap, whatever comes', async () => {
    const asked = fc.record({
      endpoint: fc.constantFrom('a', 'b', 'c'),
      ms: fc.integer({ min: 0, max: 4000 }),
      urgent: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 12 }), fc.boolean(), async (list, account) => {
        const { clock, spans, call } = stage({ scope: account ? 'account' : 'endpoint' })
        await clock.until(Promise.all(list.map((c, n) => call(c.endpoint, n, c.ms, { urgent: c.urgent }))))
        expect(spans).toHaveLength(list.length)
        for (const span of spans)
          for (const other of spans) {
            const together = account || span.endpoint === other.endpoint
            if (together && other.start > span.start)
              expect(other.start - span.end).toBeGreaterThanOrEqual(2200)
          }
      }),
      { numRuns: 40 },
    )
  })
})
