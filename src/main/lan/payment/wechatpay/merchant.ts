import type { Merchant } from '#core/charging/providers.ts'
import { z } from '#shared/z.ts'
import { KeyProblem } from './keys.ts'

const kept = z.object({
  serialNo: z.string(),
  privateKeyFile: z.string(),
  platformKeyFile: z.string(),
  baseUrl: z.string().optional(),
})

export type KeyFiles = Pick<z.infer<typeof kept>, 'privateKeyFile' | 'platformKeyFile'>

/** What it takes to ask WeChat Pay as this merchant; the files stay where they are. */
export type KnownMerchant = z.infer<typeof kept> & Pick<Merchant, 'mchId'>

/** As it is remembered; the API v3 key is not needed to ask, and stays a secret. */
export function merchantOf(payment: KnownMerchant): Merchant {
  return { mchId: payment.mchId, settings: JSON.stringify(kept.parse(payment)) }
}

/** Throws KeyProblem for what another version kept. */
export function settingsOf({ mchId, settings }: Merchant): KnownMerchant {
  const read = kept.safeParse(JSON.parse(settings))
  if (read.success) return { mchId, ...read.data }
  const at = { path: 'mchId', fault: 'fileUnreadable' } as const
  throw new KeyProblem(at, `how merchant ${mchId} is reached is not known`)
}
