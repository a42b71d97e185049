import type { InstallerKind } from '#shared/contract/updates.ts'

export interface Fetching {
  readonly from: { readonly url: string } | { readonly path: string }
  /** goes on where this file ends */
  readonly target: string
  /** bytes of the whole; more is never written */
  readonly size: number
  readonly onBytes: (received: number) => void
  readonly signal: AbortSignal
}

/** Why a file did not come whole. What came is kept, but for `wrong`. */
export type FetchFailureKind = 'unreachable' | 'redirect' | 'notFound' | 'truncated' | 'tooLarge' | 'storage'

export class FetchFailure extends Error {
  readonly kind: FetchFailureKind

  constructor(kind: FetchFailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FetchFailure'
    this.kind = kind
  }
}

/** What updates need of the computer, and of the host that runs the core. */
export interface UpdateHost {
  /** Ed25519, 32 bytes as base64, compiled in; null: no updates */
  readonly publicKey: string | null
  readonly platform: string
  readonly arch: string
  /** what this copy was installed from */
  readonly kind: InstallerKind
  verify(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean
  /** streams, so that an installer never stands in memory; rejects with FetchFailure */
  fetchFile(fetching: Fetching): Promise<void>
  /** hex, of a file as it is read from the disk */
  sha256(path: string): Promise<string>
  /** starts an installer and ends the program soon; null: by hand */
  readonly install: ((path: string, prove: Prove) => Promise<void>) | null
}

/**
 * Rejects for a file that is not what was signed, and where the program may not go now. To be asked about the very
 * file that is started, out of reach of others, as the last thing before that.
 */
export type Prove = (path: string) => Promise<void>
