import { SETUP_STEPS } from '../setup.ts'
import { z } from '../z.ts'
import { ALARM_RULES } from '../alarms.ts'
import { ruleValues, severity } from './alarms.ts'
import { retentionRules } from './retention.ts'
import { operatorName, phone, pin } from './operators.ts'
import { role, zone } from './define.ts'

/**
 * The site profile: the shape of `--config FILE` and of what the settings screen changes (interfaces §2).
 * Every object is strict, so that a misspelt key is refused with its path.
 */
const interval = z.int().min(0).max(60_000)
const baseUrl = z
  .string()
  .trim()
  .refine((text) => {
    if (!URL.canParse(text)) return false
    const url = new URL(text)
    return (
      (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === ''
    )
  }, 'an http or https address without user and password')
const secret = z.string().min(1).max(4096)
const text = z.string().max(400)

const recovery = z.strictObject({
  pollMs: z.array(z.int().min(100)).min(1).max(20).optional(),
  notAppliedAfter: z.strictObject({ polls: z.int().min(1), spanMs: z.int().min(0) }).optional(),
})

export const campusProfile = z.strictObject({
  baseUrl: baseUrl.optional(),
  account: text.optional(),
  password: secret.optional(),
  minIntervalMs: interval.optional(),
  rechargeType: z.int().min(1).max(99).optional(),
  orderPrefix: z
    .string()
    .regex(/^[A-Za-z0-9]{3}$/, 'three letters or digits')
    .optional(),
  recovery: recovery.optional(),
})

export const imrProfile = z.strictObject({
  baseUrl: baseUrl.optional(),
  account: text.optional(),
  password: secret.optional(),
  minIntervalMs: interval.optional(),
  bodyEncoding: z.enum(['json', 'form']).optional(),
  dailyTypeCode: z.string().min(1).max(10).optional(),
  limiterScope: z.enum(['endpoint', 'account']).optional(),
  recovery: recovery.optional(),
})

// A secret is always optional: the file may name the account and a person gives the secret on the screen.
const waterAuth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bearer'), token: secret.optional() }),
  z.strictObject({ kind: z.literal('basic'), user: text, password: secret.optional() }),
  z.strictObject({ kind: z.literal('header'), name: text, value: secret.optional() }),
  z.strictObject({ kind: z.literal('query'), name: text, value: secret.optional() }),
])

export const waterProfile = z.strictObject({
  baseUrl: baseUrl.optional(),
  auth: waterAuth.optional(),
  minIntervalMs: interval.optional(),
  /** rows a page is asked for; the server may give fewer (W-13, W-14) */
  pageSize: z.int().min(1).max(1000).optional(),
  /** hosts besides the vendor's own that flow charts may be fetched from (I-29, W-26) */
  imageHosts: z.array(z.string().trim().toLowerCase().min(1).max(253)).max(50).optional(),
  /** codes of collectors whose jobs are asked for one by one: no answer names a collector (W-16) */
  collectors: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
  recovery: recovery.optional(),
})

const appPair = z.strictObject({ appId: text, appKey: secret.optional() })
const wechatApp = z.strictObject({ appId: text, secret: secret.optional() })

const wechat = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('simulator') }),
  z.strictObject({
    kind: z.literal('wechat'),
    baseUrl: baseUrl.optional(),
    manager: wechatApp.optional(),
    user: wechatApp.optional(),
  }),
])

const payment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offline') }),
  z.strictObject({
    kind: z.literal('wechatpay'),
    mchId: text,
    serialNo: text,
    privateKeyFile: text,
    apiV3Key: secret.optional(),
    platformKeyFile: text,
    baseUrl: baseUrl.optional(),
    /** WeChat Pay insists on one; results are asked for, so nobody needs to answer there */
    notifyUrl: baseUrl.optional(),
  }),
])

const wechatAppValues = z.strictObject({ appId: text.optional(), secret: secret.optional() })

/** What a form holds of WeChat while it is filled in. */
export const wechatValues = z.strictObject({
  baseUrl: baseUrl.optional(),
  manager: wechatAppValues.optional(),
  user: wechatAppValues.optional(),
})

/** What a form holds of WeChat Pay while it is filled in. */
export const paymentValues = z.strictObject({
  mchId: text.optional(),
  serialNo: text.optional(),
  privateKeyFile: text.optional(),
  apiV3Key: secret.optional(),
  platformKeyFile: text.optional(),
  baseUrl: baseUrl.optional(),
  notifyUrl: baseUrl.optional(),
})

/** Credentials that go on working for a while after new ones came (H-13). */
const previousPair = z.strictObject({ appId: text, appKey: secret.optional(), until: z.int().min(0) })

