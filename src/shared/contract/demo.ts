import { z } from '../z.ts'
import { nothing, read, write } from './define.ts'

const IMR_FAULTS = [
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
] as const
export type ImrFault = (typeof IMR_FAULTS)[number]

/** Faults of the campus system. Unless it says otherwise, nothing is done by a request that is struck. */
const CAMPUS_FAULTS = [
  /** the recharge is applied, the connection ends without an answer */
  'campus.answerLost',
  /** the recharge is applied, the answer never comes */
  'campus.stallApplied',
  /** the recharge is applied, a page of the gateway comes with status 504 */
  'campus.gatewayTimeout',
  /** the connection ends without an answer */
  'campus.requestLost',
  'campus.serverError',
  'campus.htmlPage',
  'campus.stall',
  /** the request is served, half of the answer comes */
  'campus.cutJson',
  /** the recharge is accepted with 200 and applied seconds later */
  'campus.lateApply',
  /** the recharge is accepted with 200 and forgotten */
  'campus.neverApplied',
  /** the recharge is applied, the record of the room lists another amount */
  'campus.amountMismatch',
  /** hasRefundOrder knows no number at all */
  'campus.orderHidden',
  /** addrQuery and buildTree: children before parents, an orphan and a circle */
  'campus.oddTree',
  /** 1001 */
  'campus.failed',
  /** 1002 */
  'campus.noAccount',
  /** 1005 */
  'campus.wrongPassword',
  /** 1006 */
  'campus.noToken',
  /** 1007 */
  'campus.expired',
  /** 1008 */
  'campus.missing',
  /** 1009 */
  'campus.mismatch',
  /** 1010 for a recharge whose number was never received */
  'campus.duplicate',
  /** 1011 */
  'campus.tooFast',
  /** all tokens expire at once; happens once each time it is switched on */
  'campus.tokenExpiry',
  'campus.down',
] as const
export type CampusFault = (typeof CAMPUS_FAULTS)[number]

/** What can be made to go wrong at the demo site's vendors. */
export const demoFault = z.enum([...IMR_FAULTS, ...CAMPUS_FAULTS])
export type DemoFault = z.infer<typeof demoFault>

/** CE-1 … CE-9 */
export const campusEndpoint = z.enum([
  'login',
  'addrQuery',
  'buildTree',
  'userInfo',
  'userBalanceQuery',
  'hasRefundOrder',
  'roomBuyRecord',
  'noMoreMoneyRoom',
  'roomCostRecord',
])
export type CampusEndpoint = z.infer<typeof campusEndpoint>

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
    input: z.strictObject({
      kind: demoFault,
      on: z.boolean(),
      /** strikes so many requests, then ends by itself; until switched off if absent */
      times: z.int().min(1).max(1000).optional(),
      /** campus faults: strikes only there */
      endpoint: campusEndpoint.optional(),
    }),
    output: active,
  }),
}
