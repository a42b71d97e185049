import type { Charging } from '#core/charging/index.ts'

/** Which mini-program asks; each has its own path and credentials. */
export type Side = 'user' | 'manager'

/** A parameter as JSON or a form gives it. */
export type FieldValue = string | number | boolean | null
/** Everything of the body; a flat object (H-08). */
export type Fields = ReadonlyMap<string, FieldValue>

/** What an endpoint is given beside its parameters. */
export interface LanCall {
  readonly charging: Charging
  /** epoch ms of this request */
  readonly now: number
  /** the phone that the request's session belongs to, where it carries a valid one (H-22) */
  readonly sessionPhone: string | null
}

/**
 * How `data` is shaped (H-18, H-19): `result` — an array of one ResultInfo, also on refusal; `list` — an array;
 * `page` — an object.
 */
export type DataShape = 'result' | 'list' | 'page'

/** One documented endpoint; `name` exactly as documented (H-25). */
export interface Endpoint<P = unknown> {
  readonly side: Side
  readonly name: string
  readonly shape: DataShape
  /** its answer is kept for the same request again (H-12) */
  readonly mutating: boolean
  /** Refuses with code 3 what is missing or malformed. */
  parse(fields: Fields): P
  /**
   * Runs the rules; throws Refusal. A mutating one that is synchronous runs inside the same write transaction as its
   * replay row; one that must wait for others (WeChat, a payment provider) returns a promise and writes by itself.
   * Answers the whole `data`.
   */
  answer(input: P, call: LanCall): unknown
}

/** Keeps the parameter type of one endpoint while the table forgets it. */
export const endpoint = <P>(definition: Endpoint<P>): Endpoint => definition
