import { z } from '../z.ts'
import { nothing, read, write } from './define.ts'

/** What can be made to go wrong at the demo site's vendor. */
export const demoFault = z.enum([
  /** all tokens expire at once; happens once each time it is switched on */
  'tokenExpiry',
  'tooFast',
  'serverError',
  'htmlPage',
  'stall',
  'cutJson',
  'ignoredPageNo',
  'silentCap',
  'rowInsertion',
  'down',
])
export type DemoFault = z.infer<typeof demoFault>

const active = z.object({ active: z.array(demoFault) })

export const demo = {
  'demo.faults': read({
    access: ['admin'],
    summary: 'Demo site only: which faults are switched on.',
    input: nothing,
    output: active,
  }),
  'demo.fault': write({
    access: ['admin'],
    summary: 'Demo site only: makes the simulated vendor misbehave, or well again.',
    input: z.strictObject({ kind: demoFault, on: z.boolean() }),
    output: active,
  }),
}
