import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  CHECK_EVERY,
  createHealth,
  partsOf,
  watchWorkers,
  type Facts,
  type PartNow,
} from '#core/health/index.ts'
import type { Workers } from '#core/ports.ts'
import { recordCrash } from '#main/hosts/launch/crash-file.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'

let test: TestStore
beforeEach(async () => {
  test = await openTestStore()
})
afterEach(() => test.close())

/** Workers whose checks find what the test says. */
function workersThat(faults: readonly string[]) {
  const asked: string[] = []
  const workers: Workers = {
    run: (task, input) => {
      asked.push(task)
      if (faults[0] === 'crash') return Promise.reject(new Error('the worker stopped (1)'))
      return Promise.resolve((task === 'checkDatabase' ? faults : input) as never)
    },
    close: () => Promise.resolve(),
  }
  return { asked, watched: watchWorkers(workers, test.clock) }
}

const open = (faults: readonly string[] = []) => {
  const { asked, watched } = workersThat(faults)
  const ctx = testContext(test, { ports: { workers: watched } })
  return createHealth(ctx, watched).then((health) => ({ health, asked, watched, ctx }))
}

describe('last good moments', () => {
  it('are those of the last look, and of the run before', async () => {
    const { health } = await open()
    const lan = (state: 'good' | 'bad'): PartNow[] => [{ part: 'lan', state, reason: null }]
    let now = lan('good')
    health.start(() => now)
    await test.clock.advance(5 * MINUTE)
    const seen = test.clock.now()
    now = lan('bad')
    await test.clock.advance(HOUR)
    await health.close()
    const again = await open()
    expect(again.health.parts(lan('bad'))).toMatchObject([{ lastGoodAt: seen }])
    expect(again.health.parts(lan('good'))).toMatchObject([{ lastGoodAt: test.clock.now() }])
  })

  it('begin anew when the file that holds them is cut off', async () => {
    writeFileSync(join(test.directory, 'health.json'), '{"lastGood":{"la')
    const { health } = await open()
    expect(health.parts([{ part: 'lan', state: 'bad', reason: null }])).toMatchObject([{ lastGoodAt: null }])
  })
})

describe('whole checks', () => {
  it('are made weekly of a desk that runs on, and tell what they found', async () => {
    const { health, asked } = await open(['row 3 missing from index'])
    health.start(() => [])
    await test.clock.advance(DAY)
    expect(asked).toEqual(['checkDatabase', 'checkDatabase'])
    expect(health.checks()).toMatchObject([
      { file: 'site.db', ok: false, faults: ['row 3 missing from index'] },
      { file: 'history.db', ok: false },
    ])
    await test.clock.advance(CHECK_EVERY - DAY)
    expect(asked).toHaveLength(2)
    await test.clock.advance(DAY)
    expect(asked).toHaveLength(4)
    await health.close()
  })

  it('count when the backups asked for them, and a worker that stops is no finding', async () => {
    const { health, watched, ctx } = await open()
    await watched.run('checkDatabase', { path: join(ctx.options.directory, 'site.db') })
    await watched.run('checkDatabase', { path: join(ctx.options.directory, 'backups', 'site.x.db') })
    expect(health.checks()).toMatchObject([{ file: 'site.db', ok: true }])
    await health.close()
    const broken = await open(['crash'])
    await broken.health.checkNow()
    expect(broken.health.checks()).toMatchObject([{ file: 'site.db', ok: true }])
    expect(broken.health.workers().failed).toMatchObject({ message: 'Error: the worker stopped (1)' })
  })
})

describe('crash records', () => {
  it('are few, newest first, and one cut off is left out', async () => {
    for (let i = 0; i < 25; i++) recordCrash(test.directory, 'page', `crashed (${i})`)
    expect(readdirSync(join(test.directory, 'crashes')).length).toBeLessThanOrEqual(20)
    writeFileSync(join(test.directory, 'crashes', '9-main.json'), '{"at":9')
    const { health } = await open()
    expect(health.crashes().every(({ kind, seen }) => kind === 'page' && !seen)).toBe(true)
  })
})