const addresses = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()])
const subnet = z
  .string()
  .trim()
  .refine((given) => addresses.safeParse(given).success, 'a subnet such as 192.168.1.0/24')

const lan = z.strictObject({
  enabled: z.boolean().optional(),
  host: z.string().min(1).max(253).optional(),
  port: z.int().min(0).max(65_535).optional(),
  manager: appPair.optional(),
  user: appPair.optional(),
  httpJam: secret.optional(),
  wechat: wechat.optional(),
  payment: payment.optional(),
  perAddressPerSecond: z.int().min(0).max(10_000).optional(),
  /** H-26: only callers of these subnets are answered, and this computer; none: all local networks */
  sources: z.array(subnet).max(50).optional(),
  signature: z
    .strictObject({
      order: z.enum(['any', 'sorted', 'timestampLast']).optional(),
      encoding: z.enum(['any', 'hex', 'raw']).optional(),
    })
    .optional(),
  timestampToleranceS: z.int().min(0).max(86_400).optional(),
  requireSession: z.boolean().optional(),
  coinFen: z.int().min(1).max(100_000).optional(),
  cashOutServiceBp: z.int().min(0).max(10_000).optional(),
  /** U-11: a number of an order together with a page is refused (code 3) instead of the page being left aside */
  strictPaging: z.boolean().optional(),
  /** U-18: `ydm` puts the day before the month, as the document's letters do */
  systemTimeFormat: z.enum(['ymd', 'ydm']).optional(),
  /** U-10: what an unpaid order has for its time of payment, and all else that has not happened yet */
  missingTime: z.enum(['empty', 'null']).optional(),
  /** U-02 */
  sessionHours: z.int().min(1).max(8760).optional(),
  /** U-02: sessions that are none, from one address in a minute; then 429. 0: no limit */
  failedSessionsPerMinute: z.int().min(0).max(10_000).optional(),
  /** U-23 */
  cancelWithinS: z.int().min(0).max(86_400).optional(),
  /** U-25 */
  paymentMinutes: z.int().min(1).max(1440).optional(),
  /** */
  portReportS: z.int().min(0).max(3600).optional(),
  /** U-28 */
  mostCoins: z.int().min(1).max(1_000_000).optional(),
  previous: z.strictObject({ user: previousPair.optional(), manager: previousPair.optional() }).optional(),
})

const adapter = z
  .string()
  .refine(
    (t) => t === 'system' || t === 'demo' || Number(/^tcp:\/\/[^\s/:]+:(\d{1,5})$/.exec(t)?.[1]) <= 65_535,
    'system, demo or tcp://HOST:PORT',
  )

/** Short or long, in any case, with or without dashes. */
const uuid = z
  .string()
  .refine(
    (text) => /^([0-9a-f]{4}|[0-9a-f]{8}|[0-9a-f]{32})$/i.test(text.replaceAll('-', '')),
    'a Bluetooth UUID',
  )

const bluetooth = z.strictObject({
  adapter: adapter.optional(),
  /** B-11: ms for a connection, for what the charger offers, and for each reply */
  connectMs: z.int().min(1000).max(60_000).optional(),
  discoveryMs: z.int().min(1000).max(60_000).optional(),
  replyMs: z.int().min(200).max(30_000).optional(),
  /** B-20: a charger's clock that differs by more seconds is set */
  clockToleranceS: z.int().min(1).max(3600).optional(),
  /** most minutes that an installer switches a port on for, without an order */
  installerMinutes: z.int().min(1).max(60).optional(),
  /** B-08: looked for before what the desk knows by itself */
  layout: z.strictObject({ service: uuid, write: uuid, notify: uuid }).optional(),
})

/** Which host, as it stands in an address, with a port where it has one. */
const host = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/, 'a host, with a port where it has one')

/** Images of camera meters: where they may come from, how many are kept, which of them a person must see. */
const camera = z.strictObject({
  /** hosts that pictures may come from beside the vendor's own (I-29) */
  imageHosts: z.array(host).max(50).optional(),
  /** pictures kept on this computer, in MiB and in days; the oldest go first */
  cacheMb: z.int().min(0).max(1_000_000).optional(),
  imageDays: z.int().min(1).max(3660).optional(),
  /** how far back the review goes */
  reviewDays: z.int().min(1).max(3660).optional(),
  /** a register that grows by more in a day is looked at */
  maxPerDay: z.number().min(0).max(1_000_000).optional(),
  /** a register that stands still for so many days is looked at */
  unchangedDays: z.int().min(1).max(3660).optional(),
})

/** Attendance: hours after which something is loud; nothing is ever invented. */
const attendance = z.strictObject({
  /** a request to start that nobody answered */
  pendingHours: z.int().min(1).max(720).optional(),
  /** a shift that has not ended */
  forgottenHours: z.int().min(1).max(720).optional(),
  /** a longer shift is ended only with a confirmation */
  longShiftHours: z.int().min(1).max(720).optional(),
})

