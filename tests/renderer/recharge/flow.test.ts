import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  reduce,
  START,
  type Action,
  type Flow,
  type Sale,
} from '../../../src/renderer/features/recharge/desk/flow.ts'

const SALE: Sale = {
  intentId: 'intent-one',
  roomId: 'r1',
  roomPath: ['东区', '102'],
  meters: [],
  amountFen: 5000,
  tender: 'cash',
  balanceFen: 1000,
  balanceAt: 1,
  confirmedDuplicate: false,
  confirmedLarge: false,
}

const run = (...actions: Action[]): Flow => actions.reduce(reduce, START)
const CHOOSE: Action = { do: 'choose', roomId: 'r1' }
const CHECK: Action = { do: 'check', sale: SALE }
const POST: Action = { do: 'post' }
const REFUSED: Action = { do: 'refused', error: new Error('no') }
const BACK: Action = { do: 'back' }

describe('the steps of a sale', () => {
  it('end at the search, with the sale shown and followed', () => {
    expect(run(CHOOSE, CHECK, POST, { do: 'saved' })).toEqual({
      step: { at: 'search' },
      last: 'intent-one',
      followed: ['intent-one'],
    })
  })

  it('go back one at a time', () => {
    const refused = run(CHOOSE, CHECK, POST, REFUSED)
    const steps: string[] = []
    for (let flow = refused; steps.length < 4; flow = reduce(flow, BACK)) steps.push(flow.step.at)
    expect(steps).toEqual(['refused', 'confirm', 'room', 'search'])
  })

  it('keep the number of the sheet through a refusal and what a person confirmed', () => {
    const flow = run(CHOOSE, CHECK, POST, REFUSED, { do: 'post', change: { confirmedDuplicate: true } })
    expect(flow.step).toEqual({ at: 'posting', sale: { ...SALE, confirmedDuplicate: true } })
  })

  it('put the last end away with Esc at the search', () => {
    const done = run(CHOOSE, CHECK, POST, { do: 'saved' })
    expect(reduce(done, BACK)).toMatchObject({ last: null, followed: ['intent-one'] })
  })

  it('leave posting only by its answer', () => {
    const others: Action[] = [
      CHOOSE,
      CHECK,
      POST,
      BACK,
      { do: 'search' },
      { do: 'show', intentId: 'x' },
      { do: 'again' },
    ]
    const posting = run(CHOOSE, CHECK, POST)
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...others)), (actions) => {
        expect(actions.reduce(reduce, posting).step).toEqual(posting.step)
      }),
    )
  })
})
