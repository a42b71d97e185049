import { z } from '../z.ts'
import { paymentValues, wechatValues } from './profile.ts'
import { id, instant, nothing, page, paging, read, write } from './define.ts'

const side = z.enum(['user', 'manager'])

export const lanState = z.enum(['off', 'starting', 'on', 'failed'])
export const lanStatus = z.object({
  state: lanState,
  /** reachable, never 0.0.0.0; null while off */
  url: z.string().nullable(),
  /** why it failed: i18n key `lan.problem.<code>` */
  problem: z.object({ code: z.string(), data: z.record(z.string(), z.unknown()).optional() }).nullable(),
  /** another port that is free, when this one is taken */
  otherPort: z.int().nullable(),
  host: z.string(),
  port: z.int(),
  /** requests in the last minute, and the addresses they came from */
  lastMinute: z.object({ requests: z.int(), refused: z.int(), addresses: z.array(z.string()) }),
  wechat: z.enum(['none', 'wechat', 'simulator']),
  payment: z.enum(['offline', 'wechatpay']),
  /** credentials that are missing: the service refuses everybody on that side */
  missing: z.array(z.enum(['user', 'manager', 'httpJam'])),
  /** the published keys of the documents are in use (H-13) */
  publishedKeys: z.array(z.enum(['user', 'manager', 'httpJam'])),
  /** the old credentials of a side still work until then */
  rotating: z.array(z.object({ side, until: instant })),
  /** how networks that know mDNS call this computer, `….local`; null where it has no name fit for it */
  mdnsName: z.string().nullable(),
  cards: z.array(z.object({ name: z.string(), address: z.string(), loopback: z.boolean() })),
  /** demo only: the page on this computer that plays both mini-programs */
  miniProgramUrl: z.string().nullable(),
})
export type LanStatus = z.infer<typeof lanStatus>

const expected = z.object({
  /** `sorted plain signed`: the order, how numbers are written, what an empty value does */
  variant: z.string(),
  /** what is signed, secrets hidden, the jam code as ● */
  text: z.string(),
  value: z.string(),
  /** the 16 bytes themselves in base64, where that is accepted too */
  raw: z.string().nullable(),
})

/** One request as the inspector shows it; phones, keys and secrets are redacted. */
export const lanRequest = z.object({
  id,
  at: instant,
  side: side.nullable(),
  endpoint: z.string(),
  address: z.string(),
  status: z.int(),
  code: z.int().nullable(),
  ms: z.number(),
  /** answered from the store (H-12) */
  replayed: z.boolean(),
})
export const lanRequestDetail = lanRequest.extend({
  encoding: z.string(),
  parameters: z.array(z.object({ name: z.string(), value: z.string() })),
  signature: z.object({
    given: z.string(),
    /** the variant that matched: `sorted hex`, …; null when none did */
    variant: z.string().nullable(),
    /** every variant that is accepted, the one that is sent first */
    expected: z.array(expected),
    /** the text whose digest came: the accepted one, or the one a known mistake makes; null: not found */
    signed: z.string().nullable(),
    /** what is wrong, as codes, what matters most first: i18n key `lan.hint.<code>` */
    hints: z.array(z.object({ code: z.string(), data: z.record(z.string(), z.unknown()).optional() })),
  }),
  timestampSkewS: z.int().nullable(),
  answer: z.string(),
})

/** What a test of WeChat or of WeChat Pay found at one step. */
export const providerStep = z.object({
  step: z.enum(['user', 'manager', 'merchant', 'payer', 'privateKey', 'platformKey', 'apiV3Key', 'answer']),
  /** `attention`: it works, for now or in part */
  state: z.enum(['good', 'attention', 'bad']),
  /** i18n key `lan.provider.found.<code>` with its values */
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).optional(),
})
export type ProviderStep = z.infer<typeof providerStep>

const access = ['supervisor', 'installer'] as const

export const lan = {
  'lan.start': write({
    access: ['supervisor'],
    summary: 'Starts the service.',
    input: nothing,
    output: lanStatus,
  }),
  'lan.stop': write({
    access: ['supervisor'],
    summary: 'Stops the service.',
    input: nothing,
    output: lanStatus,
  }),
  'lan.status': read({
    access: 'operator',
    summary: 'How the service is.',
    input: nothing,
    output: lanStatus,
  }),
  'lan.requests': read({
    access,
    summary: 'The newest requests, newest first.',
    input: z.strictObject({
      ...paging,
      side: side.optional(),
      endpoint: z.string().max(40).optional(),
      code: z.int().optional(),
      failed: z.boolean().optional(),
      address: z.string().max(60).optional(),
      /** only this one and those before it: a screen that stands still */
      upTo: id.optional(),
    }),
    output: page(lanRequest),
  }),
  'lan.request': read({
    access,
    summary: 'One request whole: what was signed, what was expected, what was answered.',
    input: z.strictObject({ id }),
    output: lanRequestDetail,
  }),
  'lan.sign': read({
    access,
    summary:
      'The signature calculator: every accepted signature of these parameters with the credentials of a side.',
    input: z.strictObject({
      side,
      parameters: z.array(z.object({ name: z.string().max(60), value: z.string().max(2000) })).max(40),
    }),
    output: z.object({
      expected: z.array(expected),
    }),
  }),
  'lan.testProvider': read({
    access: ['admin'],
    summary:
      'Looks over WeChat or WeChat Pay as they are set, asks them where `ask` says so, and says step by step what is ' +
      'wrong. Nothing is ordered and nobody logged in by it; values not given are those stored.',
    input: z.strictObject({
      provider: z.enum(['wechat', 'payment']),
      ask: z.boolean(),
      wechat: wechatValues.optional(),
      payment: paymentValues.optional(),
    }),
    output: z.object({ ok: z.boolean(), steps: z.array(providerStep) }),
  }),
  'lan.openapi': read({
    access: 'operator',
    summary: 'The service as an OpenAPI document, for who writes a mini-program.',
    input: nothing,
    output: z.object({ name: z.string(), json: z.string() }),
  }),
  'lan.rotate': write({
    access: ['admin'],
    summary: 'New credentials for a side; the old ones go on working for so many hours.',
    input: z.strictObject({
      side,
      appId: z.string().trim().min(1).max(200).optional(),
      appKey: z.string().trim().min(1).max(200).optional(),
      overlapHours: z
        .int()
        .min(0)
        .max(24 * 90),
    }),
    output: z.object({ appId: z.string(), /** shown once */ appKey: z.string(), until: instant }),
  }),
}
