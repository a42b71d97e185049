import type { Checked } from '#shared/contract/index.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { ProvisioningDevice, Run, RunHead } from '#shared/contract/provisioning.ts'
import { median } from '../chargers/index.ts'
import type { SqlValue } from '../ports.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { Progress } from './progress.ts'
import type { Counts, RunStore, StoredRun } from './store.ts'

/** `asking`: nothing goes on until a person has answered. */
const shownState = ({ state }: StoredRun, { waiting, running, asking }: Counts): RunHead['state'] =>
  state === 'running' && asking > 0 && waiting + running === 0 ? 'asking' : state

/** Written out key by key: the acceptance report's hash is over this order. */
export const headOf = (run: StoredRun, counts: Counts): RunHead => ({
  id: run.id,
  state: shownState(run, counts),
  site: run.site,
  installer: run.installer,
  adapter: run.adapter,
  createdAt: run.createdAt,
  endedAt: run.endedAt,
  counts: { ...counts },
})

export const runOf = (store: RunStore, run: StoredRun): Run => ({
  ...headOf(run, store.counts(run.id)),
  devices: store.devices(run.id).map(deviceOf),
})

export const deviceOf = (device: Progress): ProvisioningDevice => ({
  name: device.name,
  deviceCode: device.deviceCode,
  alias: device.alias,
  state: device.state,
  reason: device.reason,
  steps: [...device.steps],
  signal:
    device.signal.length === 0
      ? null
      : { min: Math.min(...device.signal), median: median(device.signal), max: Math.max(...device.signal) },
  clockSkewS: device.clockSkewS,
  attempts: device.attempts,
  labelPrintedAt: device.labelPrintedAt,
})

/** A run's state as it is shown, in SQL. */
const SHOWN = `SELECT r.id, r.created_at, CASE WHEN r.state = 'running'
    AND EXISTS (SELECT 1 FROM provisioning_device d WHERE d.run_id = r.id AND d.state = 'asking')
    AND NOT EXISTS (SELECT 1 FROM provisioning_device d WHERE d.run_id = r.id AND d.state IN ('waiting', 'running'))
  THEN 'asking' ELSE r.state END AS shown FROM provisioning_run r`

export function listRuns(
  site: SiteDatabase,
  store: RunStore,
  { offset = 0, limit = DEFAULT_LIMIT, state }: Checked<'provisioning.list'>,
): { total: number; rows: RunHead[] } {
  const where = state === undefined ? '' : 'WHERE shown = ?'
  const values: SqlValue[] = state === undefined ? [] : [state]
  const total =
    site.statement<{ n: number }>(`SELECT count(*) AS n FROM (${SHOWN}) ${where}`).get(...values)?.n ?? 0
  const page = `SELECT id FROM (${SHOWN}) ${where} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`
  const ids = site.statement<{ id: string }>(page).all(...values, limit, offset)
  return { total, rows: ids.flatMap(({ id }) => headById(store, id) ?? []) }
}

export function headById(store: RunStore, id: string): RunHead | null {
  const run = store.run(id)
  return run && headOf(run, store.counts(id))
}

const CURRENT = `SELECT id FROM provisioning_run WHERE state IN ('running', 'paused') ORDER BY created_at DESC, id DESC LIMIT 1`

/** The newest run that has not ended. */
export function currentRun(site: SiteDatabase, store: RunStore): RunHead | null {
  const found = site.statement<{ id: string }>(CURRENT).get()
  return found ? headById(store, found.id) : null
}
