import { COMMANDS } from '../chargers.ts'
import { z } from '../z.ts'
import { btName } from './values.ts'
import { instant, nothing, read, write } from './define.ts'

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

/** Faults of the water system, which has no codes to refuse with (W-03). */
const WATER_FAULTS = [
  /** 401 */
  'water.unauthorized',
  /** status 200, a code where there should be none */
  'water.errorCode',
  'water.serverError',
  'water.htmlPage',
  'water.stall',
  /** half of the answer comes */
  'water.cutJson',
  /** pages of 50, whatever was asked for */
  'water.silentCap',
  /** the count is 1 */
  'water.lyingTotal',
  /** a row comes in front between the first and the second page */
  'water.rowInsertion',
  'water.ignoredPage',
  'water.down',
] as const
export type WaterFault = (typeof WATER_FAULTS)[number]

/** Faults of the simulated chargers: of one, of all, or of the adapter. */
export const CHARGER_FAULTS = [
  /** the clock is at its initial value again; happens once each time it is switched on */
  'charger.clockLost',
  /** STIME is answered 0, and the clock stays as it was */
  'charger.clockStuck',
  /** port 2 says 999 */
  'charger.port999',
  /** somebody charges at port 1 for 45 minutes */
  'charger.busyPort',
  /** set commands are answered 1, 2 or 3, and nothing is done */
  'charger.commandFailed',
  'charger.timestampRefused',
  'charger.badSignature',
  /** nothing is done, no reply */
  'charger.silent',
  /** the command is done, no reply */
  'charger.replyLost',
  /** 1.5 s: within the limit */
  'charger.slowReplies',
  /** 4.5 s: after the limit (B-10) */
  'charger.lateReplies',
  /** the command is done, the reply is none of the document */
  'charger.garbled',
  /** the command is done, the link ends within the reply */
  'charger.dropMidReply',
  /**
   * With `times`: the command is done, the power goes within the reply and is back 3 s later. Without: there is no power
   * until it is switched off.
   */
  'charger.powerCut',
  'charger.refusesConnection',
  /** out of range */
  'charger.vanished',
  /** no service with a way in and a way out */
  'charger.noService',
  /** a second device says it has the same name */
  'charger.sameName',
  /** −94 dBm */
  'charger.weakSignal',
  /** the whole adapter */
  'charger.adapterOff',
] as const
export type ChargerFault = (typeof CHARGER_FAULTS)[number]

/** What can be made to go wrong at the demo site's vendors and chargers. */
export const demoFault = z.enum([...IMR_FAULTS, ...CAMPUS_FAULTS, ...WATER_FAULTS, ...CHARGER_FAULTS])
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

/** A simulated charger as it really is, for trainers and for scripts that compare. */
const demoCharger = z.object({
  name: btName,
  /** what its label says */
  deviceCode: z.string(),
  alias: z.string(),
  firmware: z.object({
    jamParity: z.enum(['one', 'zero']),
    sigCase: z.enum(['lower', 'upper']),
    tsFormat: z.enum(['unix', 'ymd12']),
  }),
  /** what it always does wrong; a port that is broken shows in `ports` */
  quirks: z.array(z.string()),
  /** faults switched on now */
  faults: z.array(demoFault),
  powered: z.boolean(),
  connected: z.boolean(),
  /** what its clock shows */
  clock: instant,
  /** minutes of ports 1–4: 0 free, 999 broken */
  ports: z.array(z.int()),
  /** how often its LEDs were made to flash */
  blinks: z.int(),
  /** the last hundred frames that reached it; null: not answered */
  commands: z.array(
    z.object({ at: instant, command: z.string(), frame: z.string(), status: z.int().nullable() }),
  ),
})
export type DemoChargerRow = z.infer<typeof demoCharger>

export const demo = {
  'demo.faults': read({
    access: ['admin'],
    summary: 'Demo site only: which faults are switched on.',
    input: nothing,
    output: active,
  }),
  'demo.fault': write({
    access: ['admin'],
    summary: 'Demo site only: makes the simulated vendors or chargers misbehave, or well again.',
    input: z.strictObject({
      kind: demoFault,
      on: z.boolean(),
      /**
       * Strikes so many requests or frames, then ends by itself; until switched off if absent. What is a state (a broken
       * port, out of range, a weak signal, no adapter) stays until switched off all the same.
       */
      times: z.int().min(1).max(1000).optional(),
      /** campus faults: strikes only there */
      endpoint: campusEndpoint.optional(),
      /** charger faults: of this one only; of all if absent */
      charger: btName.optional(),
      /** charger faults: strikes only this command */
      command: z.enum(COMMANDS).optional(),
    }),
    output: active,
  }),
  'demo.chargers': read({
    access: ['admin'],
    summary: 'Demo site only: the simulated chargers as they really are, with the frames that reached them.',
    input: z.strictObject({ name: btName.optional() }),
    output: z.object({ chargers: z.array(demoCharger) }),
  }),
}
