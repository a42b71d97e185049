import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PaperUnit } from '../../../src/renderer/ui/paper-items.ts'
import { cutPages } from '../../../src/renderer/ui/paper-pages.ts'

const ROOM = 100

interface Row {
  readonly height: number
  readonly first: boolean
  readonly leads: boolean
}

function stack(rows: readonly Row[]): PaperUnit[] {
  let top = 20
  return rows.map(({ height, first, leads }) => {
    const unit = { top, bottom: top + height, first, leads, texts: [], rules: [] }
    top += height
    return unit
  })
}

const row = (height: number, more: Partial<Row> = {}): Row => ({
  height,
  first: false,
  leads: false,
  ...more,
})
const heights = (rows: readonly Row[]) =>
  cutPages(stack(rows), ROOM).map(({ units }) => units.map(({ top, bottom }) => bottom - top))

describe('pages of a sheet', () => {
  it('are cut between rows, and where a page was asked for', () => {
    expect(heights([row(60), row(40), row(30), row(10, { first: true })])).toEqual([[60, 40], [30], [10]])
  })

  it('take a heading along with what it stands over', () => {
    expect(heights([row(80), row(10, { leads: true }), row(5, { leads: true }), row(30)])).toEqual([
      [80],
      [10, 5, 30],
    ])
  })

  it('lose nothing, keep the order and hold what has room', () => {
    const rows = fc.array(
      fc.record({ height: fc.integer({ min: 1, max: 50 }), first: fc.boolean(), leads: fc.boolean() }),
      { minLength: 1, maxLength: 60 },
    )
    fc.assert(
      fc.property(rows, (some) => {
        const units = stack(some)
        const pages = cutPages(units, ROOM)
        expect(pages.flatMap((page) => page.units)).toEqual(units)
        for (const { origin, units: those } of pages) {
          expect(origin).toBe(those[0]?.top)
          const head = those.findIndex(({ leads }) => !leads)
          const body = those.slice(head < 0 ? 0 : head)
          const room = head < 0 ? Number.POSITIVE_INFINITY : ROOM
          expect((body.at(-1)?.bottom ?? 0) - (body[0]?.top ?? 0)).toBeLessThanOrEqual(room)
        }
      }),
    )
  })
})
