import { describe, expect, it } from 'vitest'
import { createOsKeyStore, type SafeStorageLike } from '#main/hosts/electron/os-key-store.ts'

function storage(backend: string, available = true): SafeStorageLike {
  return {
    isEncryptionAvailable: () => available,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`sealed:${text}`)),
    decryptStringAsync(blob) {
      const text = blob.toString()
      if (!text.startsWith('sealed:')) return Promise.reject(new Error('cannot be opened'))
      return Promise.resolve({ result: text.slice('sealed:'.length) })
    },
  }
}
const key = Uint8Array.from({ length: 32 }, (_, n) => n * 7)

describe('the OS key store', () => {
  it('gives back the key it kept', async () => {
    const wrap = createOsKeyStore(storage('gnome_libsecret'))
    const blob = await wrap.wrap(key)
    expect(await wrap.unwrap(blob ?? new Uint8Array())).toEqual(key)
  })

  it('counts as none where Electron would only pretend', async () => {
    for (const none of [storage('basic_text'), storage('kwallet6', false)]) {
      expect(await createOsKeyStore(none).wrap(key)).toBeNull()
      expect(await createOsKeyStore(none).unwrap(key)).toBeNull()
    }
  })

  it('says that it cannot open what is not its own', async () => {
    expect(await createOsKeyStore(storage('kwallet6')).unwrap(key)).toBeNull()
  })
})
