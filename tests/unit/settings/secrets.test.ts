import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyWrap } from '#core/ports.ts'
import { redactor } from '#core/redact.ts'
import { seal, unseal } from '#core/settings/index.ts'
import { createKeyFile } from '#main/adapters/key-file.ts'
import { openSetUpDesk, screen, type Desk, type DeskOptions } from '../../fixtures/desk.ts'
import { memoryWrap } from '../../fixtures/key-wraps.ts'

const PATH = 'upstreams.imr.password'
const PASSWORD = 'correct-horse-battery'
const at = screen('desk')
let desk: Desk
let keys: string

const using = (...keyWraps: KeyWrap[]): DeskOptions => ({ ports: { keyWraps } })
const update = (changes: Record<string, unknown>) => desk.call(at, 'settings.update', { changes })
const restart = async (options: DeskOptions) => {
  desk = await desk.restart(options)
  await desk.call(at, 'operators.signIn', { name: 'Ada', pin: '482913' })
}
const rows = (table: string) => desk.test.store.site.sql.statement(`SELECT * FROM ${table}`).all()
const codes = () => desk.settings.problems().map(({ code }) => code)

beforeEach(async () => {
  keys = mkdtempSync(join(tmpdir(), 'sitedesk-keys-'))
  desk = await openSetUpDesk(using(createKeyFile(keys)))
})
afterEach(async () => {
  await desk.close()
  rmSync(keys, { recursive: true, force: true })
})

describe('a secret', () => {
  it('opens after a restart, and is told to the redactor', async () => {
    expect(await update({ [PATH]: PASSWORD })).toEqual({ changed: [PATH] })
    expect(desk.settings.secret(PATH)).toBe(PASSWORD)
    await restart(using(createKeyFile(keys)))
    expect(desk.settings.secret(PATH)).toBe(PASSWORD)
    expect(redactor.text(`login with ${PASSWORD} failed`)).not.toContain(PASSWORD)
  })

  it('stands nowhere in the data folder in clear, nor in answers, nor in the audit log', async () => {
    await update({ [PATH]: PASSWORD, 'upstreams.imr.account': 'marker-account' })
    const bytes = readdirSync(desk.test.directory)
      .map((name) => readFileSync(join(desk.test.directory, name)).toString('latin1'))
      .join('')
    expect(bytes).toContain('marker-account')
    expect(bytes).not.toContain(PASSWORD)
    expect(bytes).not.toContain(Buffer.from(PASSWORD).toString('base64').slice(0, 20))
    const shown = await desk.call(at, 'settings.get', {})
    expect(shown.secretsSet).toEqual([PATH])
    expect(shown.values.upstreams?.imr).not.toHaveProperty('password')
    const audit = await desk.call(at, 'audit.list', {})
    expect(JSON.stringify([shown, audit, desk.settings.values()])).not.toContain(PASSWORD)
    expect(audit.rows[0]).toMatchObject({ operation: 'settings.update', outcome: 'ok' })
  })

  it('is taken away by null', async () => {
    await update({ [PATH]: PASSWORD })
    expect(await update({ [PATH]: null })).toEqual({ changed: [PATH] })
    expect([desk.settings.secret(PATH), rows('secret')]).toEqual([null, []])
    expect((await desk.call(at, 'settings.get', {})).secretsSet).toEqual([])
  })

  it('is encrypted anew each time', async () => {
    await update({ [PATH]: PASSWORD })
    const [first] = rows('secret')
    await update({ [PATH]: PASSWORD })
    expect(rows('secret')[0]?.nonce).not.toEqual(first?.nonce)
  })

  it('does not open on another path, with another key, or changed by one bit', async () => {
    const key = new Uint8Array(32).fill(1)
    const sealed = seal(key, PATH, PASSWORD, new Uint8Array(24).fill(2))
    expect(unseal(key, PATH, sealed)).toBe(PASSWORD)
    expect(unseal(key, 'upstreams.campus.password', sealed)).toBeNull()
    expect(unseal(new Uint8Array(32), PATH, sealed)).toBeNull()
    const bent = Uint8Array.from(sealed.cipher, (byte, i) => (i === 0 ? byte ^ 1 : byte))
    expect(unseal(key, PATH, { ...sealed, cipher: bent })).toBeNull()
  })

  it('copied to another row is refused there, and can be entered again', async () => {
    await update({ [PATH]: PASSWORD, 'upstreams.campus.password': 'another-one' })
    await desk.test.store.site.write(() =>
      desk.test.store.site.sql.exec(
        `UPDATE secret SET (nonce, cipher) = (SELECT nonce, cipher FROM secret WHERE path = '${PATH}')
         WHERE path = 'upstreams.campus.password'`,
      ),
    )
    await restart(using(createKeyFile(keys)))
    expect(desk.settings.secret(PATH)).toBe(PASSWORD)
    expect(() => desk.settings.secret('upstreams.campus.password')).toThrow(
      expect.objectContaining({ code: 'SECRETS_LOCKED' }),
    )
    expect(desk.settings.problems()).toContainEqual({
      code: 'SECRETS_LOCKED',
      data: { paths: ['upstreams.campus.password'] },
    })
    await update({ 'upstreams.campus.password': 'another-one' })
    await restart(using(createKeyFile(keys)))
    expect(desk.settings.secret('upstreams.campus.password')).toBe('another-one')
  })
})