describe('how each part is judged', () => {
  const now = 1_800_000_000_000
  const sound: Facts = {
    status: {
      now,
      sources: [
        {
          source: 'imr',
          state: 'live',
          lastCompleteAt: now - HOUR,
          partial: false,
          lastError: null,
          clockSkewMs: 10,
        },
      ],
      bluetooth: { state: 'ready', reason: null },
      lan: { state: 'on', url: 'http://127.0.0.1:1' },
      problems: [],
      backups: {
        lastGoodAt: now - MINUTE,
        warnings: [],
        lastFailure: null,
        second: {
          state: 'ready',
          folder: '/mnt/stick',
          since: now - DAY,
          lastCopyAt: now,
          freeBytes: 1e9,
          message: null,
        },
        freeBytes: 50e9,
      },
    },
    checks: [
      { file: 'site.db', at: now - DAY, ok: true, faults: [] },
      { file: 'history.db', at: now - DAY, ok: true, faults: [] },
    ],
    workers: { doneAt: now, failed: null },
    paperWaiting: 0,
    jobs: { failed: 0, doneAt: now - HOUR },
    updates: { state: 'good', checkedAt: now - HOUR },
  }
  const { backups } = sound.status
  const judged = (change: Partial<Facts>, status: Partial<Facts['status']> = {}) =>
    partsOf({ ...sound, ...change, status: { ...sound.status, ...status } })
      .filter(({ state }) => state !== 'good')
      .map(({ part, state, reason }) => [part, state, reason])

  it('all well', () => expect(judged({})).toEqual([]))

  it('a system not asked since the start as it was left, one that never was as not in use', () => {
    const told = (lastCompleteAt: number | null) => {
      const sources = sound.status.sources.map((one) => ({ ...one, state: 'idle' as const, lastCompleteAt }))
      return partsOf({ ...sound, status: { ...sound.status, sources } }).find(({ part }) => part === 'imr')
    }
    expect(told(now - HOUR)).toMatchObject({ state: 'good', goodAt: now - HOUR })
    expect(told(null)).toMatchObject({ state: 'off' })
  })

  it.each<[string, Partial<Facts>, Partial<Facts['status']>, unknown]>([
    [
      'a damaged file',
      { checks: [{ file: 'site.db', at: now, ok: false, faults: ['x'] }] },
      {},
      ['site', 'bad', 'damaged'],
    ],
    [
      'a file that was checked long ago',
      { checks: [{ file: 'site.db', at: now - 30 * DAY, ok: true, faults: [] }] },
      {},
      ['site', 'attention', 'notChecked'],
    ],
    ['a full disk', {}, { backups: { ...backups, freeBytes: 1e8 } }, ['disk', 'bad', 'diskFull']],
    ['a disk that fills', {}, { backups: { ...backups, freeBytes: 1e9 } }, ['disk', 'attention', 'diskLow']],
    ['no backup', {}, { backups: { ...backups, lastGoodAt: null } }, ['backups', 'attention', 'noBackup']],
    [
      'a backup that failed',
      {},
      { backups: { ...backups, lastFailure: { at: now, file: 'site.db', reason: 'no', full: false } } },
      ['backups', 'bad', 'backupFailed'],
    ],
    [
      'a copy whose content does not add up',
      {},
      { backups: { ...backups, warnings: ['x'] } },
      ['backups', 'attention', 'backupDoubtful'],
    ],
    [
      'a second place that is away',
      {},
      { backups: { ...backups, second: { ...backups.second, state: 'absent' } } },
      ['backups', 'attention', 'secondPlace'],
    ],
    ['Bluetooth off', {}, { bluetooth: { state: 'off', reason: null } }, ['radio', 'attention', 'radioOff']],
    ['a port that is taken', {}, { lan: { state: 'failed', url: null } }, ['lan', 'bad', 'notListening']],
    ['paper', { paperWaiting: 2 }, {}, ['printing', 'attention', 'paperWaiting']],
    ['a clock', {}, { problems: [{ code: 'CLOCK_SKEW' }] }, ['clock', 'attention', 'clockSkew']],
    ['failed jobs', { jobs: { failed: 2, doneAt: null } }, {}, ['jobs', 'attention', 'jobFailed']],
    [
      'a worker',
      { workers: { doneAt: 1, failed: { at: now, message: '' } } },
      {},
      ['workers', 'bad', 'workerFailed'],
    ],
    ['no key', { updates: { state: 'off', checkedAt: null } }, {}, ['updates', 'off', 'noUpdateKey']],
  ])('%s', (_, change, status, wanted) => expect(judged(change, status)).toContainEqual(wanted))
})
