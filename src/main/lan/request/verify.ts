import { CODE, Refusal } from '#core/charging/refusal.ts'
import type { Side } from '../endpoint.ts'
import type { Body } from './body.ts'
import { verifySignature, type Match, type SignatureRules } from './signature.ts'

export interface Credential {
  readonly appId: string
  readonly appKey: string
}

/** Who may call, as the settings say now. An empty list: nobody on that side. */
export interface Keys {
  readonly user: readonly Credential[]
  readonly manager: readonly Credential[]
  /** the HTTP jam code, shared by both sides; null: not set */
  readonly jam: string | null
}

export interface VerifyRules extends SignatureRules {
  /** seconds either way; 0: the time is not looked at (H-11) */
  readonly toleranceS: number
}

const COMMON = ['appId', 'appKey', 'timestamp', 'signature'] as const

/** Ten digits are seconds, thirteen milliseconds (H-11). */
const MILLISECONDS_FROM = 100_000_000_000

/** Seconds of a timestamp; null: no whole number. */
export function timestampOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) return null
  return number >= MILLISECONDS_FROM ? Math.floor(number / 1000) : number
}

/** `yyyy-MM-dd HH:mm:ss` of the desk, for a phone with a wrong clock. */
export type SayTime = (at: number) => string

/**
 * The common part of H-16, in its order: common fields (3), credentials of this side (4), time (1), signature (2).
 * Throws Refusal; answers how it was signed.
 */
export function verify(
  body: Body,
  side: Side,
  { keys, rules, now, sayTime }: { keys: Keys; rules: VerifyRules; now: number; sayTime: SayTime },
): Match {
  const { fields } = body
  for (const name of COMMON) {
    const value = fields.get(name)
    if (value === undefined || value === null || value === '')
      throw new Refusal(CODE.parameter, `缺少参数 ${name}`)
  }
  const timestamp = timestampOf(fields.get('timestamp'))
  if (timestamp === null) throw new Refusal(CODE.parameter, '参数 timestamp 应为 UNIX 秒')
  if (keys[side].length === 0 || keys.jam === null)
    throw new Refusal(CODE.unknownCaller, '服务尚未设置应用凭据')
  const appId = String(fields.get('appId'))
  const appKey = String(fields.get('appKey'))
  if (!keys[side].some((known) => known.appId === appId && known.appKey === appKey))
    throw new Refusal(CODE.unknownCaller, '应用身份未认证')
  if (rules.toleranceS > 0 && Math.abs(Math.floor(now / 1000) - timestamp) > rules.toleranceS)
    throw new Refusal(CODE.timestamp, `时间戳错误，服务器时间 ${sayTime(now)}`)
  const match = verifySignature(body, keys.jam, rules)
  if (match === null) throw new Refusal(CODE.signature, '签名错误')
  return match
}
