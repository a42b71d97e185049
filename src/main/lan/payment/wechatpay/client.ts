import { ProviderFailure } from '#core/charging/providers.ts'
import { HttpFailure, type Clock, type Http, type HttpAnswer, type Random } from '#core/ports.ts'
import { SECOND } from '#shared/time.ts'
import { z } from '#shared/z.ts'
import type { MerchantKeys } from './keys.ts'
import { authorization, doubtOf, type Doubt } from './sign.ts'

const WECHAT_PAY = 'https://api.mch.weixin.qq.com'
const CONNECT_WITHIN = 5 * SECOND
const ANSWER_WITHIN = 10 * SECOND
const MOST_BYTES = 256 * 1024

export interface ClientParts {
  readonly http: Http
  readonly clock: Pick<Clock, 'now'>
  readonly random: Pick<Random, 'bytes'>
  readonly mchId: string
  readonly serialNo: string
  readonly keys: MerchantKeys
  readonly baseUrl?: string | undefined
}

/** A verified answer. `code`: WeChat Pay's own word for an error; empty when there is none. */
export interface Answer {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly json: unknown
}

/** Why nothing is known, as a screen says it: i18n key `lan.provider.found.<code>`. */
export class WechatPayFailure extends ProviderFailure {
  readonly code: string
  readonly data: Readonly<Record<string, string | number>>

  constructor(
    kind: ProviderFailure['kind'],
    found: { readonly code: string; readonly data?: WechatPayFailure['data'] },
    message: string,
    options?: ErrorOptions,
  ) {
    super(kind, message, options)
    this.code = found.code
    this.data = found.data ?? {}
  }
}

const error = z.object({ code: z.string().default(''), message: z.string().default('') })

/** One signed request and its verified answer; ProviderFailure where nobody can tell what became of it. */
export class WechatPayClient {
  readonly #parts: ClientParts
  readonly #base: string

  constructor(parts: ClientParts) {
    this.#parts = parts
    this.#base = (parts.baseUrl ?? WECHAT_PAY).replace(/\/+$/, '')
  }

  nonce(): string {
    return Buffer.from(this.#parts.random.bytes(16)).toString('hex').toUpperCase()
  }

  async send(method: 'GET' | 'POST', path: string, content?: object): Promise<Answer> {
    const { mchId, serialNo, keys, clock } = this.#parts
    const body = content === undefined ? '' : JSON.stringify(content)
    const url = new URL(this.#base + path)
    // a base with a path of its own is part of what is signed
    const signedPath = url.pathname + url.search
    const header = authorization(
      { mchId, serialNo, key: keys.own },
      { method, path: signedPath, body, at: clock.now(), nonce: this.nonce() },
    )
    const answer = await this.#exchange(method, url.href, body, header)
    return this.#read(answer)
  }

  async #exchange(method: 'GET' | 'POST', url: string, body: string, header: string): Promise<HttpAnswer> {
    try {
      return await this.#parts.http.send({
        method,
        url,
        headers: {
          authorization: header,
          accept: 'application/json',
          'user-agent': 'sitedesk',
          ...(body !== '' && { 'content-type': 'application/json' }),
        },
        ...(body !== '' && { body }),
        connectTimeoutMs: CONNECT_WITHIN,
        totalTimeoutMs: ANSWER_WITHIN,
        maxBytes: MOST_BYTES,
      })
    } catch (failure) {
      if (failure instanceof HttpFailure)
        throw new WechatPayFailure('unreachable', { code: failure.kind }, `WeChat Pay: ${failure.kind}`, {
          cause: failure,
        })
      throw failure
    }
  }

  #read({ status, headers, body }: HttpAnswer): Answer {
    const text = new TextDecoder().decode(body)
    const json = jsonOf(text)
    const { code, message } = error.catch({ code: '', message: '' }).parse(json)
    // who is not believed gets no signed answer: our own keys, serial or clock are wrong
    if (status === 401)
      throw new WechatPayFailure(
        'notConfigured',
        { code: 'notBelieved', data: { code, message } },
        `WeChat Pay refused us: ${code} ${message}`,
      )
    const { keys, clock } = this.#parts
    const doubt = doubtOf(
      { key: keys.platform, serial: keys.platformSerial },
      { headers, body: text },
      clock.now(),
    )
    if (doubt !== null)
      throw new WechatPayFailure(
        'unreachable',
        { code: doubt, data: { status } },
        `WeChat Pay, status ${status}: ${DOUBTS[doubt]}`,
      )
    // 429 and 5xx: it may have been done or not
    if (status >= 500 || status === 429)
      throw new WechatPayFailure(
        'unreachable',
        { code: 'busy', data: { status, message: `${code} ${message}` } },
        `WeChat Pay: status ${status} ${code} ${message}`,
      )
    return { status, code, message, json }
  }
}

const DOUBTS: Readonly<Record<Doubt, string>> = {
  unsigned: 'an answer without signature is not believed',
  otherKey: 'an answer signed by another key than that of platformKeyFile is not believed',
  stale: 'an answer of another time is not believed; is the clock of this computer right?',
  wrongSignature: 'an answer whose signature does not fit is not believed',
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
