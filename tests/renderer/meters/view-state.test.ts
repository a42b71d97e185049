import { describe, expect, it } from 'vitest'
import { parseDateTime, parseZone } from '#shared/time.ts'
import {
  applyChange,
  compareChange,
  parseView,
  spanChange,
} from '../../../src/renderer/features/meters/view-state.ts'

const zone = parseZone('+08:00') ?? 0
const now = parseDateTime('2026-03-31 14:05:00', zone) ?? 0
const view = (query: string) => parseView(new URLSearchParams(query), now, zone)

describe('the page of one meter in its URL', () => {
  it('shows the last 31 days by day when nothing is said', () => {
    expect(view('')).toMatchObject({
      tab: 'usage',
      quick: '31d',
      bucket: 'day',
      compare: { kind: 'none' },
    })
  })

  it('reads what it wrote', () => {
    const params = applyChange(new URLSearchParams('tab=readings'), {
      ...spanChange('custom', { first: '2026-01-05', last: '2026-01-06' }),
      ...compareChange({ kind: 'meters', ids: ['imr:1', 'imr:2'] }),
      bucket: 'hour',
    })
    const read = parseView(params, now, zone)
    expect(read).toMatchObject({
      tab: 'readings',
      quick: 'custom',
      bucket: 'hour',
      compare: { kind: 'meters', ids: ['imr:1', 'imr:2'] },
    })
    expect(read.span.to - read.span.from).toBe(2 * 86_400_000)
  })

  it('a named span forgets the days of a custom one', () => {
    const params = applyChange(new URLSearchParams('span=custom&from=2026-01-05&last=2026-01-06'), {
      ...spanChange('7d'),
    })
    expect(params.toString()).toBe('span=7d')
  })

  it('falls back where the URL makes no sense', () => {
    expect(view('span=custom&from=2026-02-30&last=x').quick).toBe('31d')
    expect(view('span=12m&bucket=hour').bucket).toBe('day')
    expect(view('span=forever&tab=x&compare=y&bucket=week')).toMatchObject({ quick: '31d', tab: 'usage' })
  })

  it('comparing with one thing ends comparing with another', () => {
    const params = applyChange(
      new URLSearchParams('with=imr:1&with=imr:2'),
      compareChange({ kind: 'lastYear' }),
    )
    expect(params.toString()).toBe('compare=lastYear')
  })
})
