import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listBackups, makeBackup } from '#core/backups/copies.ts'
import { createBackups, type Backups } from '#core/backups/index.ts'
import { createSettings } from '#core/settings/index.ts'
import type { Workers } from '#core/ports.ts'
import { callOf, storeIntent } from '../../fixtures/ledger-rows.ts'
import { AT_REST } from '../../fixtures/at-rest.ts'
import { inlineWorkers } from '../../fixtures/inline-workers.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

let test: TestStore
let backups: Backups
beforeEach(async () => {
  test = await openTestStore()
  await storeIntent(test, { id: 'one', state: 'APPLIED' })
  backups = await open()
})
afterEach(async () => {
  await backups.close()
  await test.close()
})

async function open(workers: Workers = inlineWorkers()): Promise<Backups> {
  const ctx = testContext(test, { ports: { workers } })
  return createBackups(ctx, {
    settings: await createSettings(ctx),
    operators: { count: () => 1 },
    ...AT_REST,
  })
}
const call = () => callOf(test, 'Wang', ['admin'])
const list = async () => (await backups.handlers['backups.list'](call(), {})).rows
const folder = () => join(test.directory, 'backups')
const newest = () => listBackups(test.ports, test.directory, 'site.db')[0] ?? ''

describe('a copy that was cut off', () => {
  it('is none before its manifest stands beside it, and none when it is shorter than that says', async () => {
    const row = await backups.handlers['backups.run'](call(), {})
    expect(row).toMatchObject({
      state: 'good',
      reason: 'manual',
      auditRows: 0,
      warnings: ['an applied recharge has no event'],
    })
    const path = newest()
    const whole = readFileSync(path)
    for (const length of [0, 1, 4096, whole.length - 4096, whole.length - 1]) {
      truncateSync(path, length)
      expect(
        (await list()).map(({ state }) => state),
        `cut at ${length}`,
      ).toEqual(['bad'])
      expect(backups.lastBackupAt()).toBeNull()
      const from = { place: 'first', name: row.name } as const
      await expect(
        backups.handlers['backups.restore'](call(), { from, confirm: '2026-03-01' }),
        `cut at ${length}`,
      ).rejects.toMatchObject({ code: 'BACKUP_UNUSABLE' })
      writeFileSync(path, whole)
    }
    expect(await list()).toMatchObject([{ state: 'good' }])
    rmSync(`${path}.json`)
    expect(await list()).toMatchObject([{ state: 'unchecked' }])
  })

  it('is found when bytes were exchanged and the length is right', async () => {
    const { name } = await backups.handlers['backups.run'](call(), {})
    const bytes = readFileSync(newest())
    bytes[bytes.length - 10] = (bytes[bytes.length - 10] ?? 0) ^ 0xff
    writeFileSync(newest(), bytes)
    const checked = await backups.handlers['backups.check'](call(), { from: { place: 'first', name } })
    expect(checked).toMatchObject({ ok: false, problems: [expect.any(String)] })
    expect(await list()).toMatchObject([{ state: 'bad', problem: expect.any(String) as string }])
  })

  it('leaves only a part when the program dies in the middle, and the next copy sweeps it', async () => {
    await backups.close()
    const dying: Workers = {
      async run(task, input) {
        if (task !== 'inspectCopy') return inlineWorkers().run(task, input)
        return new Promise(() => undefined)
      },
      close: () => Promise.resolve(),
    }
    backups = await open(dying)
    void backups.handlers['backups.run'](call(), {})
    await expect.poll(() => existsSync(folder()) && readdirSync(folder()).length).toBe(1)
    expect(readdirSync(folder())[0]).toMatch(/\.db\.part$/)
    expect(await list()).toEqual([])
    backups = await open()
    await test.clock.advance(60_000)
    await backups.handlers['backups.run'](call(), {})
    expect(readdirSync(folder()).filter((name) => name.includes('.part'))).toEqual([])
    expect(await list()).toMatchObject([{ state: 'good' }])
  })

  it('counts from before a migration only once it was opened whole; a bad one never', async () => {
    const { site } = test.store
    const good = await makeBackup(test.ports, test.directory, 'site.db', site.sql, 'migration')
    await test.clock.advance(5000)
    const bad = await makeBackup(test.ports, test.directory, 'site.db', site.sql, 'migration')
    truncateSync(bad, 8192)
    backups.start()
    await expect
      .poll(async () => (await list()).map(({ state }) => state).toSorted(), { timeout: 5000 })
      .toEqual(['bad', 'good', 'good'])
    expect(existsSync(`${good}.json`)).toBe(true)
  })

  it('is no reason to forget the good one of the same day', async () => {
    await backups.handlers['backups.run'](call(), {})
    const good = newest()
    for (let i = 0; i < 12; i++) {
      await test.clock.advance(1000)
      const copy = good
        .replace(/\d{6}Z/, `23000${String(i % 10)}Z`)
        .replace('T23000', `T230${i < 10 ? '0' : '1'}`)
      copyFileSync(good, copy)
      writeFileSync(`${copy}.json`, '{}')
    }
    await test.clock.advance(1000)
    await backups.handlers['backups.run'](call(), {})
    expect(existsSync(good)).toBe(true)
  })
})

describe('the check of a copy', () => {
  it('finds a row of the audit that was changed, and a shift that does not add up', async () => {
    const { site } = test.store
    await site.write(() =>
      site.sql.exec(`
        INSERT INTO shift (id, number, operator, state, opened_at, closed_at, cash_float_fen, expected_fen, counted_fen,
          difference_fen) VALUES ('s', 1, 'Wang', 'closed', 1, 2, 0, 1000, 900, -100)`),
    )
    expect(await backups.handlers['backups.run'](call(), {})).toMatchObject({ state: 'good' })
    const tampered = join(test.directory, 'tampered.db')
    copyFileSync(newest(), tampered)
    const db = test.ports.sql.open(tampered, { durable: false })
    db.exec('DROP TRIGGER shift_closed_is_fixed')
    db.exec('UPDATE shift SET difference_fen = 0')
    db.close()
    const preview = await backups.handlers['backups.preview'](call(), {
      from: { place: 'file', path: tampered },
    })
    expect(preview.problems).toEqual([])
    expect(preview.warnings).toContain('a closed shift does not add up')
  })
})
