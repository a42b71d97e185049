import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lowBattery } from '#core/alarms/sources/batteries.ts'
import { cameraFailed } from '#core/alarms/sources/cameras.ts'
import { noPrice, portBroken, zombieOrder } from '#core/alarms/sources/chargers.ts'
import { clockLost } from '#core/alarms/sources/clocks.ts'
import type { BackupFacts } from '#shared/contract/backups.ts'
import { backupFailed, diskFull } from '#core/alarms/sources/backups.ts'
import { meterSilent } from '#core/alarms/sources/meters.ts'
import { problemSources } from '#core/alarms/sources/problems.ts'
import { rechargeUnsettled } from '#core/alarms/sources/recharges.ts'
import { lowBalance } from '#core/alarms/sources/rooms.ts'
import { clockSkew, syncStale } from '#core/alarms/sources/vendors.ts'
import type { AlarmSource } from '#core/alarms/index.ts'
import type { Output } from '#shared/contract/index.ts'
import { DAY, HOUR, MINUTE, parseZone } from '#shared/time.ts'
import { storeIntent } from '../../fixtures/ledger-rows.ts'
import { openTestStore, type TestStore } from '../../fixtures/store.ts'
import { watchedSql } from '../../fixtures/watched-sql.ts'

const sql = watchedSql()
const zone = () => parseZone('+08:00') ?? 0
let test: TestStore
beforeEach(async () => {
  test = await openTestStore({ sql: sql.driver })
})
afterEach(() => test.close())

const site = (text: string) => test.store.site.write(() => test.store.site.sql.exec(text))
const history = (text: string) => test.store.history.write(() => test.store.history.sql.exec(text))

async function factsOf(source: AlarmSource, bound: number): Promise<(readonly [string, string, number])[]> {
  const found: (readonly [string, string, number])[] = []
  for await (const { subject, name, value } of source.facts(bound) ?? []) found.push([subject, name(), value])
  return found
}

/** Nothing that ran reads through a table that grows. */
function expectSeeks(db: 'site' | 'history', ...tables: readonly string[]): void {
  const texts = [...sql.ran].filter(
    (text) => tables.some((table) => text.includes(table)) && text.startsWith('SELECT'),
  )
  expect(texts.length).toBeGreaterThan(0)
  const scans = texts.flatMap((text) =>
    test.store[db]
      .statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...Array.from({ length: text.split('?').length - 1 }, () => 1))
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN (?!CONSTANT)/.test(detail) || detail.includes('TEMP B-TREE')),
  )
  expect(scans).toEqual([])
}

describe('rooms', () => {
  it('are those at or below the bound that are in use, named by their path, by seeking', async () => {
    await history(`INSERT INTO room VALUES ('c', NULL, '梅园', 101, 1, 0, NULL), ('b', 'c', '1栋', 102, 1, 0, NULL);
      INSERT INTO room SELECT 'r' || value, 'b', '10' || value, 103, value <> 3, 0, NULL FROM json_each('[1,2,3,4]');
      INSERT INTO room_balance VALUES ('r1', 100, '1', 0, NULL, NULL, NULL), ('r2', 2000, '20', 0, NULL, NULL, NULL),
        ('r3', -5, '', 0, NULL, NULL, NULL), ('r4', 2001, '', 0, NULL, NULL, NULL), ('b', 1, '', 0, NULL, NULL, NULL)`)
    const source = lowBalance(test.store.history)
    sql.forget()
    expect(await factsOf(source, 2000)).toEqual([
      ['r1', '梅园/1栋/101', 100],
      ['r2', '梅园/1栋/102', 2000],
    ])
    expectSeeks('history', 'room_balance', 'room')
  })

  it('come page after page, none twice and none left out', async () => {
    const series = 'WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 1300)'
    await history(`${series} INSERT INTO room SELECT 'r' || n, NULL, 'x', 103, 1, 0, NULL FROM s;
      ${series} INSERT INTO room_balance SELECT 'r' || n, n % 7, '', 0, NULL, NULL, NULL FROM s`)
    const found = await factsOf(lowBalance(test.store.history), 10)
    expect(new Set(found.map(([subject]) => subject)).size).toBe(1300)
    expect(found).toHaveLength(1300)
  })
})

