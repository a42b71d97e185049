import type { FieldValue, Side } from '../endpoint.ts'
import { encodeDigest, md5, signedText, type Encoding } from '../request/signature.ts'
import { BASES } from '../request/route.ts'
import { DESCRIBED, type Described } from './endpoints.ts'

/** Whom a call is made as. */
export interface Caller {
  readonly appId: string
  readonly appKey: string
  readonly jam: string
}

export interface Wish {
  readonly endpoint: Described
  /** as they were typed */
  readonly params: ReadonlyMap<string, string>
  readonly caller: Caller
  /** UNIX seconds */
  readonly timestamp: number
  readonly order: 'sorted' | 'timestampLast'
  readonly encoding: Encoding
  readonly body: 'json' | 'form'
}

export interface Prepared {
  readonly path: string
  readonly contentType: string
  readonly body: string
  /** `body` without the application's key */
  readonly shown: string
  /** what is signed, without the application's key and the jam code */
  readonly signed: string
  readonly signature: string
}

/** In any case, with or without its side's path (H-25). */
export function findEndpoint(text: string): Described | null {
  const [side, name = ''] = splitSide(text)
  const wanted = name.toLowerCase()
  return (
    DESCRIBED.find((one) => one.name.toLowerCase() === wanted && (side === null || one.side === side)) ?? null
  )
}

function splitSide(text: string): [Side | null, string | undefined] {
  const side = (['user', 'manager'] as const).find((one) =>
    text.toLowerCase().includes(BASES[one].toLowerCase()),
  )
  return [side ?? null, text.replace(/\/$/, '').split('/').at(-1)]
}

/** Signs a call as a mini-program does. */
export function prepare({ endpoint, params, caller, timestamp, order, encoding, body }: Wish): Prepared {
  const fields = new Map<string, FieldValue>([
    ['appId', caller.appId],
    ['appKey', caller.appKey],
    ['timestamp', timestamp],
    ...[...params].map(([name, value]) => [name, valueOf(endpoint, name, value)] as const),
  ])
  const reading = { name: '', order, numbers: 'plain', empties: 'signed' } as const
  const text = (of: Map<string, FieldValue>, jam: string) =>
    signedText({ fields: of, lexemes: () => new Map() }, reading, jam)
  const signature = encodeDigest(md5(text(fields, caller.jam)), encoding)
  const hidden = new Map(fields).set('appKey', HIDDEN)
  return {
    path: `${BASES[endpoint.side]}${endpoint.name}`,
    contentType: body === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
    body: written(new Map(fields).set('signature', signature), body),
    shown: written(hidden.set('signature', signature), body, true),
    signed: `${text(new Map(fields).set('appKey', HIDDEN), '')}${HIDDEN}`,
    signature,
  }
}

const HIDDEN = '●'

/** Numbers as JavaScript has them; what is none is sent as it was typed, for the service to refuse. */
function valueOf({ params }: Described, name: string, value: string): FieldValue {
  const type = params.find((param) => param.name === name)?.type ?? 'string'
  const number = Number(value)
  return type !== 'string' && value.trim() !== '' && Number.isFinite(number) ? number : value
}

function written(fields: ReadonlyMap<string, FieldValue>, body: 'json' | 'form', readable = false): string {
  if (body === 'json') return JSON.stringify(Object.fromEntries(fields))
  const text = new URLSearchParams([...fields].map(([name, value]) => [name, String(value)])).toString()
  return readable ? decodeURIComponent(text.replaceAll('+', ' ')) : text
}
