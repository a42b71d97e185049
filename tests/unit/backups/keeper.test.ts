import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeSync, existsSync, openSync, readdirSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createBackups, type Backups } from '#core/backups/index.ts'
import { listBackups } from '#core/backups/copies.ts'
import type { Workers } from '#core/ports.ts'
import { createSettings } from '#core/settings/index.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import { AT_REST } from '../../fixtures/at-rest.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

const workers: Workers = createWorkers(new URL('../../../src/main/worker.ts', import.meta.url))
afterAll(() => workers.close())

let test: TestStore
let backups: Backups
let changes = 0
beforeEach(async () => {
  test = await openTestStore()
  changes = 0
  backups = await open(workers)
})
afterEach(async () => {
  await backups.close()
  await test.close()
})

async function open(used: Workers): Promise<Backups> {
  const ctx = testContext(test, { ports: { workers: used } })
  ctx.events.on((event) => {
    if (event.type === 'changed' && event.area === 'system') changes++
  })
  return createBackups(ctx, {
    settings: await createSettings(ctx),
    operators: { count: () => 1 },
    ...AT_REST,
  })
}
const copies = (file: 'site.db' | 'history.db') => listBackups(test.ports, test.directory, file).length
const set = (value: string) =>
  test.store.site.write(() =>
    test.store.site.sql
      .statement("INSERT INTO meta VALUES ('k', ?) ON CONFLICT DO UPDATE SET value = excluded.value")
      .run(value),
  )
const quarter = () => test.clock.advance(15 * 60_000)
/** Until the background has come to rest: it goes through a real worker. */
const settled = (expected: () => boolean) => expect.poll(expected, { timeout: 10_000 }).toBe(true)

describe('backups', () => {
  it('copy site.db after the start, then again only when something changed', async () => {
    expect(backups.lastBackupAt()).toBeNull()
    backups.start()
    await settled(() => copies('site.db') === 1)
    expect(backups.lastBackupAt()).toBe(test.clock.now())
    await settled(() => changes > 0)
    await quarter()
    expect(copies('site.db')).toBe(1)
    await set('new')
    await settled(() => {
      void quarter()
      return copies('site.db') === 2
    })
    const [newest = ''] = listBackups(test.ports, test.directory, 'site.db')
    const copy = test.ports.sql.open(newest, { durable: false, readonly: true })
    expect(copy.statement("SELECT value FROM meta WHERE key = 'k'").get()).toEqual({ value: 'new' })
    copy.close()
    expect(backups.problems()).toEqual([])
  })

  it('leave an empty history alone and copy it once it holds readings', async () => {
    backups.start()
    await settled(() => copies('site.db') === 1)
    expect(copies('history.db')).toBe(0)
    const { history } = test.store
    await history.write(() => history.sql.exec('INSERT INTO reading VALUES (1, 1, 1, 0)'))
    await settled(() => {
      void quarter()
      return copies('history.db') === 1
    })
    await quarter()
    await quarter()
    expect(copies('history.db')).toBe(1)
    await settled(() => {
      void test.clock.advance(7 * 86_400_000)
      return copies('history.db') === 2
    })
  })

  it('tell of a damaged file and do not copy it over the good copies', async () => {
    const { site } = test.store
    await site.write(() => {
      const add = site.sql.statement('INSERT INTO setting VALUES (?, ?, 1)')
      for (let i = 0; i < 200; i++) add.run(`p${i}`, 'v'.repeat(400))
    })
    site.sql.pragma('wal_checkpoint(TRUNCATE)')
    const path = join(test.directory, 'site.db')
    const fd = openSync(path, 'r+')
    writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, statSync(path).size - 4096)
    closeSync(fd)
    backups.start()
    await settled(() => backups.problems().length > 0)
    expect(backups.problems()).toEqual([{ code: 'STORE_DAMAGED', data: { file: 'site.db' } }])
    await quarter()
    expect(copies('site.db')).toBe(0)
  })

  it('tell when a copy could not be made, and no longer once one could', async () => {
    await backups.close()
    let sound = false
    const picky: Workers = {
      run: (task, input) =>
        !sound && task === 'inspectCopy' && 'path' in input && input.path.endsWith('.part')
          ? Promise.resolve({ problems: ['bad page'] } as never)
          : workers.run(task, input),
      close: () => Promise.resolve(),
    }
    backups = await open(picky)
    backups.start()
    await settled(() => backups.problems().length > 0)
    expect(backups.problems()).toEqual([{ code: 'BACKUP_FAILED', data: { file: 'site.db' } }])
    expect(copies('site.db')).toBe(0)
    expect(readdirSync(join(test.directory, 'backups'))).toEqual([])
    sound = true
    await settled(() => {
      void quarter()
      return copies('site.db') === 1 && backups.problems().length === 0
    })
  })

  it('end without waiting for a check that takes long', async () => {
    await backups.close()
    let checking = false
    const stuck: Workers = {
      run: (_task, input) => {
        if (!('path' in input) || !input.path.endsWith('.part')) return Promise.resolve([] as never)
        checking = true
        return new Promise(() => {})
      },
      close: () => Promise.resolve(),
    }
    backups = await open(stuck)
    backups.start()
    await settled(() => checking)
    await backups.close()
    expect(copies('site.db')).toBe(0)
    expect(existsSync(join(test.directory, 'backups'))).toBe(true)
    expect(readdirSync(join(test.directory, 'backups'))).toEqual([])
  })
})
