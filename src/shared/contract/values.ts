import { BT_NAME, DEVICE_CODE } from '../chargers.ts'
import { INTENT_STATES } from '../intent-states.ts'
import { z } from '../z.ts'

/**
 * Values that several areas share. The core reads some of them back from its files: they stand apart from the
 * operations, whose schemas are only built for the first call.
 */

/** Fen, negative when owed. */
export const fen = z.int()

/** A register value, usage or amount: a decimal string, never a float (spec §6.1). */
export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)

/** A day of the site. */
export const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

export const meterKind = z.enum(['electricity', 'water', 'unknown'])

/** What a file of meters brings. */
export const importKind = z.enum(['readings', 'attributes'])
export type ImportKind = z.infer<typeof importKind>

export const tender = z.enum(['cash', 'card', 'transfer', 'wechat', 'alipay', 'other'])
export type Tender = z.infer<typeof tender>

export const intentState = z.enum(INTENT_STATES)
export type IntentState = z.infer<typeof intentState>

/** What names a parent that is not in the list hangs under this node (C-12); its name is the screen's. */
export const UNLINKED_NODE = 'unlinked'

/** The advertised name of 16 characters: the only identity of a charger (B-01, B-34). */
export const btName = z.string().regex(BT_NAME)
export const deviceCode = z.string().regex(DEVICE_CODE)

/** How a firmware wants its frames: what the probe found (B-07), or a person set. */
export const bleProfile = z.strictObject({
  /** B-02: even positions counted from 1 or 0 */
  jamParity: z.enum(['one', 'zero']),
  /** B-05 */
  sigCase: z.enum(['lower', 'upper']),
  /** B-06 */
  tsFormat: z.enum(['unix', 'ymd12']),
  /** B-23: digits of the minutes, 0 = as many as needed */
  minutesWidth: z.union([z.literal(0), z.literal(3)]),
  /** B-17 */
  blink: z.enum(['LEDBLINK', 'BLINK']),
  /** B-08: the layout that worked, in small letters without dashes */
  layout: z.strictObject({ service: z.string(), write: z.string(), notify: z.string() }).nullable(),
})
export type BleProfile = z.infer<typeof bleProfile>
