import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { SiteSettings } from '#shared/contract/profile.ts'

type Payment = NonNullable<NonNullable<SiteSettings['lan']>['payment']>
export type WechatPaySettings = Extract<Payment, { kind: 'wechatpay' }>

export interface MerchantKeys {
  /** signs what we send */
  readonly own: KeyObject
  /** verifies what WeChat Pay answers */
  readonly platform: KeyObject
  /** of the platform's certificate; null where its bare public key is used, whose answers carry an id of their own */
  readonly platformSerial: string | null
  /** when that certificate begins and ends, epoch ms; null for a bare key */
  readonly platformValid: { readonly from: number; readonly until: number } | null
}

/** What is wrong with a file or a key, as a screen says it: i18n key `lan.provider.found.<code>`. */
export type KeyFault =
  | 'fileMissing'
  | 'fileUnreadable'
  | 'notPrivateKey'
  | 'certificateInstead'
  | 'privateKeyInstead'
  | 'notPlatformKey'
  | 'ownKeyInstead'
  | 'weakKey'
  | 'apiV3Length'

/** Something of the settings cannot be used; `path` names which. */
export class KeyProblem extends Error {
  readonly path: string
  readonly fault: KeyFault
  readonly data: Readonly<Record<string, string | number>>

  constructor(
    at: { readonly path: string; readonly fault: KeyFault; readonly data?: KeyProblem['data'] },
    message: string,
    options?: ErrorOptions,
  ) {
    super(`lan.payment.${at.path}: ${message}`, options)
    this.name = 'KeyProblem'
    this.path = at.path
    this.fault = at.fault
    this.data = at.data ?? {}
  }
}

const LEAST_BITS = 2048

type Files = Pick<WechatPaySettings, 'privateKeyFile' | 'platformKeyFile'>

/** Reads both files; throws KeyProblem, which never says what stands in them. */
export function readKeys({ privateKeyFile, platformKeyFile }: Files): MerchantKeys {
  const own = readOwnKey(privateKeyFile)
  return { own, ...readPlatformKey(platformKeyFile, own) }
}

/** The merchant's own key (apiclient_key.pem). */
export function readOwnKey(file: string): KeyObject {
  const path = 'privateKeyFile'
  const pem = textOf(path, file)
  if (pem.includes('BEGIN CERTIFICATE'))
    throw new KeyProblem(
      { path, fault: 'certificateInstead', data: { file } },
      `${file} is a certificate, not the private key`,
    )
  return keyOf({ path, file, fault: 'notPrivateKey' }, 'a PEM private key of the merchant', () =>
    createPrivateKey(pem),
  )
}

/** The platform's certificate or bare public key; `own` shows where the merchant's was taken for it. */
export function readPlatformKey(file: string, own: KeyObject | null): Omit<MerchantKeys, 'own'> {
  const path = 'platformKeyFile'
  const pem = textOf(path, file)
  if (pem.includes('PRIVATE KEY'))
    throw new KeyProblem(
      { path, fault: 'privateKeyInstead', data: { file } },
      `${file} is a private key, not the platform's`,
    )
  const fault = 'notPlatformKey'
  const certificate = pem.includes('BEGIN CERTIFICATE') ? certificateOf(file, pem) : null
  const what = 'a PEM public key or certificate of WeChat Pay'
  const platform = keyOf({ path, file, fault }, what, () => certificate?.publicKey ?? createPublicKey(pem))
  if (own !== null && createPublicKey(own).equals(platform))
    throw new KeyProblem(
      { path, fault: 'ownKeyInstead', data: { file } },
      `${file} is the merchant's own, not the platform's`,
    )
  if (certificate === null) return { platform, platformSerial: null, platformValid: null }
  const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
  return { platform, platformSerial: certificate.serialNumber, platformValid: { from, until } }
}

function certificateOf(file: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    const at = { path: 'platformKeyFile', fault: 'notPlatformKey', data: { file } } as const
    throw new KeyProblem(at, `${file} is no certificate that can be read`, { cause: error })
  }
}

function keyOf(
  { path, file, fault }: { path: string; file: string; fault: KeyFault },
  what: string,
  read: () => KeyObject,
): KeyObject {
  let key: KeyObject
  try {
    key = read()
  } catch (error) {
    throw new KeyProblem({ path, fault, data: { file } }, `${file} is not ${what}`, { cause: error })
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < LEAST_BITS)
    throw new KeyProblem(
      { path, fault: 'weakKey', data: { file, bits } },
      `${file} is no RSA key of at least ${LEAST_BITS} bits`,
    )
  return key
}

function textOf(path: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    const fault = reason === 'ENOENT' ? 'fileMissing' : 'fileUnreadable'
    throw new KeyProblem({ path, fault, data: { file, reason } }, `${file} cannot be read (${reason})`, {
      cause: error,
    })
  }
}

/** The API v3 key opens notifications; 32 characters of ASCII. */
export function checkApiV3Key(key: string | null | undefined): void {
  if (typeof key !== 'string' || Buffer.byteLength(key) === 32) return
  const length = Buffer.byteLength(key)
  throw new KeyProblem(
    { path: 'apiV3Key', fault: 'apiV3Length', data: { length } },
    'the API v3 key has 32 characters',
  )
}
