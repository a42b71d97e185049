import { cbc } from '@noble/ciphers/aes.js'

/** AES-128: key and start value of so many bytes each. */
const BLOCK = 16

interface Told {
  readonly purePhoneNumber?: unknown
  readonly phoneNumber?: unknown
  readonly watermark?: { readonly appid?: unknown } | null
}

/**
 * The phone number in what WeChat encrypted for a session (U-01): AES-128-CBC with PKCS#7, everything base64. Null for
 * anything that is not WeChat's: a wrong key, a changed text, the watermark of another app.
 */
export function decryptPhone(
  given: { readonly encrypted: string; readonly iv: string; readonly sessionKey: string },
  appId: string | null,
): string | null {
  const told = open(given)
  if (told === null) return null
  if (appId !== null && told.watermark?.appid !== appId) return null
  const phone = told.purePhoneNumber ?? told.phoneNumber
  return typeof phone === 'string' || typeof phone === 'number' ? String(phone).trim() : null
}

function open({ encrypted, iv, sessionKey }: Parameters<typeof decryptPhone>[0]): Told | null {
  const [key, start, data] = [sessionKey, iv, encrypted].map((text) => Buffer.from(text, 'base64'))
  if (!key || !start || !data || key.length !== BLOCK || start.length !== BLOCK) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(cbc(key, start).decrypt(data))
    const told: unknown = JSON.parse(text)
    return typeof told === 'object' && told !== null ? told : null
  } catch {
    return null
  }
}
