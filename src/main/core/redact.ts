/** What stands in place of a secret. */
export const REDACTED = '[redacted]'

/**
 * Takes secrets out of whatever leaves the program: log lines, errors, the audit log, diagnostics (F-37,
 * C-05). Known by their key, or, once learnt, by their value wherever it stands.
 */
export interface Redactor {
  text(text: string): string
  /** the same shape with secrets replaced; never changes what it was given */
  value(value: unknown): unknown
  /** a password, token or key now in use: replaced as itself, as base64 and URL-encoded */
  learn(secret: string): void
}

const SECRET_KEY =
  /^(?:[\w.-]*[._-])?(?:token|access_?token|api_?password|password|passwd|pwd|app_?key|api_?v3_?key|secret|app_?secret|http_?jam|jam(?:_?code)?|authorization|(?:set-)?cookie|pins?|passphrase|data_?key|bank_?code|session|bearer|signature)$/i
const PHONE_KEY = /^(?:[\w.-]*[._-])?(?:phone(?:_?number|_?no)?|mobile|tel)$/i

/** `"token": "x"`, `token=x`, `token: x`; the value ends at a quote, comma, brace, ampersand or blank. */
const KEY_IN_TEXT =
  /((?:["']?)\b(?:token|access_?token|api_?password|password|passwd|app_?key|api_?v3_?key|secret|http_?jam|jam(?:_?code)?|pin|passphrase|data_?key|bank_?code|cookie)\b(?:\\?["']?)\s*[:=]\s*)(\\?"(?:[^"\\]|\\[^"])*\\?"|'[^']*'|[^\s,;&}\])"']+)/gi
const AUTHORIZATION =
  /\b(authorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic)\s+)?|bearer\s+)[\w.~+/=-]{4,}/gi
/** A Chinese mobile number that stands alone, not the middle of a longer number (meters have 12 digits). */
const PHONE = /(?<![\w.-])(1[3-9]\d)\d{4}(\d{4})(?![\w.-])/g

const MOBILE = /^1\d{10}$/
const MASKED = /^(?:1\d{2})?\*{4}\d{0,4}(?:~\d{1,6})?$/

/** Shorter values would take ordinary words out of every line. */
const SHORTEST = 4
/** Tokens follow one another every two hours; the oldest are long dead. */
const MOST = 100
const DEEPEST = 12

export function createRedactor(): Redactor {
  const learnt = new Set<string>()
  let pattern: RegExp | null = null

  const withoutLearnt = (text: string) => {
    if (learnt.size === 0) return text
    pattern ??= patternOf(learnt)
    return text.replace(pattern, REDACTED)
  }
  const text = (raw: string) =>
    withoutLearnt(raw)
      .replace(KEY_IN_TEXT, (_, key: string, value: string) => key + inQuotesOf(value))
      .replace(AUTHORIZATION, `$1${REDACTED}`)
      .replace(PHONE, '$1****$2')
  const value = (raw: unknown) => redactValue(raw, text, 0)

  return {
    text,
    value,
    learn(secret) {
      if (secret.length < SHORTEST) return
      learnt.delete(secret)
      learnt.add(secret)
      if (learnt.size > MOST) learnt.delete(learnt.values().next().value ?? '')
      pattern = null
    },
  }
}

function inQuotesOf(value: string): string {
  const quote = /^(?:\\?"|')/.exec(value)?.[0] ?? ''
  return quote + REDACTED + quote
}

function redactValue(raw: unknown, text: (raw: string) => string, depth: number): unknown {
  if (typeof raw === 'string') return text(raw)
  if (raw === null || typeof raw !== 'object') return raw
  if (depth >= DEEPEST) return REDACTED
  if (raw instanceof Error) return text(raw.stack ?? raw.message)
  if (ArrayBuffer.isView(raw)) return `[${raw.byteLength} bytes]`
  if (Array.isArray(raw)) return raw.map((item) => redactValue(item, text, depth + 1))
  return Object.fromEntries(
    Object.entries(raw).map(([key, item]) => [key, redactField(key, item, text, depth)]),
  )
}

function redactField(key: string, item: unknown, text: (raw: string) => string, depth: number): unknown {
  const empty = item === null || item === undefined || item === '' || typeof item === 'boolean'
  if (!empty && SECRET_KEY.test(key)) return REDACTED
  if (PHONE_KEY.test(key) && (typeof item === 'string' || typeof item === 'number'))
    return maskPhone(`${item}`)
  return redactValue(item, text, depth + 1)
}

/** `138****5678`; of any other number its end, a third of it and four digits at most, of less than 7 nothing (W-25) */
export function maskPhone(phone: string): string {
  if (MASKED.test(phone)) return phone
  if (MOBILE.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(-4)}`
  const kept = phone.length < 7 ? 0 : Math.min(4, Math.floor(phone.length / 3))
  return `****${phone.slice(phone.length - kept)}`
}

function patternOf(secrets: ReadonlySet<string>): RegExp {
  const forms = new Set([...secrets].flatMap(formsOf))
  const longestFirst = [...forms].toSorted((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map((form) => escape(form)).join('|'), 'g')
}

const escape = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)

function formsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret).slice(1, -1)
  return [secret, escaped, encodeURIComponent(secret), formEncoded(secret), ...base64Forms(secret)]
}

const formEncoded = (secret: string) => new URLSearchParams({ s: secret }).toString().slice(2)

/**
 * Base64 of the secret alone and of the secret inside something longer: the characters that do not depend
 * on what stands before and after it, at each of the three alignments (the vendor's token is such a thing).
 */
function base64Forms(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret)
  return [0, 1, 2].flatMap((lead) => {
    const text = btoa(String.fromCharCode(...new Uint8Array(lead), ...bytes))
    const start = Math.ceil((lead * 8) / 6)
    const end = Math.floor(((lead + bytes.length) * 8) / 6)
    const core = text.slice(start, end)
    return core.length > SHORTEST ? [core, core.replaceAll('+', '-').replaceAll('/', '_')] : []
  })
}

/** The one redactor of the program: what one area learns is hidden by all. */
export const redactor: Redactor = createRedactor()