describe('meters', () => {
  it('are silent since the last complete sync, not since nobody could ask', async () => {
    const now = test.clock.now()
    const ago = (hours: number) => Math.floor((now - hours * HOUR) / 1000)
    await history(`INSERT INTO meter (id, source, device_id, table_no, place, house, active, first_seen_at, seen_at)
        VALUES (1, 'imr', 'd1', '0001', '梅园', '101', 1, 0, 0), (2, 'imr', 'd2', '0002', '', '', 1, 0, 0),
          (3, 'water', 'w3', 'w3', '', '', 1, 0, 0), (4, 'imr', 'd4', '0004', '', '', 0, 0, 0);
      INSERT INTO latest VALUES (1, ${ago(80)}, 0, 0), (2, ${ago(10)}, 0, 0), (3, ${ago(90)}, 0, 0), (4, ${ago(500)}, 0, 0)`)
    const synced: Record<string, number | null> = { imr: now - HOUR, water: null }
    const source = meterSilent(test.store.history, test.clock, (of) => synced[of] ?? null)
    sql.forget()
    expect(await factsOf(source, 48)).toEqual([['imr:d1', '0001 梅园 101', 79]])
    expectSeeks('history', 'latest')
    synced['imr'] = null
    expect(source.facts(48)).toBeNull()
  })

  it('have batteries beside the middle one', async () => {
    async function* shares() {
      await test.clock.yield()
      yield { meterId: 'water:1', name: '1', percent: 60 }
      yield { meterId: 'water:2', name: '2', percent: 99 }
    }
    expect(await factsOf(lowBattery(shares), 88)).toEqual([['water:1', '1', 60]])
  })

  it('with a camera count failures up to the newest; one that somebody decided on is none', async () => {
    const camera = (meter: number, at: number, ok: number) =>
      `(${meter}, ${at}, 's', ${ok}, '', NULL, 'none', NULL, NULL, 0, 0, 0)`
    await history(`INSERT INTO meter (id, source, device_id, table_no, active, first_seen_at, seen_at)
        VALUES (1, 'imr', 'd1', '0001', 1, 0, 0), (2, 'imr', 'd2', '0002', 1, 0, 0), (3, 'imr', 'd3', '0003', 1, 0, 0);
      INSERT INTO camera VALUES ${[camera(1, 1, 1), camera(1, 2, 0), camera(1, 3, 0), camera(1, 4, 0)].join()},
        ${[camera(2, 1, 0), camera(2, 2, 1), camera(3, 1, 0), camera(3, 2, 0)].join()};
      INSERT INTO reading_fix VALUES (3, 2, 5, 0, 0, 'x', 'y')`)
    const source = cameraFailed(test.store.history)
    sql.forget()
    expect(await factsOf(source, 2)).toEqual([
      ['imr:d1', '0001', 3],
      ['imr:d2', '0002', 0],
      ['imr:d3', '0003', 0],
    ])
    expectSeeks('history', 'camera')
  })
})

