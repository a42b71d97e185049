import { createDecipheriv, sign, verify, type KeyObject } from 'node:crypto'
import { SECOND } from '#shared/time.ts'

/** WeChat Pay v3: RSA with SHA-256 over lines, each with a line feed at its end. */
const SCHEME = 'WECHATPAY2-SHA256-RSA2048'
/** An answer or a notification that is older was kept by somebody (WeChat Pay's own limit). */
export const FRESH_FOR_S = 300

const lines = (...parts: readonly string[]): string => parts.map((part) => `${part}\n`).join('')

const signed = (key: KeyObject, text: string): string =>
  sign('RSA-SHA256', Buffer.from(text), key).toString('base64')

export interface Merchant {
  readonly mchId: string
  /** of the merchant's certificate, upper-case hex */
  readonly serialNo: string
  readonly key: KeyObject
}

/** `path` with its query, as it is sent. */
export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body: string
  /** epoch ms */
  readonly at: number
  readonly nonce: string
}

/** The `Authorization` header of a request. */
export function authorization({ mchId, serialNo, key }: Merchant, request: Outgoing): string {
  const { method, path, body, nonce } = request
  const timestamp = String(Math.floor(request.at / SECOND))
  const signature = signed(key, lines(method, path, timestamp, nonce, body))
  const fields = { mchid: mchId, nonce_str: nonce, signature, timestamp, serial_no: serialNo }
  const said = Object.entries(fields).map(([name, value]) => `${name}="${value}"`)
  return `${SCHEME} ${said.join(',')}`
}

/** What `wx.requestPayment` needs beside the package (U-26). */
export function payerSign(
  key: KeyObject,
  { appId, at, nonce, prepayId }: { appId: string; at: number; nonce: string; prepayId: string },
): { package: string; extra: Record<'timeStamp' | 'nonceStr' | 'signType' | 'paySign', string> } {
  const timeStamp = String(Math.floor(at / SECOND))
  const pack = `prepay_id=${prepayId}`
  const paySign = signed(key, lines(appId, timeStamp, nonce, pack))
  return { package: pack, extra: { timeStamp, nonceStr: nonce, signType: 'RSA', paySign } }
}

/** lower-case names */
export type Headers = Readonly<Record<string, string>>

export type Doubt = 'unsigned' | 'otherKey' | 'stale' | 'wrongSignature'

/** What is wrong with an answer or a notification; null: WeChat Pay said it, now, and exactly this. */
export function doubtOf(
  platform: { key: KeyObject; serial: string | null },
  { headers, body }: { headers: Headers; body: string },
  now: number,
): Doubt | null {
  const timestamp = headers['wechatpay-timestamp'] ?? ''
  const nonce = headers['wechatpay-nonce'] ?? ''
  const signature = headers['wechatpay-signature'] ?? ''
  if (timestamp === '' || nonce === '' || signature === '') return 'unsigned'
  const serial = headers['wechatpay-serial'] ?? ''
  if (platform.serial !== null && serial.toUpperCase() !== platform.serial.toUpperCase()) return 'otherKey'
  const text = Buffer.from(lines(timestamp, nonce, body))
  const given = Buffer.from(signature, 'base64')
  if (!verify('RSA-SHA256', text, platform.key, given)) return 'wrongSignature'
  const age = Math.abs(now / SECOND - Number(timestamp))
  return age <= FRESH_FOR_S ? null : 'stale'
}

/** Encrypted part of a notification. */
export interface Resource {
  readonly ciphertext: string
  readonly nonce: string
  readonly associated_data?: string | undefined
}

const TAG_BYTES = 16

/** AES-256-GCM, its tag at the end; null for what the key does not open. */
export function openResource(
  apiV3Key: string,
  { ciphertext, nonce, associated_data = '' }: Resource,
): string | null {
  const sealed = Buffer.from(ciphertext, 'base64')
  if (sealed.length < TAG_BYTES || Buffer.byteLength(apiV3Key) !== 32) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', apiV3Key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(associated_data))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    const plain = [decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]
    return Buffer.concat(plain).toString('utf8')
  } catch {
    return null
  }
}
