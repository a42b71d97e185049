import { randomBytes } from 'node:crypto'
import { HOUR } from '#shared/time.ts'

const TOKEN_LIFE = 2 * HOUR

export interface GateOptions {
  readonly account: string
  readonly password: string
  /** least milliseconds between two calls of one endpoint (I-32 at demo speed) */
  readonly gapMs: number
  /** epoch ms */
  readonly now: () => number
  /** monotonic ms */
  readonly monotonic: () => number
  /** how this vendor makes its tokens; random ones if absent */
  readonly issue?: (() => string) | undefined
}

export type Refusal = readonly [code: number, msg: string]
export type Fields = Readonly<Record<string, unknown>>

export const REFUSALS = {
  failed: [1001, '失败'],
  noAccount: [1002, '账号不存在或没有API权限'],
  wrongPassword: [1005, '密码错误'],
  noToken: [1006, 'Token不存在'],
  expired: [1007, 'Token已过期'],
  missing: [1008, '缺少参数'],
  mismatch: [1009, '账号与token不符合或没有该接口权限'],
  duplicate: [1010, '重复订单'],
  tooFast: [1011, '访问过快'],
} as const satisfies Record<string, Refusal>

/** Accounts, tokens and the pace of the simulated vendor. */
export class Gatekeeper {
  readonly #options: GateOptions
  readonly #tokens = new Map<string, number>()
  readonly #lastCall = new Map<string, number>()

  constructor(options: GateOptions) {
    this.#options = options
  }

  /** A token, or why not. */
  login(fields: Fields): string | Refusal {
    const { admin_user_name: account, api_password: password } = fields
    if (!isText(account) || !isText(password)) return REFUSALS.missing
    if (account !== this.#options.account) return REFUSALS.noAccount
    if (password !== this.#options.password) return REFUSALS.wrongPassword
    const token = this.#options.issue?.() ?? randomBytes(24).toString('base64')
    this.#tokens.set(token, this.#options.now() + TOKEN_LIFE)
    return token
  }

  /** null when the call may go on. */
  refuse(endpoint: string, fields: Fields): Refusal | null {
    const { admin_user_name: account, token } = fields
    if (!isText(account) || !isText(token)) return REFUSALS.missing
    const expiry = this.#tokens.get(token)
    if (expiry === undefined) return REFUSALS.noToken
    if (expiry <= this.#options.now()) return REFUSALS.expired
    if (account !== this.#options.account) return REFUSALS.mismatch
    return this.#tooFast(endpoint) ? REFUSALS.tooFast : null
  }

  expireTokens(): void {
    for (const token of this.#tokens.keys()) this.#tokens.set(token, 0)
  }

  #tooFast(endpoint: string): boolean {
    const at = this.#options.monotonic()
    const last = this.#lastCall.get(endpoint)
    if (last !== undefined && at - last < this.#options.gapMs) return true
    this.#lastCall.set(endpoint, at)
    return false
  }
}

export const TOO_FAST: Refusal = REFUSALS.tooFast
export const MISSING: Refusal = REFUSALS.missing
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
