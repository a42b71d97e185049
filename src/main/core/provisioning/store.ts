import type { Reason, Step } from '#shared/contract/provisioning.ts'
import type { SiteDatabase } from '../store/store.ts'
import { next, type DeviceEvent } from './machine.ts'
import type { DeviceState, Memory, Progress } from './progress.ts'

export type StoredRunState = 'running' | 'paused' | 'done' | 'partial' | 'failed' | 'cancelled'

export interface StoredRun {
  readonly id: string
  readonly state: StoredRunState
  readonly site: string
  readonly installer: string
  readonly adapter: string
  readonly options: RunOptions
  readonly createdBy: string
  readonly createdAt: number
  readonly endedAt: number | null
}

export interface RunOptions {
  readonly testPorts: readonly number[]
}

export type Counts = Readonly<Record<DeviceState, number>>

/** A charger of a run. */
export interface Where {
  readonly runId: string
  readonly name: string
}

interface DeviceRow {
  readonly name: string
  readonly device_code: string
  readonly alias: string
  readonly state: DeviceState
  readonly reason: string | null
  readonly steps: string
  readonly signal: string
  readonly clock_skew_s: number | null
  readonly attempts: number
  readonly label_printed_at: number | null
}

const DEVICE = `SELECT name, device_code, alias, state, reason, steps, signal, clock_skew_s, attempts, label_printed_at
  FROM provisioning_device WHERE run_id = ?`
/** A charger that fails waits at the end (ux.md "Pairing"). */
const LAST = '(SELECT max(position) + 1 FROM provisioning_device WHERE run_id = ?)'
const UPDATE = `UPDATE provisioning_device SET state = ?, reason = ?, steps = ?, signal = ?, clock_skew_s = ?, attempts = ?,
  label_printed_at = ?, updated_at = ?, position = CASE WHEN ? THEN ${LAST} ELSE position END
  WHERE run_id = ? AND name = ?`
