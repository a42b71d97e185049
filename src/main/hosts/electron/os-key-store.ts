import type { KeyWrap } from '#core/ports.ts'

/** The part of Electron's safeStorage that is used; tests bring their own. */
export interface SafeStorageLike {
  isEncryptionAvailable(): boolean
  /** Linux only */
  getSelectedStorageBackend?(): string
  encryptStringAsync(text: string): Promise<Buffer>
  decryptStringAsync(blob: Buffer): Promise<{ result: string }>
}

/**
 * Keeps the data key in the OS key store. Where Linux has none, Electron would encrypt with a fixed password
 * (`basic_text`): that is no protection, so this wrap says that it cannot be used (design §3).
 */
export function createOsKeyStore(storage: SafeStorageLike): KeyWrap {
  const usable = () =>
    storage.isEncryptionAvailable() && storage.getSelectedStorageBackend?.() !== 'basic_text'
  return {
    kind: 'osKeyStore',
    async wrap(key) {
      if (!usable()) return null
      const blob = await storage.encryptStringAsync(Buffer.from(key).toString('base64'))
      return new Uint8Array(blob)
    },
    async unwrap(blob) {
      if (!usable()) return null
      try {
        const { result } = await storage.decryptStringAsync(Buffer.from(blob))
        return new Uint8Array(Buffer.from(result, 'base64'))
      } catch {
        return null
      }
    },
  }
}
