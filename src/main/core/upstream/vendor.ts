import type { LimiterScope } from './pacing.ts'

/** A vendor system as data: what differs between the three, nothing that behaves (design §4). */
export interface Vendor {
  readonly source: 'imr' | 'campus' | 'water'
  /** null: there is none, what it wants goes with every request (W-02) */
  readonly login: Login | null
  /** the account name goes into every request beside the token */
  readonly accountInEveryCall: boolean
}

export interface Login {
  readonly path: string
  readonly accountField: string
  readonly passwordField: string
  readonly tokenField: string
  /** answer fields that may hold the token, best first (I-06) */
  readonly tokenIn: readonly string[]
}

/** What goes with every request of a system without log-in. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
}

export interface Endpoint {
  readonly path: string
  /** `mutate`: strict, and never sent twice unless refused at the door (§7.1) */
  readonly kind: 'read' | 'mutate'
  /** 30 s unless the vendor is known to take longer (F-09) */
  readonly totalTimeoutMs?: number
  readonly watchedKeys?: readonly string[]
  /** `data`: asked by GET, answered without a code (W-03) */
  readonly answers?: 'data'
  /** not every deployment has it: a 404 is an answer, not a failure of the system (I-44) */
  readonly optional?: true
}

/** How to reach it: the settings, complete. */
export interface Access {
  readonly baseUrl: string
  readonly account: string
  readonly password: string
  readonly bodyEncoding: 'json' | 'form'
  readonly credentials?: Credentials | undefined
  readonly minIntervalMs: number
  readonly limiterScope: LimiterScope
}

export type Fields = Readonly<Record<string, string | number>>

/** Exactly one slash between base and path, whatever the base ends in (I-02). */
export const urlOf = (baseUrl: string, path: string): string =>
  `${baseUrl.trim().replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`

/** The codes that campus and IMR share; both clients know the union of both lists (C-24). */
export const OK = 200
export const CODES = {
  1001: 'failed',
  1002: 'noAccount',
  1005: 'wrongPassword',
  1006: 'tokenRefused',
  1007: 'tokenRefused',
  1008: 'missingField',
  1009: 'denied',
  1010: 'duplicate',
  1011: 'tooFast',
} as const

/** The token of a log-in answer; null when none of the known fields holds one (I-06). */
export function tokenOf(login: Login, fields: Readonly<Record<string, unknown>>): string | null {
  const found = login.tokenIn.map((name) => fields[name]).find((v) => typeof v === 'string' && v !== '')
  return typeof found === 'string' ? found : null
}
