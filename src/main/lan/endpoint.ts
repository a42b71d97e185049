import type { Charging } from '#core/charging/index.ts'
import type { WxAuthProvider } from '#core/charging/providers.ts'
import type { ChangedArea } from '#shared/contract/events.ts'

/** Which mini-program asks; each has its own path and credentials. */
export type Side = 'user' | 'manager'

/** A parameter as JSON or a form gives it. */
export type FieldValue = string | number | boolean | null
/** Everything of the body; a flat object (H-08). */
export type Fields = ReadonlyMap<string, FieldValue>

/** How the site wants what the documents leave open to be read and said (interfaces §2 `lan`). */
export interface Forms {
  readonly strictPaging: boolean
  readonly systemTimeFormat: 'ymd' | 'ydm'
  readonly missingTime: 'empty' | 'null'
  readonly mostCoins: number
}

export const USUAL_FORMS: Forms = {
  strictPaging: false,
  systemTimeFormat: 'ymd',
  missingTime: 'empty',
  mostCoins: 10_000,
}

/** What an endpoint is given beside its parameters. */
export interface LanCall {
  readonly charging: Charging
  /** who says whose phone this is (U-03) */
  readonly wx: WxAuthProvider
  /** epoch ms of this request */
  readonly now: number
  readonly forms: Forms
  /** the phone that the request's session belongs to, where it carries a valid one (H-22) */
  readonly sessionPhone: string | null
}

/**
 * How `data` is shaped (H-18, H-19): `result` — an array of one ResultInfo, also on refusal; `list` — an array;
 * `page` — an object.
 */
export type DataShape = 'result' | 'list' | 'page'

/** What a `result` endpoint may say beside `result: 0, reason: ""`: a pending payment is `{result: 1, reason}`. */
export interface ResultInfo {
  readonly result?: 0 | 1
  readonly reason?: string
  /** additive fields */
  readonly [name: string]: unknown
}

/** One documented endpoint; `name` exactly as documented (H-25). */
export interface Endpoint<P = unknown> {
  readonly side: Side
  readonly name: string
  readonly shape: DataShape
  /** its answer is kept for the same request again (H-12) */
  readonly mutating: boolean
  /** lists of the desk that it changes: its screens ask again */
  readonly changes?: readonly ChangedArea[]
  /**
   * `never`: it is how a session is got · `whenAsked`: only where the setting `requireSession` asks for it (H-22) ·
   * `always`: the actor is the phone of the session (attendance)
   */
  readonly session?: 'never' | 'whenAsked' | 'always'
  /** the parameter that names who acts; with a required session it must be its phone */
  readonly actor?: string
  /** documented under another name too: both are sent (U-05 `cause`, M-04 `Result`) */
  readonly alsoResultAs?: string
  readonly alsoReasonAs?: string
  /** Refuses with code 3 what is missing or malformed. */
  parse(fields: Fields, forms: Pick<Forms, 'strictPaging' | 'mostCoins'>): P
  /**
   * Runs the rules; throws Refusal. A mutating one that is synchronous runs inside the same write transaction as its
   * replay row; one that must wait for others (WeChat, a payment provider) has `waits` and writes by itself.
   * Answers the whole `data`: a ResultInfo or nothing for `result`, an array for `list`, an object for `page`.
   */
  answer(input: P, call: LanCall): unknown
  readonly waits?: true
}

/** Keeps the parameter type of one endpoint while the table forgets it. */
export const endpoint = <P>(definition: Endpoint<P>): Endpoint => definition
