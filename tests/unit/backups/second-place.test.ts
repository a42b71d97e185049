import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBackups, type Backups } from '#core/backups/index.ts'
import type { Fact } from '#core/alarms/index.ts'
import { backupFailed } from '#core/alarms/sources/backups.ts'
import { createSettings } from '#core/settings/index.ts'
import type { CoreContext } from '#core/context.ts'
import { HOUR } from '#shared/time.ts'
import { callOf } from '../../fixtures/ledger-rows.ts'
import { AT_REST } from '../../fixtures/at-rest.ts'
import { inlineWorkers } from '../../fixtures/inline-workers.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'
import { memoryKey } from '../../fixtures/sync-site.ts'

const PASSPHRASE = 'correct horse battery'
let test: TestStore
let backups: Backups
let ctx: CoreContext
let stick: string
beforeEach(async () => {
  test = await openTestStore()
  stick = mkdtempSync(join(tmpdir(), 'sitedesk-stick-'))
  backups = await open()
})
afterEach(async () => {
  await backups.close()
  await test.close()
  rmSync(stick, { recursive: true, force: true })
})

async function open(): Promise<Backups> {
  ctx = testContext(test, { ports: { workers: inlineWorkers(), keyWraps: [memoryKey] } })
  return createBackups(ctx, {
    settings: await createSettings(ctx),
    operators: { count: () => 1 },
    ...AT_REST,
  })
}
const call = () => callOf(test, 'Wang', ['admin'])
const set = (folder: string | null = stick, passphrase?: string) =>
  backups.handlers['backups.setPlace'](call(), { folder, ...(passphrase ? { passphrase } : {}) })
const run = async () => {
  await test.clock.advance(60_000)
  return backups.handlers['backups.run'](call(), {})
}
const place = () => join(stick, readdirSync(stick).find((name) => name.startsWith('sitedesk-')) ?? 'none')
const there = () => readdirSync(place()).filter((name) => name.endsWith('.sealed'))
const second = () => backups.facts().second
const listed = async () =>
  (await backups.handlers['backups.list'](call(), { place: 'second' })).rows.map(({ name, state }) => ({
    name,
    state,
  }))

