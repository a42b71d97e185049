import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeAt } from '#core/backups/names.ts'
import { toPrune } from '#core/backups/prune.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 22, 2, 14, 52)
const stamp = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')
const name = (at: number, reason = 'scheduled') => `/data/backups/site.${stamp(at)}.${reason}.db`
const kept = (paths: string[]) => {
  const gone = new Set(toPrune(paths))
  return paths.filter((path) => !gone.has(path))
}

describe('which backups stay', () => {
  it('keeps two hours of copies, ten days of dailies and twelve months of monthlies', () => {
    const everyQuarter = Array.from({ length: 96 * 30 }, (_, i) => name(NOW - i * 900_000))
    const monthly = Array.from({ length: 20 }, (_, i) => name(Date.UTC(2026, 8 - i, 28, 12)))
    const left = kept([...everyQuarter, ...monthly])
    const days = left.map((path) => path.match(/\d{8}/)?.[0] ?? '')
    expect(left).toHaveLength(8 + 9 + 10 + 1)
    expect(new Set(days).size).toBe(10 + 1 + 10)
    expect(new Set(days.map((day) => day.slice(0, 6))).size).toBe(12)
    expect(left[0]).toBe(name(NOW))
  })

  it('keeps the newest of a day, not the oldest', () => {
    const early = name(NOW - 3 * DAY - 3_600_000)
    const late = name(NOW - 3 * DAY)
    const recent = Array.from({ length: 8 }, (_, i) => name(NOW - i * 900_000))
    expect(toPrune([early, late, ...recent])).toEqual([early])
  })

  it('keeps the two newest from before migrations however old, and names it does not know', () => {
    const recent = Array.from({ length: 40 }, (_, i) => name(NOW - i * DAY))
    const migrations = [900, 901, 902].map((days) => name(NOW - days * DAY, 'migration'))
    const left = kept([...recent, ...migrations, '/data/backups/site.mine.db'])
    expect(left).toContain(migrations[0])
    expect(left).toContain(migrations[1])
    expect(left).not.toContain(migrations[2])
    expect(left).toContain('/data/backups/site.mine.db')
  })

  it('never removes the newest, never leaves a recent day without one, and is done after one turn', () => {
    const times = fc.array(fc.integer({ min: NOW - 400 * DAY, max: NOW }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(times, (list) => {
        const paths = [...new Set(list.map((at) => name(at - (at % 1000))))]
        const left = kept(paths)
        const newest = paths.toSorted().at(-1)
        expect(left).toContain(newest)
        expect(toPrune(left)).toEqual([])
        const days = [...new Set(paths.map((path) => path.match(/\d{8}/)?.[0] ?? ''))]
          .toSorted((a, b) => a.localeCompare(b))
          .slice(-10)
        for (const day of days) expect(left.some((path) => path.includes(`.${day}T`))).toBe(true)
        expect(left.length).toBeLessThanOrEqual(8 + 10 + 12)
      }),
    )
  })

  it('reads the time out of a name', () => {
    expect(madeAt(name(NOW))).toBe(NOW - (NOW % 1000))
    expect(madeAt('/data/backups/site.mine.db')).toBeNull()
  })
})