describe('the wrong key', () => {
  const replaceKeyFile = () => writeFileSync(join(keys, 'secret.key'), new Uint8Array(32).fill(9))

  it('locks the secrets and leaves wraps and rows as they are', async () => {
    await update({ [PATH]: PASSWORD })
    const before = [rows('key_wrap'), rows('secret')]
    const keyFile = readFileSync(join(keys, 'secret.key'))
    replaceKeyFile()
    await restart(using(createKeyFile(keys), memoryWrap('osKeyStore', 1)))
    expect(() => desk.settings.secret(PATH)).toThrow(expect.objectContaining({ code: 'SECRETS_LOCKED' }))
    expect(desk.settings.secret('upstreams.campus.password')).toBeNull()
    expect(desk.settings.problems()).toContainEqual({ code: 'SECRETS_LOCKED', data: { paths: [PATH] } })
    expect((await desk.call(at, 'settings.get', {})).secretsSet).toEqual([PATH])
    expect([rows('key_wrap'), rows('secret')]).toEqual(before)

    writeFileSync(join(keys, 'secret.key'), keyFile)
    await restart(using(createKeyFile(keys)))
    expect(desk.settings.secret(PATH)).toBe(PASSWORD)
  })

  it('lets the secret be entered for this run, and keeps the locked one', async () => {
    await update({ [PATH]: PASSWORD })
    const before = [rows('key_wrap'), rows('secret')]
    const keyFile = readFileSync(join(keys, 'secret.key'))
    replaceKeyFile()
    await restart(using(createKeyFile(keys)))
    await update({ [PATH]: 'entered-again' })
    expect(desk.settings.secret(PATH)).toBe('entered-again')
    expect([rows('key_wrap'), rows('secret')]).toEqual(before)
    expect(codes()).toContain('SECRETS_LOCKED')
    writeFileSync(join(keys, 'secret.key'), keyFile)
    await restart(using(createKeyFile(keys)))
    expect(desk.settings.secret(PATH)).toBe(PASSWORD)
  })

  it('is noticed even when a key store gives a key of the right size', async () => {
    await update({ [PATH]: PASSWORD })
    const liar: KeyWrap = {
      kind: 'keyFile',
      wrap: () => Promise.resolve(new Uint8Array(72)),
      unwrap: () => Promise.resolve(new Uint8Array(32)),
    }
    const before = rows('secret')
    await restart(using(liar))
    expect(codes()).toContain('SECRETS_LOCKED')
    await update({ 'upstreams.campus.password': 'under-the-wrong-key' })
    expect(rows('secret')).toEqual(before)
  })

  it('never makes a second key for a file that has secrets but lost its wraps', async () => {
    await update({ [PATH]: PASSWORD })
    await desk.test.store.site.write(() => desk.test.store.site.sql.exec('DELETE FROM key_wrap'))
    await restart(using(createKeyFile(keys)))
    expect([codes(), rows('key_wrap')]).toEqual([['SECRETS_LOCKED'], []])
  })
})