describe('the second place', () => {
  it('is refused in the data folder itself, however the folder is written', async () => {
    await run()
    const link = join(stick, 'link')
    symlinkSync(test.directory, link, 'junction')
    const own = join(test.directory, 'backups')
    for (const folder of [own, test.directory, `${own}/../backups/`, join(link, 'backups')]) {
      await expect(set(folder, PASSPHRASE), folder).rejects.toMatchObject({
        code: 'PLACE_UNUSABLE',
        data: { folder, problem: 'it lies in the data folder itself' },
      })
      expect(await backups.handlers['backups.tryPlace'](call(), { folder }), folder).toMatchObject({
        problem: 'inData',
        freeBytes: null,
      })
    }
    expect(second()).toMatchObject({ state: 'off', folder: null })
    expect(readdirSync(own).filter((name) => name.startsWith('sitedesk'))).toEqual([])
    // beside it, with a name that begins alike
    const beside = `${test.directory}-copies`
    mkdirSync(beside)
    try {
      expect(await set(beside, PASSPHRASE)).toMatchObject({ folder: beside })
    } finally {
      await expect.poll(() => second().state).toBe('ready')
      rmSync(beside, { recursive: true, force: true })
    }
  })

  it('holds every copy once more, sealed, and opens by itself or with the passphrase', async () => {
    expect(second()).toMatchObject({ state: 'off', folder: null })
    await set(stick, PASSPHRASE)
    await run()
    await expect.poll(() => there().length).toBe(1)
    await expect.poll(() => second().state).toBe('ready')
    await expect
      .poll(() => second())
      .toMatchObject({ folder: stick, lastCopyAt: test.clock.now(), message: null })
    const [{ name, state } = { name: '', state: '' }] = await listed()
    expect(state).toBe('good')
    const own = { place: 'second', name } as const
    expect(await backups.handlers['backups.check'](call(), { from: own })).toMatchObject({ ok: true })
    const elsewhere = { place: 'file', path: join(place(), name) } as const
    for (const [passphrase, ok] of [
      [PASSPHRASE, true],
      ['something else', false],
    ] as const) {
      const checked = backups.handlers['backups.check'](call(), { from: { ...elsewhere, passphrase } })
      if (ok) expect(await checked).toMatchObject({ ok: true })
      else
        await expect(checked).rejects.toMatchObject({ code: 'BACKUP_UNUSABLE', data: { reason: 'wrongKey' } })
    }
    expect(readdirSync(join(test.directory, 'backups', '.opened'))).toEqual([])
  })

  it('never stores the passphrase, in clear or otherwise, and goes on after a restart', async () => {
    await set(stick, PASSPHRASE)
    const rows = JSON.stringify(test.store.site.sql.statement('SELECT * FROM secret').all())
    const audited = JSON.stringify(call().notes)
    for (const text of [rows, audited, JSON.stringify(test.ports.log.recent())])
      expect(text).not.toContain(PASSPHRASE)
    await backups.close()
    backups = await open()
    await run()
    await expect.poll(() => there().length).toBe(1)
  })

  it('that is unplugged is absent since then, and is caught up with when it is back', async () => {
    await set(stick, PASSPHRASE)
    await run()
    await expect.poll(() => second().lastCopyAt).not.toBeNull()
    renameSync(stick, `${stick}-away`)
    const since = test.clock.now() + 60_000
    await run()
    await expect.poll(() => second()).toMatchObject({ state: 'absent', since })
    // an empty mount point is not the stick
    mkdirSync(stick)
    await run()
    await expect.poll(() => second()).toMatchObject({ state: 'absent', since })
    expect(readdirSync(stick)).toEqual([])
    rmSync(stick, { recursive: true })
    renameSync(`${stick}-away`, stick)
    await run()
    await expect.poll(() => there().length).toBe(4)
    await expect.poll(() => second().state).toBe('ready')
  })

  it('that is away counts on while the computer is switched off each night, and anew once it was there', async () => {
    const missed = () =>
      [...(backupFailed(test.clock, () => backups.facts()).facts(1) as Iterable<Fact>)].map(
        ({ subject }) => subject,
      )
    const nextMorning = async () => {
      await backups.close()
      await test.clock.advance(16 * HOUR)
      backups = await open()
      await run()
      await expect.poll(() => second().since).not.toBeNull()
      await test.clock.advance(7 * HOUR)
    }
    await set(stick, PASSPHRASE)
    await run()
    await expect.poll(() => second().state).toBe('ready')
    renameSync(stick, `${stick}-away`)
    await run()
    await expect.poll(() => second().state).toBe('absent')
    const { since } = second()
    expect(missed()).toEqual([])
    await nextMorning()
    expect(missed()).toEqual([])
    await nextMorning()
    expect(second()).toMatchObject({ state: 'absent', since })
    expect(missed()).toEqual(['second'])
    renameSync(`${stick}-away`, stick)
    await run()
    await expect.poll(() => second().state).toBe('ready')
    renameSync(stick, `${stick}-away`)
    await nextMorning()
    expect(second().state).toBe('absent')
    expect(missed()).toEqual([])
    renameSync(`${stick}-away`, stick)
  })

  it('offers nothing that was cut off, and makes it anew', async () => {
    await set(stick, PASSPHRASE)
    await run()
    await expect.poll(() => second().lastCopyAt).not.toBeNull()
    const [name = ''] = there()
    truncateSync(join(place(), name), 1000)
    await set()
    await expect.poll(async () => (await listed())[0]?.state).toBe('good')
    expect(
      await backups.handlers['backups.check'](call(), { from: { place: 'second', name } }),
    ).toMatchObject({ ok: true })
  })

  it('is thinned out as the first place is, and keeps copies that the first has no more', async () => {
    await set(stick, PASSPHRASE)
    for (let day = 0; day < 12; day++) {
      await test.clock.advance(86_400_000)
      await run()
      await expect.poll(() => there().some((name) => name.includes(stamp()))).toBe(true)
    }
    const first = (await backups.handlers['backups.list'](call(), { place: 'first' })).total
    expect(there().length).toBe(first)
    expect(there().length).toBeGreaterThanOrEqual(10)
    rmSync(join(test.directory, 'backups'), { recursive: true })
    await run()
    expect(there().length).toBeGreaterThanOrEqual(10)
  })

  it('is refused where there is no such folder, and without a passphrase', async () => {
    await expect(set(join(stick, 'not', 'here'), PASSPHRASE)).rejects.toMatchObject({
      code: 'PLACE_UNUSABLE',
    })
    await expect(set()).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(second().state).toBe('off')
  })

  it('can be tried before: what is there, what is writable, and nothing stays in it', async () => {
    const tried = (folder: string) => backups.handlers['backups.tryPlace'](call(), { folder })
    expect(await tried(stick)).toMatchObject({ problem: null, sameDisk: true })
    expect((await tried(stick)).freeBytes).toBeGreaterThan(0)
    expect(readdirSync(stick)).toEqual([])
    expect(await tried(join(stick, 'away'))).toMatchObject({ problem: 'missing', freeBytes: null })
    const file = join(stick, 'a file')
    writeFileSync(file, '')
    expect(await tried(file)).toMatchObject({ problem: 'notFolder' })
    // a folder of the system that takes no files, whoever asks
    if (process.platform === 'linux') expect((await tried('/proc/self')).problem).not.toBeNull()
    expect(second().state).toBe('off')
  })

  it('is left as it lies when it is taken away', async () => {
    await set(stick, PASSPHRASE)
    await run()
    await expect.poll(() => second().lastCopyAt).not.toBeNull()
    await set(null)
    expect(second().state).toBe('off')
    expect(there()).toHaveLength(1)
    expect(test.store.site.sql.statement('SELECT 1 FROM secret').get()).toBeUndefined()
  })
})

const stamp = () => new Date(test.clock.now()).toISOString().slice(0, 10).replaceAll('-', '')
