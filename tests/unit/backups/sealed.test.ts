import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHUNK, PASSPHRASE_KDF, type SealingKey } from '#core/backups/sealed.ts'
import { sealFiles, unsealFile } from '#main/worker/sealed-files.ts'

let folder: string
let sealed: Buffer
const key: SealingKey = {
  key: new Uint8Array(32).fill(7),
  salt: new Uint8Array(16).fill(1),
  kdf: PASSPHRASE_KDF,
}
const at = (name: string) => join(folder, name)
/** Three chunks and a bit, in two files, so that a file ends inside a chunk. */
const plain = { 'site.db': Buffer.alloc(CHUNK * 2 + 1000), 'history.db': Buffer.alloc(CHUNK + 1) }
for (const [name, bytes] of Object.entries(plain))
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 31 + name.length) & 0xff

const seal = (target: string, names = Object.keys(plain), used = key) =>
  sealFiles({
    key: used,
    target,
    files: names.map((name) => ({ name, path: at(name) })),
    about: { dataKey: 'abc' },
  })
const open = (name: string, used: { key: Uint8Array } | { passphrase: string } = { key: key.key }) =>
  unsealFile({ path: at(name), with: used, directory: null })
const faultOf = (bytes: Uint8Array) => {
  writeFileSync(at('forged'), bytes)
  const opened = open('forged')
  return 'fault' in opened ? opened.fault : null
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-sealed-'))
  for (const [name, bytes] of Object.entries(plain)) writeFileSync(at(name), bytes)
  await seal(at('whole'))
  sealed = readFileSync(at('whole'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a sealed file', () => {
  it('gives back what went in, and says what it is about', () => {
    const to = mkdtempSync(join(folder, 'out-'))
    const opened = unsealFile({ path: at('whole'), with: { key: key.key }, directory: to })
    expect(opened).toMatchObject({
      index: { about: { dataKey: 'abc' }, entries: [{ name: 'site.db' }, { name: 'history.db' }] },
    })
    for (const [name, bytes] of Object.entries(plain))
      expect(readFileSync(join(to, name)).equals(bytes)).toBe(true)
  })

  it('holds nothing in clear, and never twice the same', async () => {
    expect(sealed.includes('dataKey')).toBe(false)
    expect(sealed.includes(plain['site.db'].subarray(0, 64))).toBe(false)
    await seal(at('again'))
    expect(readFileSync(at('again')).subarray(300, 400).equals(sealed.subarray(300, 400))).toBe(false)
  })

  it('does not open when it was cut off anywhere, or has more behind it', () => {
    const cuts = [
      0,
      1,
      15,
      16,
      19,
      100,
      200,
      400,
      sealed.length - CHUNK - 100,
      sealed.length - 17,
      sealed.length - 1,
    ]
    const boundary = sealed.length - ((plain['site.db'].length + plain['history.db'].length) % CHUNK) - 16
    for (const length of [...cuts, boundary, boundary - CHUNK - 16])
      expect(faultOf(sealed.subarray(0, length)), `cut at ${length}`).not.toBeNull()
    expect(faultOf(Buffer.concat([sealed, Buffer.alloc(1)]))).toBe('damaged')
  })

  it('does not open when two chunks changed places, or one was taken out', () => {
    const size = CHUNK + 16
    const start = sealed.length - (plain['site.db'].length + plain['history.db'].length) - 4 * 16
    const [one, two] = [sealed.subarray(start, start + size), sealed.subarray(start + size, start + 2 * size)]
    const [head, rest] = [sealed.subarray(0, start), sealed.subarray(start + 2 * size)]
    expect(faultOf(Buffer.concat([head, one, two, rest]))).toBeNull()
    expect(faultOf(Buffer.concat([head, two, one, rest]))).toBe('damaged')
    expect(faultOf(Buffer.concat([head, one, rest]))).toBe('damaged')
  })

  it('does not open when any byte was changed', () => {
    for (let i = 0; i < sealed.length; i += Math.ceil(sealed.length / 25)) {
      const forged = Buffer.from(sealed)
      forged[i] = (forged[i] ?? 0) ^ 0x01
      expect(faultOf(forged), `byte ${i}`).not.toBeNull()
    }
  })

  it('tells another key from another file', () => {
    expect(open('whole', { key: new Uint8Array(32) })).toEqual({ fault: 'wrongKey' })
    expect(open('site.db')).toEqual({ fault: 'notSealed' })
    expect(open('missing')).toEqual({ fault: 'unreadable' })
  })

  it('opens with the passphrase alone, however it was typed in Unicode', async () => {
    const { derivePassphrase } = await import('#main/worker/sealed-files.ts')
    const made = {
      ...key,
      key: derivePassphrase({ passphrase: 'caf\u00e9 at the gate', salt: key.salt, kdf: key.kdf }),
    }
    await seal(at('by-words'), ['history.db'], made)
    expect(open('by-words', { passphrase: 'cafe\u0301 at the gate' })).toMatchObject({ index: { about: {} } })
    expect(open('by-words', { passphrase: 'cafe at the gate' })).toEqual({ fault: 'wrongKey' })
  })

  it('leaves nothing behind when a file of it is gone', async () => {
    await expect(seal(at('half'), ['site.db', 'gone.db'])).rejects.toThrow(/ENOENT/)
    expect(readdirSync(folder).filter((name) => name.startsWith('half'))).toEqual([])
  })
})