describe('the wraps', () => {
  it('are added where one is new, and any of them opens', async () => {
    await update({ [PATH]: PASSWORD })
    expect(codes()).toEqual(['KEY_FILE_ONLY'])
    await restart(using(createKeyFile(keys), memoryWrap('osKeyStore', 1)))
    expect((await desk.call(at, 'settings.get', {})).keyProtection.toSorted()).toEqual([
      'keyFile',
      'osKeyStore',
    ])
    expect(codes()).toEqual([])
    rmSync(join(keys, 'secret.key'))
    await restart(using(createKeyFile(keys), memoryWrap('osKeyStore', 1)))
    expect(desk.settings.secret(PATH)).toBe(PASSWORD)
  })

  it('are left alone by a key store that is off or fails', async () => {
    await update({ [PATH]: PASSWORD })
    const broken: KeyWrap = {
      kind: 'passphrase',
      wrap: () => Promise.reject(new Error('no agent')),
      unwrap: () => Promise.reject(new Error('no agent')),
    }
    await restart(using(broken, memoryWrap('osKeyStore', 1, { available: false }), createKeyFile(keys)))
    expect(desk.settings.secret(PATH)).toBe(PASSWORD)
    expect(rows('key_wrap')).toHaveLength(1)
  })

  it('are written once', async () => {
    const wrap = memoryWrap('osKeyStore', 1)
    await restart(using(createKeyFile(keys), wrap))
    await restart(using(createKeyFile(keys), wrap))
    expect(wrap.calls).toEqual(['wrap', 'unwrap'].slice(0, wrap.calls.length))
    expect(wrap.calls.filter((call) => call === 'wrap')).toHaveLength(1)
  })

  it('are missing where nothing can keep a key: secrets live until the program ends', async () => {
    await desk.close()
    desk = await openSetUpDesk(using())
    await update({ [PATH]: PASSWORD })
    expect([desk.settings.secret(PATH), codes(), rows('secret')]).toEqual([PASSWORD, ['SECRETS_LOCKED'], []])
  })
})

describe('a secret of the config file', () => {
  const profile = { upstreams: { imr: { password: 'from-the-file' } } }

  it('wins at each start, is stored encrypted and is read-only', async () => {
    await update({ [PATH]: PASSWORD })
    await restart({ ...using(createKeyFile(keys)), options: { profile } })
    expect(desk.settings.secret(PATH)).toBe('from-the-file')
    const shown = await desk.call(at, 'settings.get', {})
    expect([shown.fixed, shown.secretsSet]).toEqual([[PATH], [PATH]])
    expect(shown.values.upstreams?.imr).not.toHaveProperty('password')
    await expect(update({ [PATH]: 'mine' })).rejects.toMatchObject({
      code: 'FIXED_BY_FILE',
      data: { path: PATH },
    })
    await restart(using(createKeyFile(keys)))
    expect(desk.settings.secret(PATH)).toBe('from-the-file')
  })

  it('is not written again at every start', async () => {
    const options = { ...using(createKeyFile(keys)), options: { profile } }
    await restart(options)
    const before = rows('secret')
    await restart(options)
    expect(rows('secret')).toEqual(before)
  })

  it('holds while the stored ones are locked', async () => {
    await update({ [PATH]: PASSWORD })
    rmSync(join(keys, 'secret.key'))
    await restart({ ...using(createKeyFile(keys)), options: { profile } })
    expect(desk.settings.secret(PATH)).toBe('from-the-file')
    expect(codes()).toContain('SECRETS_LOCKED')
  })
})
