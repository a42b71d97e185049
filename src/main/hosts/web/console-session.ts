import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A code opens the console once, within this time (interfaces §1). */
export const CODE_LIFE_MS = 30_000
/** Browsers that may be open at once; the oldest has to be opened anew. */
const MAX_SCREENS = 64
const MAX_CODES = 64

const secret = () => randomBytes(32).toString('base64url')
const digest = (value: string) => createHash('sha256').update(value).digest()

export interface ConsoleSessions {
  /** for scripts; stands in the ready line and nowhere else */
  readonly token: string
  readonly cookieName: string
  isToken(value: string): boolean
  issueCode(): string
  /** a cookie for a code, once; null when it is unknown, spent or too old */
  redeem(code: string): string | null
  /** a cookie without a code: for someone who showed the token */
  open(): string
  setCookie(value: string): string
  /** the screen that a Cookie header belongs to; null when it belongs to none */
  screenOf(header: string | undefined): string | null
}

/**
 * Who may see the console in a browser. `now` is monotonic ms. Codes and cookies are kept as digests, so that
 * looking one up takes no telling time. Cookies do not know ports, hence the port in the name.
 */
export function createConsoleSessions(port: number, now: () => number): ConsoleSessions {
  const token = secret()
  const tokenDigest = digest(token)
  const codes = new Map<string, number>()
  const screens = new Map<string, string>()
  const cookieName = `sitedesk_${port}`
  const keyOf = (value: string) => digest(value).toString('base64')
  const open = () => {
    const value = secret()
    if (screens.size >= MAX_SCREENS) screens.delete(screens.keys().next().value ?? '')
    screens.set(keyOf(value), `browser-${randomBytes(9).toString('base64url')}`)
    return value
  }
  return {
    token,
    cookieName,
    isToken: (value) => timingSafeEqual(digest(value), tokenDigest),
    issueCode() {
      const code = secret()
      if (codes.size >= MAX_CODES) codes.delete(codes.keys().next().value ?? '')
      codes.set(keyOf(code), now() + CODE_LIFE_MS)
      return code
    },
    redeem(code) {
      const key = keyOf(code)
      const until = codes.get(key)
      codes.delete(key)
      return until !== undefined && now() <= until ? open() : null
    },
    open,
    setCookie: (value) => `${cookieName}=${value}; HttpOnly; SameSite=Strict; Path=/`,
    screenOf(header) {
      const value = readCookie(header, cookieName)
      return value === null ? null : (screens.get(keyOf(value)) ?? null)
    },
  }
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}
