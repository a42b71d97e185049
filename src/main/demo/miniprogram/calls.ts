import { sign, signedText } from '#main/lan/request/signature.ts'
import { BASES } from '#main/lan/request/route.ts'
import type { FieldValue, Side } from '#main/lan/endpoint.ts'
import { because, Trouble } from './trouble.ts'
import { DEMO_CREDENTIALS } from '../charging/credentials.ts'

const ANSWER_WITHIN = 15_000
/** calls that are shown */
const SHOWN = 12

/** One call as it went, for whoever writes a mini-program. */
export interface Said {
  readonly side: Side
  readonly name: string
  readonly url: string
  readonly request: string
  /** what was signed, the jam code as ● */
  readonly signed: string
  readonly answer: string
  readonly code: number
}

/** The service refused; its words. */
export class Refused extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

export type Params = Readonly<Record<string, FieldValue>>

/** Signs and calls as a mini-program does. */
export class Calls {
  readonly said: Said[] = []
  readonly #lanUrl: () => string | null
  readonly #now: () => number

  constructor(lanUrl: () => string | null, now: () => number) {
    this.#lanUrl = lanUrl
    this.#now = now
  }

  /** The first object of a list, or the page; throws Refused. */
  async one(side: Side, name: string, params: Params = {}): Promise<Readonly<Record<string, unknown>>> {
    const data = await this.data(side, name, params)
    const found: unknown = Array.isArray(data) ? data[0] : data
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {}
  }

  /** `data` whole; throws Refused, also where only ResultInfo says so (H-18). */
  async data(side: Side, name: string, params: Params = {}): Promise<unknown> {
    const base = this.#lanUrl()
    if (base === null) throw new Trouble('lanOff')
    const url = `${base}${BASES[side]}${name}`
    const { appId, appKey } = DEMO_CREDENTIALS[side]
    const timestamp = Math.floor(this.#now() / 1000)
    const fields = new Map<string, FieldValue>(Object.entries({ appId, appKey, timestamp, ...params }))
    const signed = { fields, lexemes: () => new Map<string, string>() }
    const signature = sign(signed, DEMO_CREDENTIALS.jam)
    const request = JSON.stringify({ ...Object.fromEntries(fields), signature })
    const answer = await send(url, request)
    const parsed = JSON.parse(answer) as { code: number; message: string; data: unknown }
    this.said.unshift({
      side,
      name,
      url,
      request,
      answer,
      code: parsed.code,
      signed: `${signedText(signed, { name: '', order: 'sorted', numbers: 'plain', empties: 'signed' }, '')}●`,
    })
    this.said.length = Math.min(this.said.length, SHOWN)
    if (parsed.code !== 0) throw new Refused(parsed.code, parsed.message)
    const [first] = Array.isArray(parsed.data) ? (parsed.data as unknown[]) : []
    const info = (first ?? {}) as { result?: unknown; reason?: unknown }
    if (info.result === 1) throw new Refused(0, String(info.reason))
    return parsed.data
  }
}

async function send(url: string, body: string): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    })
    return await response.text()
  } catch (error) {
    throw new Trouble('unreachable', because(error))
  }
}
