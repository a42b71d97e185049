import { describe, expect, it } from 'vitest'
import type { JobRow } from '#shared/contract/jobs.ts'
import {
  failedJobs,
  needsSomebody,
  tilesOf,
  type Status,
  type Summary,
} from '../../../src/renderer/features/today/tiles.ts'

const source = (change: Partial<Status['sources'][number]> = {}): Status['sources'][number] => ({
  source: 'imr',
  state: 'live',
  lastCompleteAt: 1,
  partial: false,
  lastError: null,
  clockSkewMs: 0,
  ...change,
})

const status = (change: Partial<Status> = {}): Status => ({
  version: '0.1.0',
  now: 0,
  demo: false,
  dataDir: '',
  lan: { state: 'off', url: null },
  bluetooth: { state: 'off', reason: null },
  sources: [source()],
  runningJobs: 0,
  problems: [],
  backups: {
    lastGoodAt: null,
    warnings: [],
    lastFailure: null,
    second: { state: 'off', folder: null, since: null, lastCopyAt: null, freeBytes: null, message: null },
    freeBytes: 0,
  },
  store: { siteBytes: 0, historyBytes: 0, readings: 0, meters: 0, lastBackupAt: null },
  parts: [],
  checks: [],
  ...change,
})

const summary: Summary = {
  total: 10,
  electricity: 5,
  water: 4,
  unknown: 1,
  offline: 2,
  silent: 3,
  gateClosed: 0,
  parked: 0,
  days: [
    { day: 0, electricity: '12.5', water: null, measured: 4 },
    { day: 86_400_000, electricity: null, water: '1', measured: 1 },
  ],
  asOf: 1,
}

describe('what needs a person', () => {
  it('chargers that ask, or are still to be registered, lead to their runs', () => {
    const runs = { asking: 2, askingRun: 'r/1', toRegister: 3, toRegisterRun: 'r2' }
    const known = { status: undefined, summary: undefined, quarantine: undefined }
    expect(tilesOf({ ...known, runs })).toEqual([
      { key: 'asking', count: 2, level: 'attention', to: '/chargers/runs/r%2F1' },
      { key: 'toRegister', count: 3, level: 'attention', to: '/chargers/runs/r2' },
    ])
    const none = { asking: 0, askingRun: null, toRegister: 0, toRegisterRun: null }
    expect(needsSomebody(tilesOf({ ...known, runs: none }))).toEqual([])
    // not for this operator
    expect(tilesOf(known)).toEqual([])
  })

  it('what the charging business waits for leads to its lists, and a service that is down to itself', () => {
    const charging = { unpaid: 3, abnormal: 2, coins: 1, cashouts: 4, refunds: 0, noPrice: 5 }
    const failed = status({ lan: { state: 'failed', url: null } })
    const tiles = tilesOf({ status: failed, summary: undefined, quarantine: undefined, charging })
    expect(needsSomebody(tiles).map(({ key, count, level, to }) => [key, count, level, to])).toEqual([
      ['lanFailed', 1, 'bad', '/lan'],
      ['chargingUnpaid', 3, 'attention', '/charging/abnormal?tab=unpaid'],
      ['chargingAbnormal', 2, 'attention', '/charging/abnormal?tab=zombies'],
      ['chargingCoins', 1, 'attention', '/charging/coins?state=pending'],
      ['chargingCashouts', 4, 'attention', '/charging/cashouts?state=waiting'],
      ['chargingNoPrice', 5, 'attention', '/charging/ports?price=none'],
    ])
  })

  it('nothing loud when all is well', () => {
    const tiles = tilesOf({
      status: status(),
      summary: { ...summary, offline: 0, silent: 0 },
      quarantine: 0,
    })
    expect(needsSomebody(tiles)).toEqual([])
    expect(tiles).toHaveLength(9)
  })

  it('each thing leads to its own list', () => {
    const tiles = tilesOf({
      status: status({
        sources: [source({ state: 'offline', partial: true })],
        problems: [{ code: 'KEY_FILE_ONLY' }],
      }),
      summary,
      quarantine: 4,
    })
    expect(needsSomebody(tiles).map(({ key, count, level, to }) => [key, count, level, to])).toEqual([
      ['syncFailed', 1, 'bad', '/sync'],
      ['syncPartial', 1, 'attention', '/sync'],
      ['problems', 1, 'attention', '/diagnostics'],
      ['silent', 3, 'attention', '/meters?silentHours=48'],
      ['offline', 2, 'attention', '/meters?online=offline'],
      ['quarantine', 4, 'attention', '/sync?tab=quarantine'],
    ])
  })

  it('water meters to look at lead to the watch that found them', () => {
    const known = { status: undefined, summary: undefined, quarantine: undefined }
    const tiles = tilesOf({ ...known, water: { silent: 11, battery: 0 } })
    expect(tiles).toEqual([
      { key: 'waterSilent', count: 11, level: 'attention', to: '/water/watch' },
      { key: 'waterBattery', count: 0, level: 'calm', to: '/water/watch?kind=battery' },
    ])
  })

  it('what was not answered yet shows no zero', () => {
    expect(tilesOf({ status: undefined, summary: undefined, quarantine: undefined })).toEqual([])
  })

  it('tells of attendance that waits: corrections of either side, requests, ends', () => {
    const attendance = {
      pending: 21,
      late: 1,
      forgotten: 2,
      correctionsForKeeper: 3,
      correctionsForWorker: 2,
    }
    const tiles = tilesOf({ status: undefined, summary: undefined, quarantine: undefined, attendance })
    expect(tiles.map(({ key, count, to }) => [key, count, to])).toEqual([
      ['attCorrections', 5, '/attendance/corrections?state=pending'],
      ['attLate', 1, '/attendance/records?state=late'],
      ['attForgotten', 2, '/attendance/records?state=forgotten'],
    ])
  })

  it('a failed job counts until the next one of its kind ended well', () => {
    const job = (id: string, createdAt: number, state: JobRow['state']): JobRow => ({
      id,
      kind: 'sync.imr',
      spec: {},
      state,
      step: null,
      done: 0,
      total: null,
      error: null,
      report: [],
      startedBy: null,
      createdAt,
      updatedAt: createdAt,
      endedAt: createdAt,
      resumable: false,
    })
    expect(failedJobs([job('b', 2, 'failed'), job('a', 1, 'done')]).map(({ id }) => id)).toEqual(['b'])
    expect(failedJobs([job('a', 1, 'failed'), job('b', 2, 'done')])).toEqual([])
  })
})