describe('chargers', () => {
  const device = (code: string, more: Record<string, string | number> = {}) => {
    const row = {
      deviceCode: code,
      deviceName: `${code}号`,
      btName: `BUC_00000000${code}`,
      jamCode: 'ABCDEF',
      unitPrice: 100,
      setupTime: '',
      updateTime: '',
      ...more,
    }
    const values = Object.values(row).map((value) => (typeof value === 'number' ? value : `'${value}'`))
    return site(`INSERT INTO device_info (${Object.keys(row).join()}) VALUES (${values.join()})`)
  }

  it('with a broken port or without a price, as long as they are in use', async () => {
    await device('0001', { portState: '1000299930454021' })
    await device('0002', { portState: '1999', state: 1, unitPrice: 0 })
    await device('0003', { unitPrice: 0 })
    await device('0004', { unitPrice: 0, chargeFlag: 0 })
    expect(await factsOf(portBroken(test.store.site), 1)).toEqual([['0001:2', '0001号 0001 #2', 1]])
    expect(await factsOf(noPrice(test.store.site), 1)).toEqual([['0003', '0003号 0003', 1]])
  })

  it('that said a wrong time when they were last asked, also after a restart', async () => {
    await device('0001')
    await device('0002')
    const at = test.clock.now()
    const said = (code: string, text: string) =>
      site(`INSERT INTO charger_exchange (at, name, direction, text)
        VALUES (${at}, 'BUC_00000000${code}', 'received', '${text}')`)
    await said('0001', '@OK|0|000101000000&')
    await said('0002', '@OK|0|260301000000&')
    const fresh = () => factsOf(clockLost(test.store.site, zone), 600)
    const source = clockLost(test.store.site, zone)
    sql.forget()
    expect(await factsOf(source, 600)).toMatchObject([['0001', '0001号 0001', 31_536_000]])
    expectSeeks('site', 'charger_exchange')
    expect(await fresh()).toHaveLength(1)
    await said('0001', '@OK|0|260301000001&')
    await said('0001', '@OK|0|1000200030004000&')
    expect(await factsOf(source, 600)).toEqual([])
    await said('0002', '@OK|0|260231000000&')
    expect(await factsOf(source, 600)).toMatchObject([['0002', '0002号 0002', 31_536_000]])
  })

  it('whose orders never end; a port that never ran is the person’s own affair', async () => {
    const since = test.clock.now() - 40 * MINUTE
    const zombie = (kind: 'afterEnd' | 'portFree', port: 1 | 2) => ({
      kind,
      deviceCode: '0001',
      btName: 'B',
      alias: '',
      port,
      orderId: '91234',
      since,
      minutes: 5,
      reportedAt: since,
      fixes: [],
    })
    const source = zombieOrder(test.clock, zone, () => [zombie('afterEnd', 1), zombie('portFree', 2)])
    // an order's number has digits of a phone: it is not named
    expect(await factsOf(source, 1)).toEqual([['0001:1', '0001 #1 2026-02-28 23:20:00', 40]])
  })
})

