import { ProviderFailure, type WxAuthProvider } from '#core/charging/providers.ts'
import { HttpFailure, type Http, type HttpAnswer } from '#core/ports.ts'
import { SECOND } from '#shared/time.ts'
import { z } from '#shared/z.ts'
import type { Side } from '../endpoint.ts'

const WECHAT = 'https://api.weixin.qq.com'
const CONNECT_WITHIN = 4 * SECOND
const ANSWER_WITHIN = 8 * SECOND
const MOST_BYTES = 64 * 1024

/** A mini-program as WeChat knows it; null: a part of it is not set. */
export interface WechatApp {
  readonly appId: string
  readonly secret: string
}

/** The code is no good, or whoever sent it is held for a fraud: another log-in may do. */
export const CODE_REFUSED = [40029, 40163, 40226]
/** WeChat itself says: later. */
export const BUSY = [-1, 45009, 45011]

/** What `jscode2session` answers, right or wrong. */
export const answered = z.object({
  openid: z.string().min(1).max(128).optional(),
  session_key: z.string().optional(),
  errcode: z.int().optional(),
  errmsg: z.string().optional(),
})

interface Parts {
  readonly http: Http
  readonly baseUrl?: string | undefined
  readonly app: (side: Side) => WechatApp | null
}

/** The real `jscode2session` (U-03). */
export function codeSession({ http, baseUrl, app }: Parts): WxAuthProvider {
  return {
    kind: 'wechat',
    appId: (side) => app(side)?.appId ?? null,
    async login(side, jsCode) {
      const known = app(side)
      if (known === null)
        throw new ProviderFailure('notConfigured', `the ${side} mini-program has no secret here`)
      return readSession(await ask(http, addressOf(baseUrl, known, jsCode)))
    },
  }
}

export function addressOf(baseUrl: string | undefined, { appId, secret }: WechatApp, jsCode: string): string {
  const query = new URLSearchParams({
    appid: appId,
    secret,
    js_code: jsCode,
    grant_type: 'authorization_code',
  })
  return `${(baseUrl ?? WECHAT).replace(/\/+$/, '')}/sns/jscode2session?${query}`
}

export async function ask(http: Http, url: string): Promise<HttpAnswer> {
  try {
    return await http.send({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      connectTimeoutMs: CONNECT_WITHIN,
      totalTimeoutMs: ANSWER_WITHIN,
      maxBytes: MOST_BYTES,
    })
  } catch (error) {
    // its message names no address: that would be the secret
    if (error instanceof HttpFailure)
      throw new ProviderFailure('unreachable', `WeChat: ${error.kind}`, { cause: error })
    throw error
  }
}

function readSession({ status, body }: HttpAnswer): { openId: string; sessionKey: string } {
  if (status !== 200) throw new ProviderFailure('unreachable', `WeChat answered with status ${status}`)
  const parsed = answered.safeParse(jsonOf(body))
  if (!parsed.success) throw new ProviderFailure('unreachable', 'WeChat answered what is no session')
  const { openid, session_key: sessionKey, errcode = 0, errmsg = '' } = parsed.data
  if (errcode !== 0) throw new ProviderFailure(kindOf(errcode), `WeChat: ${errcode} ${errmsg}`)
  if (openid === undefined || sessionKey === undefined || Buffer.from(sessionKey, 'base64').length !== 16)
    throw new ProviderFailure('unreachable', 'WeChat answered what is no session')
  return { openId: openid, sessionKey }
}

function kindOf(errcode: number): ProviderFailure['kind'] {
  if (CODE_REFUSED.includes(errcode)) return 'refused'
  return BUSY.includes(errcode) ? 'unreachable' : 'notConfigured'
}

export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return null
  }
}
