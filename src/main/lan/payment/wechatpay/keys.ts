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
}

/** Something of the settings cannot be used; `path` names which. */
export class KeyProblem extends Error {
  readonly path: string

  constructor(path: string, message: string, options?: ErrorOptions) {
    super(`lan.payment.${path}: ${message}`, options)
    this.name = 'KeyProblem'
    this.path = path
  }
}

const LEAST_BITS = 2048

/** Reads both files; throws KeyProblem, which never says what stands in them. */
export function readKeys({
  privateKeyFile,
  platformKeyFile,
}: Pick<WechatPaySettings, 'privateKeyFile' | 'platformKeyFile'>): MerchantKeys {
  const own = keyOf('privateKeyFile', privateKeyFile, 'a PEM private key of the merchant', createPrivateKey)
  const pem = textOf('platformKeyFile', platformKeyFile)
  if (pem.includes('PRIVATE KEY'))
    throw new KeyProblem('platformKeyFile', `${platformKeyFile} is a private key, not the platform's`)
  if (!pem.includes('BEGIN CERTIFICATE')) {
    const what = 'a PEM public key or certificate of WeChat Pay'
    return {
      own,
      platform: keyOf('platformKeyFile', platformKeyFile, what, createPublicKey),
      platformSerial: null,
    }
  }
  const certificate = certificateOf(platformKeyFile, pem)
  return { own, platform: certificate.publicKey, platformSerial: certificate.serialNumber }
}

function certificateOf(file: string, pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (error) {
    throw new KeyProblem('platformKeyFile', `${file} is no certificate that can be read`, { cause: error })
  }
}

function keyOf(path: string, file: string, what: string, read: (pem: string) => KeyObject): KeyObject {
  const pem = textOf(path, file)
  let key: KeyObject
  try {
    key = read(pem)
  } catch (error) {
    throw new KeyProblem(path, `${file} is not ${what}`, { cause: error })
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < LEAST_BITS)
    throw new KeyProblem(path, `${file} is no RSA key of at least ${LEAST_BITS} bits`)
  return key
}

function textOf(path: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new KeyProblem(path, `${file} cannot be read (${code})`, { cause: error })
  }
}

/** The API v3 key opens notifications; 32 characters of ASCII. */
export function checkApiV3Key(key: string | null | undefined): void {
  if (typeof key === 'string' && Buffer.byteLength(key) !== 32)
    throw new KeyProblem('apiV3Key', 'the API v3 key has 32 characters')
}