const INSERT = `INSERT INTO provisioning_device (run_id, name, position, device_code, alias, state, steps, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
const NEXT = `SELECT d.run_id AS runId, d.name FROM provisioning_device d JOIN provisioning_run r ON r.id = d.run_id
  WHERE r.state = 'running' AND d.state = 'waiting' ORDER BY r.created_at, r.id, d.position LIMIT 1`
const ELSEWHERE = `SELECT d.run_id AS runId, d.name FROM provisioning_device d JOIN provisioning_run r ON r.id = d.run_id
  WHERE r.state IN ('running', 'paused') AND d.state IN ('waiting', 'running', 'asking') AND r.id <> ?`
const LEFT_RUNNING = `SELECT run_id AS runId, name FROM provisioning_device WHERE state = 'running'`
const COUNT = 'SELECT state, count(*) AS n FROM provisioning_device WHERE run_id = ? GROUP BY state'
const SENT = `SELECT 1 AS sent FROM charger_exchange
  WHERE run_id = ? AND name = ? AND at >= ? AND direction = 'sent' AND text LIKE ? LIMIT 1`

/** Runs and their chargers in site.db. What changes rows is only for inside `site.write`. */
export class RunStore {
  readonly #site: SiteDatabase

  constructor(site: SiteDatabase) {
    this.#site = site
  }

  add(run: StoredRun, devices: readonly Progress[]): void {
    this.#site.run(
      this.#site.query.insertInto('provisioning_run').values({
        id: run.id,
        state: run.state,
        site: run.site,
        installer: run.installer,
        adapter: run.adapter,
        options: JSON.stringify(run.options),
        created_by: run.createdBy,
        created_at: run.createdAt,
        ended_at: run.endedAt,
      }),
    )
    const insert = this.#site.statement(INSERT)
    for (const [position, device] of devices.entries()) {
      const { name, deviceCode, alias, state } = device
      insert.run(run.id, name, position, deviceCode, alias, state, kept(device), run.createdAt)
    }
  }

  /** One event of one charger; the run ends with its last one. null: there is no such charger. */
  apply({ runId, name }: Where, event: DeviceEvent, now: number): Progress | null {
    const before = this.device({ runId, name })
    if (!before) return null
    const after = next(before, event, now)
    if (after !== before) this.#save(runId, after, { now, toEnd: fails(before, after) })
    this.settle(runId, now)
    return after
  }

  device({ runId, name }: Where): Progress | null {
    const row = this.#site.statement<DeviceRow>(`${DEVICE} AND name = ?`).get(runId, name)
    return row ? progressOf(row) : null
  }

  /** in the order in which they are worked on */
  devices(runId: string): Progress[] {
    return this.#site.statement<DeviceRow>(`${DEVICE} ORDER BY position, name`).all(runId).map(progressOf)
  }

  run(id: string): StoredRun | null {
    const { query } = this.#site
    const row = this.#site.get(query.selectFrom('provisioning_run').selectAll().where('id', '=', id))
    if (!row) return null
    return {
      id,
      state: row.state as StoredRunState,
      site: row.site,
      installer: row.installer,
      adapter: row.adapter,
      options: JSON.parse(row.options) as RunOptions,
      createdBy: row.created_by,
      createdAt: row.created_at,
      endedAt: row.ended_at,
    }
  }

  setState(id: string, state: StoredRunState, endedAt: number | null): void {
    const { query } = this.#site
    this.#site.run(
      query.updateTable('provisioning_run').set({ state, ended_at: endedAt }).where('id', '=', id),
    )
  }

  counts(runId: string): Counts {
    const counts = { waiting: 0, running: 0, asking: 0, passed: 0, failed: 0, skipped: 0 }
    for (const { state, n } of this.#site.statement<{ state: DeviceState; n: number }>(COUNT).all(runId))
      counts[state] = n
    return counts
  }

  /** A run of which every charger has come to its end has ended. */
  settle(id: string, now: number): void {
    const run = this.run(id)
    const { waiting, running, asking, passed, failed, skipped } = this.counts(id)
    if (!run || !isActive(run.state) || waiting + running + asking > 0) return
    const none = passed === 0 && failed > 0
    this.setState(id, failed + skipped === 0 ? 'done' : none ? 'failed' : 'partial', now)
  }

  nextWaiting(): Where | null {
    return this.#site.statement<{ runId: string; name: string }>(NEXT).get() ?? null
  }

  /** Chargers that other runs are busy with. */
  busyElsewhere(runId: string): Where[] {
    return this.#site.statement<{ runId: string; name: string }>(ELSEWHERE).all(runId)
  }

  leftRunning(): Where[] {
    return this.#site.statement<{ runId: string; name: string }>(LEFT_RUNNING).all()
  }

  /** The log says that a frame that begins so left since then. */
  wasSent({ runId, name }: Where, start: string, since: number): boolean {
    return this.#site.statement(SENT).get(runId, name, since, `${start}%`) !== undefined
  }

  #save(runId: string, device: Progress, { now, toEnd }: { now: number; toEnd: boolean }): void {
    this.#site
      .statement(UPDATE)
      .run(
        device.state,
        device.reason ? JSON.stringify(device.reason) : null,
        kept(device),
        JSON.stringify(device.signal),
        device.clockSkewS,
        device.attempts,
        device.labelPrintedAt,
        now,
        toEnd ? 1 : 0,
        runId,
        runId,
        device.name,
      )
  }
}

export const isActive = (state: StoredRunState) => state === 'running' || state === 'paused'

const fails = (before: Progress, after: Progress) => after.state === 'failed' && before.state !== 'failed'

/** Column `steps`: the steps, and what they found out. */
const kept = ({ steps, memory }: Progress) => JSON.stringify({ steps, memory })

function progressOf(row: DeviceRow): Progress {
  const { steps, memory } = JSON.parse(row.steps) as { steps: Step[]; memory: Memory }
  return {
    name: row.name,
    deviceCode: row.device_code,
    alias: row.alias,
    state: row.state,
    reason: row.reason === null ? null : (JSON.parse(row.reason) as Reason),
    steps,
    memory,
    signal: JSON.parse(row.signal) as number[],
    clockSkewS: row.clock_skew_s,
    attempts: row.attempts,
    labelPrintedAt: row.label_printed_at,
  }
}