/** The second place of the backups; its passphrase is given on the screen and never stored. */
const backups = z.strictObject({
  second: z.strictObject({ folder: z.string().trim().min(1).max(1000).optional() }).optional(),
})

/** The desktop's automation API (interfaces §3); the browser host always has one. Port 0 takes any free one. */
const automation = z
  .strictObject({ enabled: z.boolean().optional(), port: z.int().min(0).max(65_535).optional() })
  .optional()

const channel = {
  enabled: z.boolean().optional(),
  /** nothing less severe is sent there */
  from: severity.optional(),
  /** without the key: that is a secret of its own */
  url: baseUrl.optional(),
}

/** Alarms: what is watched, and who is told. No address has a default. */
const alarms = z.strictObject({
  /** of messages and of the system's notices; screens have their own */
  language: z.enum(['zh-CN', 'en']).optional(),
  desktop: z.strictObject({ enabled: z.boolean().optional(), from: severity.optional() }).optional(),
  webhook: z.strictObject({ ...channel, token: secret.optional() }).optional(),
  /** a group robot of 企业微信 */
  wecom: z.strictObject({ ...channel, key: secret.optional() }).optional(),
  /** http to other computers; to this one it is always allowed */
  allowPlainHttp: z.boolean().optional(),
  rules: z
    .strictObject(
      Object.fromEntries(ALARM_RULES.map((rule) => [rule, ruleValues.optional()])) as Record<
        (typeof ALARM_RULES)[number],
        z.ZodOptional<typeof ruleValues>
      >,
    )
    .optional(),
})

/** What can be set, by the file or on the screen. */
export const siteSettings = z.strictObject({
  siteName: z.string().max(80).optional(),
  zone: zone.optional(),
  autoLockMinutes: z.int().min(0).max(720).optional(),
  sync: z
    .strictObject({
      /** minutes between runs by itself; 0 = only by hand */
      everyMinutes: z.int().min(0).max(10_080).optional(),
      /** how far back the first run goes */
      historyDays: z.int().min(1).max(3660).optional(),
      /** days read again by every run, for meters that report late (I-42) */
      rereadDays: z.int().min(0).max(60).optional(),
    })
    .optional(),
  shifts: z
    .strictObject({
      /** a difference of the drawer above this must be explained; none is ever refused */
      reasonAboveFen: z.int().min(0).max(100_000).optional(),
    })
    .optional(),
  upstreams: z
    .strictObject({
      campus: campusProfile.optional(),
      imr: imrProfile.optional(),
      water: waterProfile.optional(),
    })
    .optional(),
  lan: lan.optional(),
  bluetooth: bluetooth.optional(),
  attendance: attendance.optional(),
  camera: camera.optional(),
  alarms: alarms.optional(),
  automation,
  /** the first hour; never in a file */
  setup: z
    .strictObject({
      /** where the wizard stands; absent: it is over */
      step: z.enum(SETUP_STEPS).optional(),
      /** what is still open is listed on Today */
      checklist: z.boolean().optional(),
    })
    .optional(),
  backups: backups.optional(),
  /** days that each kind of data is kept whole; 0: for ever */
  retention: retentionRules.optional(),
})
export type SiteSettings = z.infer<typeof siteSettings>

const profileOperators = z
  .array(z.strictObject({ name: operatorName, pin, roles: z.array(role).min(1), phone: phone.optional() }))
  .check(({ value, issues }) => {
    const names = value.map((operator) => operator.name.toLowerCase())
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) === i) continue
      issues.push({
        code: 'custom',
        message: 'a name that no other operator has',
        path: [i, 'name'],
        input: name,
      })
    }
  })

export const siteProfile = siteSettings
  .omit({ setup: true })
  .extend({ operators: profileOperators.optional() })
export type SiteProfile = z.infer<typeof siteProfile>

/**
 * Paths whose values are secrets: stored encrypted, never sent to a screen, redacted everywhere.
 */
export const SECRET_PATHS = [
  'upstreams.campus.password',
  'upstreams.imr.password',
  'upstreams.water.auth.token',
  'upstreams.water.auth.password',
  'upstreams.water.auth.value',
  'lan.manager.appKey',
  'lan.user.appKey',
  'lan.httpJam',
  'lan.previous.user.appKey',
  'lan.previous.manager.appKey',
  'lan.wechat.manager.secret',
  'lan.wechat.user.secret',
  'lan.payment.apiV3Key',
  'alarms.webhook.token',
  'alarms.wecom.key',
] as const
export type SecretPath = (typeof SECRET_PATHS)[number]
