import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slackOf, within, type View } from '../../../src/renderer/features/images/place.ts'

const FRAME = { width: 800, height: 270 }
/** A wide dial: whole in the frame it is 800 × 266⅔. */
const WIDE = { frame: FRAME, picture: { width: 1200, height: 400 } }
const view = (change: Partial<View> = {}): View => ({
  zoom: 1,
  turn: 0,
  contrast: false,
  x: 0,
  y: 0,
  ...change,
})

describe('a picture in its frame', () => {
  it('is whole in it at first, turned or not: there is nothing to move', () => {
    for (const turn of [0, 90, 180, 270]) expect(slackOf(view({ turn }), WIDE)).toEqual({ x: 0, y: 0 })
  })

  it('is moved as far as its edges, along the side that is larger than the frame', () => {
    expect(slackOf(view({ zoom: 2 }), WIDE).x).toBeCloseTo(400)
    expect(slackOf(view({ zoom: 2 }), WIDE).y).toBeCloseTo((1600 / 3 - 270) / 2)
    // on its side it is 90 × 270, twice that is still narrower than the frame
    expect(slackOf(view({ zoom: 2, turn: 90 }), WIDE)).toEqual({ x: 0, y: 135 })
    expect(within(view({ zoom: 2, x: -9999, y: 9999 }), WIDE)).toMatchObject({ x: -400 })
  })

  it('never leaves a gap at an edge that it reaches, whatever is asked for', () => {
    const size = fc.record({
      width: fc.integer({ min: 10, max: 4000 }),
      height: fc.integer({ min: 10, max: 4000 }),
    })
    const any = fc.record({
      zoom: fc.double({ min: 1, max: 6, noNaN: true }),
      turn: fc.constantFrom(0, 90, 180, 270),
      contrast: fc.boolean(),
      x: fc.integer({ min: -9999, max: 9999 }),
      y: fc.integer({ min: -9999, max: 9999 }),
    })
    fc.assert(
      fc.property(any, size, size, (asked, frame, picture) => {
        const sizes = { frame, picture }
        const slack = slackOf(asked, sizes)
        const shown = within(asked, sizes)
        expect(Math.abs(shown.x)).toBeLessThanOrEqual(slack.x)
        expect(Math.abs(shown.y)).toBeLessThanOrEqual(slack.y)
        expect(within(shown, sizes)).toEqual(shown)
      }),
    )
  })
})
