import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { isSound, listBackups, makeBackup } from '#core/backups/copies.ts'
import type { Migration } from '#core/store/migrate.ts'
import { historyMigrations, siteMigrations } from '#core/store/schema.ts'
import { openStore } from '#core/store/store.ts'
import { createFiles } from '#main/adapters/files.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { restore } from '#main/hosts/launch/restore.ts'
import { FakeClock } from '../../fixtures/fake-clock.ts'

let directory: string
const ports = { sql: createSqlDriver(), files: createFiles(), clock: new FakeClock() }
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sitedesk-open-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const path = (name: string) => join(directory, name)
const open = () => openStore(ports, directory)
function change(file: string, sql: string): void {
  const db = ports.sql.open(path(file), { durable: true })
  db.exec(sql)
  db.close()
}
/** Writes noise over the pages after the first, as a bad disk would. */
function damage(file: string): void {
  const fd = openSync(path(file), 'r+')
  for (let at = 4096; at < statSync(path(file)).size; at += 512)
    writeSync(fd, Buffer.alloc(512, 0xa5), 0, 512, at)
  closeSync(fd)
}

describe('a new version whose migration fails', () => {
  const next = (migrations: readonly Migration[], ...ups: Migration['up'][]): Migration[] => [
    ...migrations,
    ...ups.map((up, i) => ({ version: migrations.length + i + 1, name: `next ${i}`, up })),
  ]
  const breaks: Migration['up'] = () => {
    throw new Error('no such column: x')
  }
  const changes: Migration['up'] = (db) => {
    db.exec("INSERT INTO meta (key, value) VALUES ('changed', 'yes'); CREATE TABLE new_thing (id INTEGER)")
  }
  const kept = async () => {
    const store = await open()
    const rows = store.site.statement("SELECT value FROM meta WHERE key IN ('mine', 'changed')").all()
    await store.close()
    return rows
  }
  beforeEach(async () => {
    await (await open()).close()
    change('site.db', "INSERT INTO meta (key, value) VALUES ('mine', '1')")
  })

  it('puts the file back as it was, also what earlier migrations of the same start did', async () => {
    const site = next(siteMigrations, changes, breaks)
    await expect(openStore(ports, directory, { site, history: historyMigrations })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(/no such column: x.*put back as it was/),
    })
    expect(await kept()).toEqual([{ value: '1' }])
  })

  it('puts site.db back when history.db is the one that fails', async () => {
    const migrations = { site: next(siteMigrations, changes), history: next(historyMigrations, breaks) }
    await expect(openStore(ports, directory, migrations)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    expect(await kept()).toEqual([{ value: '1' }])
    expect(readdirSync(directory).filter((name) => name.includes('restoring'))).toEqual([])
  })

  it('opens with the migration that was mended', async () => {
    const broken = { site: next(siteMigrations, breaks), history: historyMigrations }
    await expect(openStore(ports, directory, broken)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' })
    const store = await openStore(ports, directory, {
      site: next(siteMigrations, changes),
      history: historyMigrations,
    })
    expect(store.site.statement("SELECT value FROM meta WHERE key = 'changed'").all()).toHaveLength(1)
    await store.close()
  })
})

describe('days that were closed before figures were stored some at a time', () => {
  it('are the same afterwards, and stay so', async () => {
    const before = siteMigrations.filter(({ version }) => version < 18)
    await (await openStore(ports, directory, { site: before, history: historyMigrations })).close()
    change(
      'site.db',
      `INSERT INTO report_meter VALUES (7, 'imr:1', 'T1', 'electricity', 'A', '101', 'U');
       INSERT INTO report_version VALUES (3, '2026-01-01', 1, 1, 'Ada', '', 1, 1, 0);
       INSERT INTO report_figure VALUES (3, 7, 123, 1)`,
    )
    const store = await open()
    expect(store.site.statement('SELECT * FROM report_figure').all()).toEqual([
      { version_id: 3, meter: 7, usage: 123, state: 1 },
    ])
    const remove = store.site.write(() => store.site.statement('DELETE FROM report_figure').run())
    await expect(remove).rejects.toThrow('stays as it was closed')
    expect(store.site.sql.pragma('foreign_key_check')).toEqual([])
    await store.close()
  })
})

describe('payments from before it was kept who they were begun with', () => {
  it('are those of WeChat Pay where it was asked to take them, and of staff else', async () => {
    const before = siteMigrations.filter(({ version }) => version < 20)
    await (await openStore(ports, directory, { site: before, history: historyMigrations })).close()
    const attempt = (orderId: string, prepayId: string, openThere: number) =>
      `INSERT INTO order_pay_info (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, pmoney, cash, state,
         createTime, prepayId, openThere)
       VALUES ('${orderId}', '1', 'A', 1, 1, 1, 1, 'x', 0, 1, 0, 'x', ${prepayId}, ${openThere});`
    const charge = (payId: string, prepayId: string) =>
      `INSERT INTO pmoney_charge_pay (payId, user, pmoney, state, createTime, prepayId) VALUES ('${payId}', '1', 1, 0, 'x', ${prepayId});`
    change(
      'site.db',
      `PRAGMA foreign_keys = OFF; ${attempt('asked', "'wx'", 0)} ${attempt('open', 'NULL', 1)} ${attempt('staff', 'NULL', 0)}
       ${charge('P1', "'wx'")} ${charge('P2', 'NULL')}`,
    )
    const store = await open()
    expect(
      store.site.statement('SELECT orderId AS id, provider, mchId FROM order_pay_info ORDER BY id').all(),
    ).toEqual([
      { id: 'asked', provider: 'wechatpay', mchId: null },
      { id: 'open', provider: 'wechatpay', mchId: null },
      { id: 'staff', provider: 'offline', mchId: null },
    ])
    expect(store.site.statement('SELECT provider FROM pmoney_charge_pay ORDER BY payId').all()).toEqual([
      { provider: 'wechatpay' },
      { provider: 'offline' },
    ])
    await store.close()
  })
})

describe('opening a data folder', () => {
  it('makes both files, and opens them again as they were closed', async () => {
    const first = await open()
    expect(first.uncleanStop).toBe(false)
    await first.close()
    const second = await open()
    expect(second.uncleanStop).toBe(false)
    await second.close()
    expect(readdirSync(directory).filter((name) => name.endsWith('.db'))).toEqual(['history.db', 'site.db'])
  })

  it('refuses a file of a newer version and changes nothing', async () => {
    await (await open()).close()
    change('site.db', 'PRAGMA user_version = 99')
    const before = readFileSync(path('site.db'))
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_NEWER',
      message: expect.stringMatching(/newer version.*schema 99.*nothing was changed/),
      data: { found: 99, file: path('site.db') },
    })
    expect(readFileSync(path('site.db')).equals(before)).toBe(true)
    expect(listBackups(ports, directory, 'site.db')).toEqual([])
  })

  it('refuses a newer history file too, and leaves site.db closed', async () => {
    await (await open()).close()
    change('history.db', 'PRAGMA user_version = 99')
    await expect(open()).rejects.toMatchObject({ code: 'STORE_NEWER', data: { file: path('history.db') } })
    change('history.db', `PRAGMA user_version = ${historyMigrations.length}`)
    await (await open()).close()
  })

  it('names a damaged file and the last good backup', async () => {
    const store = await open()
    await store.site.write(() => store.site.sql.exec("INSERT INTO meta VALUES ('k', 'before')"))
    const good = await makeBackup(ports, directory, 'site.db', store.site.sql, 'scheduled')
    await ports.clock.advance(60_000)
    const bad = await makeBackup(ports, directory, 'site.db', store.site.sql, 'scheduled')
    await store.close()
    damage('backups/' + bad.slice(bad.lastIndexOf('/') + 1))
    damage('site.db')
    const fd = openSync(path('site.db'), 'r+')
    writeSync(fd, Buffer.from('this is no database header'), 0, 26, 0)
    closeSync(fd)
    await expect(open()).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      message: expect.stringContaining('--restore last'),
      data: { file: path('site.db'), backup: good },
    })
  })

  it('says so when there is no good backup', async () => {
    await (await open()).close()
    const fd = openSync(path('history.db'), 'r+')
    writeSync(fd, Buffer.alloc(100, 1), 0, 100, 0)
    closeSync(fd)
    await expect(open()).rejects.toMatchObject({ code: 'STORE_DAMAGED', data: { backup: null } })
  })

  it.each(['missing', 'empty'])('takes no %s site.db with good backups for a first run', async (how) => {
    const store = await open()
    const good = await makeBackup(ports, directory, 'site.db', store.site.sql, 'scheduled')
    await store.close()
    // a copy that was emptied with it is none
    writeFileSync(path('backups/site.20990101T000000Z.scheduled.db'), '')
    rmSync(path('site.db'))
    if (how === 'empty') writeFileSync(path('site.db'), '')
    const before = readdirSync(directory)
    const refused = {
      code: 'STORE_DAMAGED',
      message: expect.stringMatching(new RegExp(`site\\.db is ${how}.*--restore last`)),
      data: { file: path('site.db'), backup: good },
    }
    await expect(open()).rejects.toMatchObject(refused)
    await expect(open()).rejects.toMatchObject(refused)
    expect(readdirSync(directory)).toEqual(before)
    expect(restore(ports, directory, 'last')).toEqual([expect.stringMatching(/^site\.db was restored from /)])
    await (await open()).close()
    expect(restore(ports, directory, 'last')).toEqual(['no file is damaged; nothing was restored'])
  })

  it('takes a site.db that never got its tables for the same, unless it has no backup', async () => {
    ports.sql.open(path('site.db'), { durable: true }).close()
    const store = await open()
    const backup = await makeBackup(ports, directory, 'site.db', store.site.sql, 'scheduled')
    await store.close()
    rmSync(path('site.db'))
    ports.sql.open(path('site.db'), { durable: true }).close()
    await expect(open()).rejects.toMatchObject({ code: 'STORE_DAMAGED', data: { backup } })
    rmSync(path('backups'), { recursive: true })
    await (await open()).close()
  })

  it('makes a missing history.db anew: vendors send it again', async () => {
    const store = await open()
    await makeBackup(ports, directory, 'history.db', store.history.sql, 'scheduled')
    await store.close()
    rmSync(path('history.db'))
    await (await open()).close()
  })

  it('checks every page of site.db after an unclean stop, and none of them after a clean one', async () => {
    const store = await open()
    await store.site.write(() => {
      const add = store.site.statement('INSERT INTO setting VALUES (?, ?, 1)')
      for (let i = 0; i < 200; i++) add.run(`p${i}`, 'v'.repeat(400))
    })
    await store.close()
    const fd = openSync(path('site.db'), 'r+')
    writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, statSync(path('site.db')).size - 4096)
    closeSync(fd)
    const clean = await open()
    await clean.close()
    change('site.db', "UPDATE meta SET value = 'no' WHERE key = 'clean_shutdown'")
    await expect(open()).rejects.toMatchObject({ code: 'STORE_DAMAGED', data: { file: path('site.db') } })
  })

  it('remembers that it was not closed', async () => {
    const store = await open()
    store.site.sql.close()
    store.history.sql.close()
    const again = await open()
    expect(again.uncleanStop).toBe(true)
    await again.close()
    const third = await open()
    expect(third.uncleanStop).toBe(false)
    await third.close()
  })

  it('makes a sound copy of a file before it migrates it, and none of a new file', async () => {
    const two: Migration = {
      version: siteMigrations.length + 1,
      name: 'two',
      up: (db) => db.exec("CREATE TABLE two (a); UPDATE meta SET value = 'moved' WHERE key = 'mine'"),
    }
    await (await open()).close()
    expect(listBackups(ports, directory, 'site.db')).toEqual([])
    change('site.db', "INSERT INTO meta VALUES ('mine', 'kept')")
    const migrations = { site: [...siteMigrations, two], history: historyMigrations }
    await (await openStore(ports, directory, migrations)).close()
    const [copy = '', ...others] = listBackups(ports, directory, 'site.db')
    expect(others).toEqual([])
    expect(isSound(ports, copy)).toBe(true)
    expect(valueOf(copy)).toBe('kept')
    expect(valueOf(path('site.db'))).toBe('moved')
    expect(listBackups(ports, directory, 'history.db')).toEqual([])
    // Reading a copy leaves nothing beside it.
    expect(readdirSync(join(directory, 'backups'))).toHaveLength(1)
  })

  it('clears away what an interrupted copy left', async () => {
    const store = await open()
    mkdirSync(join(directory, 'backups'))
    for (const name of [
      'site.20260101T000000Z.scheduled.db.part',
      'site.20260101T000000Z.scheduled.db.part-journal',
    ])
      writeFileSync(join(directory, 'backups', name), 'half')
    const copy = await makeBackup(ports, directory, 'site.db', store.site.sql, 'scheduled')
    await store.close()
    expect(readdirSync(join(directory, 'backups'))).toEqual([copy.slice(copy.lastIndexOf(sep) + 1)])
  })

  it('leaves a file as it was when its migration fails', async () => {
    const bad: Migration = {
      version: siteMigrations.length + 1,
      name: 'bad',
      up: (db) => db.exec('CREATE TABLE two (a); INSERT INTO nowhere VALUES (1)'),
    }
    await (await open()).close()
    const migrations = { site: [...siteMigrations, bad], history: historyMigrations }
    await expect(openStore(ports, directory, migrations)).rejects.toThrow(/nowhere/)
    const store = await open()
    expect(store.site.sql.statement("SELECT name FROM sqlite_master WHERE name = 'two'").all()).toEqual([])
    await store.close()
  })
})

function valueOf(file: string): unknown {
  const db = ports.sql.open(file, { durable: false, readonly: true })
  const row = db.statement("SELECT value FROM meta WHERE key = 'mine'").get()
  db.close()
  return row?.value
}
