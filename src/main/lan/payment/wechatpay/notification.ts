import type { PaymentResult } from '#core/charging/providers.ts'
import { z } from '#shared/z.ts'
import type { MerchantKeys } from './keys.ts'
import { doubtOf, openResource, type Headers } from './sign.ts'
import { resultOf } from './transaction.ts'

const notification = z.object({
  event_type: z.string(),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string(),
    nonce: z.string(),
    associated_data: z.string().optional(),
  }),
})

interface Merchant {
  readonly mchId: string
  readonly apiV3Key: string
  readonly keys: MerchantKeys
}

/**
 * What a notification says of a payment, verified and decrypted; null: it is not WeChat Pay's, or of nothing that we
 * know. Nothing receives any yet: a desk on a LAN has no address to be notified at, and asks for results.
 */
export function readNotification(
  { mchId, apiV3Key, keys }: Merchant,
  { headers, body }: { headers: Headers; body: string },
  now: number,
): (PaymentResult & { reference: string }) | null {
  const platform = { key: keys.platform, serial: keys.platformSerial }
  if (doubtOf(platform, { headers, body }, now) !== null) return null
  const parsed = notification.safeParse(jsonOf(body))
  if (!parsed.success) return null
  const plain = openResource(apiV3Key, parsed.data.resource)
  return plain === null ? null : resultOf(jsonOf(plain), { mchId })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
