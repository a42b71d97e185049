import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClock } from '#main/adapters/clock.ts'
import { createFiles } from '#main/adapters/files.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { restore } from '#main/hosts/launch/restore.ts'
import { makeBackup } from '#core/backups/copies.ts'

const ports = { sql: createSqlDriver(), files: createFiles(), clock: createClock() }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-restore-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function withBackup(): Promise<string> {
  const db = ports.sql.open(join(folder, 'site.db'), { durable: true })
  db.exec("CREATE TABLE word (text TEXT); INSERT INTO word VALUES ('kept'); PRAGMA user_version = 1")
  const backup = await makeBackup(ports, folder, 'site.db', db, 'scheduled')
  db.exec("INSERT INTO word VALUES ('later')")
  db.close()
  return backup
}

function words(): string[] {
  const db = ports.sql.open(join(folder, 'site.db'), { durable: true })
  const found = db.statement<{ text: string }>('SELECT text FROM word').all()
  db.close()
  return found.map((row) => row.text)
}

describe('--restore last', () => {
  it('puts the last good backup in the place of a damaged file and keeps that file', async () => {
    await withBackup()
    writeFileSync(join(folder, 'site.db'), 'not a database at all, '.repeat(400))
    expect(restore(ports, folder, 'last')).toEqual([expect.stringMatching(/^site\.db was restored from /)])
    expect(words()).toEqual(['kept'])
    const kept = readdirSync(folder).find((name) => name.startsWith('site.db.replaced-'))
    expect(readFileSync(join(folder, kept ?? ''), 'utf8')).toContain('not a database')
  })

  it('leaves sound files alone', async () => {
    await withBackup()
    expect(restore(ports, folder, 'last')).toEqual(['no file is damaged; nothing was restored'])
    expect(words()).toEqual(['kept', 'later'])
  })

  it.each(['missing', 'empty'])('brings back a site.db that is %s', async (how) => {
    await withBackup()
    rmSync(join(folder, 'site.db'))
    if (how === 'empty') writeFileSync(join(folder, 'site.db'), '')
    expect(restore(ports, folder, 'last')).toEqual([expect.stringMatching(/^site\.db was restored from /)])
    expect(words()).toEqual(['kept'])
  })

  it('makes nothing of a folder that never held a desk', () => {
    expect(restore(ports, folder, 'last')).toEqual(['no file is damaged; nothing was restored'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('changes nothing when there is no good backup', () => {
    writeFileSync(join(folder, 'site.db'), 'broken'.repeat(1000))
    expect(() => restore(ports, folder, 'last')).toThrow(/no good backup of site\.db/)
    expect(readFileSync(join(folder, 'site.db'), 'utf8')).toContain('broken')
  })
})

describe('--restore FILE', () => {
  it('goes back to just that backup', async () => {
    const backup = await withBackup()
    restore(ports, folder, backup)
    expect(words()).toEqual(['kept'])
    expect(existsSync(backup)).toBe(true)
  })

  it('refuses what is no backup, is missing or is damaged', async () => {
    const good = await withBackup()
    const bad = join(folder, 'site.20260101T000000Z.scheduled.db')
    expect(() => restore(ports, folder, join(folder, 'photo.jpg'))).toThrow(/neither a backup/)
    expect(() => restore(ports, folder, bad)).toThrow(/there is no file/)
    writeFileSync(bad, 'broken'.repeat(1000))
    expect(() => restore(ports, folder, bad)).toThrow(/is damaged/)
    // the last row lies in the last bytes: SQLite reads zeros there and finds nothing wrong
    const whole = readFileSync(good)
    for (const cut of [1, 100, 4096]) {
      writeFileSync(bad, whole.subarray(0, whole.length - cut))
      expect(() => restore(ports, folder, bad), `${cut} bytes less`).toThrow(/is damaged/)
    }
    expect(words()).toEqual(['kept', 'later'])
  })
})
