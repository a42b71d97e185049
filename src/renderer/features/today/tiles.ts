import type { JobRow } from '#shared/contract/jobs.ts'
import type { Output } from '#shared/contract/index.ts'

export type Status = Output<'system.status'>
export type Summary = Output<'meters.summary'>

export type TileKey =
  | 'alarms'
  | 'unsettled'
  | 'receipts'
  | 'oldShift'
  | 'asking'
  | 'toRegister'
  | 'lanFailed'
  | 'chargingUnpaid'
  | 'chargingAbnormal'
  | 'chargingCoins'
  | 'chargingCashouts'
  | 'chargingRefunds'
  | 'chargingNoPrice'
  | 'syncFailed'
  | 'syncPartial'
  | 'problems'
  | 'silent'
  | 'parked'
  | 'offline'
  | 'gateClosed'
  | 'quarantine'
  | 'waterSilent'
  | 'waterBattery'
  | 'images'
  | 'attCorrections'
  | 'attLate'
  | 'attForgotten'
export type Level = 'calm' | 'attention' | 'bad'

/** One thing that may need a person, with the list it leads to. */
export interface Tile {
  readonly key: TileKey
  readonly count: number
  readonly level: Level
  readonly to: string
}

/** What the recharge desk left open; absent: not known yet, or not for this operator. */
export interface DeskCounts {
  /** UNKNOWN and DISPUTED recharges */
  readonly unsettled?: number | undefined
  readonly receipts?: number | undefined
  /** the operator's own shift of an earlier day, still open */
  readonly oldShift?: number | undefined
}

/** What waits in the projects that this operator may see. */
export type AttendanceCounts = Output<'attendance.waiting'>
/** What the charging business waits for; absent: not known yet, or not for this operator. */
export interface ChargingCounts {
  /** orders unpaid, or whose payment has no end yet */
  readonly unpaid?: number | undefined
  /** ports and orders that do not fit together */
  readonly abnormal?: number | undefined
  /** purchases of coins to be confirmed */
  readonly coins?: number | undefined
  readonly cashouts?: number | undefined
  readonly refunds?: number | undefined
  /** chargers that are charged for and have no price */
  readonly noPrice?: number | undefined
}

/** Water meters to look at, as the water watch finds them. */
export interface WaterCounts {
  readonly silent?: number | undefined
  readonly battery?: number | undefined
}

/** What provisioning runs wait for, for those who may see them. */
export type RunCounts = Output<'provisioning.waiting'>

const runPath = (id: string | null) =>
  id === null ? '/chargers/runs' : `/chargers/runs/${encodeURIComponent(id)}`

/** Hours without a reading after which a meter counts as silent, as `meters.summary` counts them. */
export const SILENT_HOURS = 48

const failing = (status: Status) =>
  status.sources.filter(({ state }) => state === 'failing' || state === 'offline' || state === 'stopped')
    .length

type Known = (key: TileKey, count: number | undefined, loud: Level, to: string) => readonly Tile[]

const chargingTiles = (known: Known, counts: ChargingCounts): readonly Tile[] => [
  ...known('chargingUnpaid', counts.unpaid, 'attention', '/charging/abnormal?tab=unpaid'),
  ...known('chargingAbnormal', counts.abnormal, 'attention', '/charging/abnormal?tab=zombies'),
  ...known('chargingCoins', counts.coins, 'attention', '/charging/coins?state=pending'),
  ...known('chargingCashouts', counts.cashouts, 'attention', '/charging/cashouts?state=waiting'),
  ...known('chargingRefunds', counts.refunds, 'attention', '/charging/abnormal?tab=refunds'),
  ...known('chargingNoPrice', counts.noPrice, 'attention', '/charging/ports?price=none'),
]

/** Everything a person may have to look at; what is not known yet (undefined) has no tile rather than a zero. */
export function tilesOf(input: {
  status: Status | undefined
  alarms?: Output<'alarms.summary'> | undefined
  summary: Summary | undefined
  quarantine: number | undefined
  /** images of camera meters that need eyes; undefined also where there are no cameras */
  images?: number | undefined
  desk?: DeskCounts
  runs?: RunCounts | undefined
  attendance?: AttendanceCounts | undefined
  charging?: ChargingCounts
  water?: WaterCounts
}): readonly Tile[] {
  const { status, summary, quarantine, runs } = input
  const tile = (key: TileKey, count: number, loud: Level, to: string): Tile => ({
    key,
    count,
    level: count > 0 ? loud : 'calm',
    to,
  })
  const known: Known = (key, count, loud, to) => (count === undefined ? [] : [tile(key, count, loud, to)])
  const { alarms } = input
  return [
    ...known(
      'alarms',
      alarms?.waiting,
      (alarms?.critical ?? 0) > 0 ? 'bad' : 'attention',
      '/alarms?state=raised',
    ),
    ...known('unsettled', input.desk?.unsettled, 'attention', '/recharge/records?state=UNKNOWN,DISPUTED'),
    ...known('receipts', input.desk?.receipts, 'attention', '/recharge/receipts?state=waiting'),
    ...known('oldShift', input.desk?.oldShift, 'attention', '/shifts'),
    ...known('asking', runs?.asking, 'attention', runPath(runs?.askingRun ?? null)),
    ...attendanceTiles(input.attendance).map(([key, count, to]) => tile(key, count, 'attention', to)),
    ...known('toRegister', runs?.toRegister, 'attention', runPath(runs?.toRegisterRun ?? null)),
    ...known('lanFailed', status && Number(status.lan.state === 'failed'), 'bad', '/lan'),
    ...chargingTiles(known, input.charging ?? {}),
    ...(status
      ? [
          tile('syncFailed', failing(status), 'bad', '/sync'),
          tile('syncPartial', status.sources.filter((s) => s.partial).length, 'attention', '/sync'),
          tile('problems', status.problems.length, 'attention', '/diagnostics'),
        ]
      : []),
    ...(summary
      ? [
          tile('silent', summary.silent, 'attention', `/meters?silentHours=${SILENT_HOURS}`),
          tile('parked', summary.parked, 'attention', '/meters/events?state=parked'),
          tile('offline', summary.offline, 'attention', '/meters?online=offline'),
          tile('gateClosed', summary.gateClosed, 'attention', '/meters?gate=closed'),
        ]
      : []),
    ...known('waterSilent', input.water?.silent, 'attention', '/water/watch'),
    ...known('waterBattery', input.water?.battery, 'attention', '/water/watch?kind=battery'),
    ...known('images', input.images, 'attention', '/images'),
    ...known('quarantine', quarantine, 'attention', '/sync?tab=quarantine'),
  ]
}

function attendanceTiles(counts: AttendanceCounts | undefined): readonly [TileKey, number, string][] {
  if (!counts) return []
  const corrections = counts.correctionsForKeeper + counts.correctionsForWorker
  return [
    ['attCorrections', corrections, '/attendance/corrections?state=pending'],
    ['attLate', counts.late, '/attendance/records?state=late'],
    ['attForgotten', counts.forgotten, '/attendance/records?state=forgotten'],
  ]
}

export const needsSomebody = (tiles: readonly Tile[]) => tiles.filter((tile) => tile.level !== 'calm')

/** The last job of each kind that ended badly and was not followed by a good one. */
export function failedJobs(jobs: readonly JobRow[]): readonly JobRow[] {
  const latest = new Map<string, JobRow>()
  for (const job of jobs) {
    const known = latest.get(job.kind)
    if (!known || job.createdAt > known.createdAt) latest.set(job.kind, job)
  }
  return [...latest.values()].filter((job) => job.state === 'failed' || job.state === 'partial')
}