describe('the desk', () => {
  const vendors = (more: Partial<Output<'system.status'>['sources'][number]>) => () => [
    {
      source: 'imr' as const,
      state: 'live' as const,
      lastCompleteAt: test.clock.now() - 30 * HOUR,
      partial: false,
      lastError: null,
      clockSkewMs: null,
      ...more,
    },
  ]

  it('has sales that wait, by the index of what is open', async () => {
    await storeIntent(test, { id: 'a', state: 'UNKNOWN', createdAt: test.clock.now() - 7 * MINUTE })
    await storeIntent(test, { id: 'b', state: 'APPLIED', roomId: 'H-2' })
    await storeIntent(test, { id: 'c', state: 'DISPUTED', roomId: 'H-3', createdAt: test.clock.now() })
    const source = rechargeUnsettled(test.store.site, test.clock)
    sql.forget()
    expect(await factsOf(source, 5)).toEqual([
      ['c', '梅园/H-3 ¥100.00', 0],
      ['a', '梅园/H-1 ¥100.00', 7],
    ])
    expect(sql.ran.size).toBeGreaterThan(0)
    const plan = test.store.site
      .statement<{ detail: string }>(
        `EXPLAIN QUERY PLAN ${[...sql.ran].find((text) => /recharge_intent/.test(text))}`,
      )
      .all()
    expect(plan[0]?.detail).toContain('recharge_intent_open')
  })

  it('has vendors whose data are old or whose clock differs', async () => {
    const stale = (bySchedule: boolean, more = {}) =>
      factsOf(
        syncStale(test.store.history, test.clock, vendors(more), () => bySchedule),
        23,
      )
    expect(await stale(true)).toEqual([['imr', 'IMR', 30]])
    expect(await stale(false)).toEqual([])
    expect(await stale(true, { state: 'unconfigured' })).toEqual([])
    expect(await stale(true, { lastCompleteAt: null })).toEqual([['imr', 'IMR', 0]])
    expect(await factsOf(clockSkew(vendors({ clockSkewMs: -90_400 })), 1)).toEqual([['imr', 'IMR', 90]])
    expect(await factsOf(clockSkew(vendors({})), 1)).toEqual([])
  })

  it('counts on while a vendor never gave anything, though it is switched off each night', async () => {
    let state: 'live' | 'stopped' | 'unconfigured' = 'stopped'
    let lastCompleteAt: number | null = null
    const started = () =>
      syncStale(
        test.store.history,
        test.clock,
        () => vendors({ state, lastCompleteAt })(),
        () => true,
      )
    const dayOfWork = async () => {
      const source = started()
      const morning = await factsOf(source, 0)
      await test.clock.advance(8 * HOUR)
      const evening = await factsOf(source, 0)
      await test.clock.advance(16 * HOUR)
      return [...morning, ...evening].map(([, , hours]) => hours)
    }
    expect(await dayOfWork()).toEqual([0, 8])
    expect(await dayOfWork()).toEqual([24, 32])
    // taken away and set up anew: it begins anew
    state = 'unconfigured'
    expect(await dayOfWork()).toEqual([])
    state = 'stopped'
    expect(await dayOfWork()).toEqual([0, 8])
    // once it was complete that is what counts, and is forgotten with the data
    state = 'live'
    lastCompleteAt = test.clock.now()
    expect(await dayOfWork()).toEqual([0, 8])
    lastCompleteAt = null
    expect(await dayOfWork()).toEqual([0, 8])
  })

  it('has copies, a second place for them, and a disk, as the backups tell it', async () => {
    const { clock } = test
    const away = { state: 'absent', folder: '/mnt/stick', since: clock.now() } as const
    const told: BackupFacts = {
      lastGoodAt: null,
      warnings: [],
      lastFailure: { at: 1, file: 'site.db', reason: 'no space', full: true },
      second: { ...away, lastCopyAt: null, freeBytes: null, message: null },
      freeBytes: 3 * 1024 * 1024 + 5,
    }
    expect(
      await factsOf(
        diskFull('/data', () => told),
        10,
      ),
    ).toEqual([['data', '/data', 3]])
    const failed = backupFailed(clock, () => told)
    expect(await factsOf(failed, 1)).toEqual([['site.db', 'site.db', 1]])
    await clock.advance(DAY)
    expect(await factsOf(failed, 1)).toEqual([
      ['site.db', 'site.db', 1],
      ['second', '/mnt/stick', 1],
    ])
    const full = { ...told, lastFailure: null, second: { ...told.second, state: 'full' } } as const
    expect(
      await factsOf(
        backupFailed(clock, () => full),
        1,
      ),
    ).toHaveLength(1)
    const off = { ...full, second: { ...full.second, state: 'off' } } as const
    expect(
      await factsOf(
        backupFailed(clock, () => off),
        1,
      ),
    ).toEqual([])
  })

  it('has problems of its own', async () => {
    const sources = problemSources(() => [
      { code: 'LAN_NOT_LISTENING', data: { host: '0.0.0.0', port: 8085 } },
      { code: 'STORE_DAMAGED', data: { file: 'history.db' } },
      { code: 'UNCLEAN_STOP' },
    ])
    const found = await Promise.all(sources.map(async (source) => [source.rule, await factsOf(source, 1)]))
    expect(found).toEqual([
      ['lanDown', [['0.0.0.0:8085', '0.0.0.0:8085', 1]]],
      ['storeDamaged', [['history.db', 'history.db', 1]]],
    ])
  })
})
