import { type AlarmChannel } from '#shared/alarms.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { notFound } from '#shared/errors.ts'
import { MINUTE, SECOND } from '#shared/time.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { StoredAlarm, StoredDelivery } from './types.ts'

/** What comes within this time goes in one message. */
export const GATHER_MS = 5 * SECOND
/** Between two messages of a channel: a robot takes 20 a minute, people fewer. */
export const BETWEEN_MS = MINUTE
/** Deliveries kept; a year of a busy site. */
const KEPT = 5000

const WAITING = `FROM alarm_delivery WHERE state = 'waiting' AND kind = 'alarms'`
const PRUNE = `DELETE FROM alarm_delivery WHERE state <> 'waiting' AND made_at <
  (SELECT made_at FROM alarm_delivery ORDER BY made_at DESC LIMIT 1 OFFSET ${KEPT})`

const idsOf = ({ alarms }: Pick<StoredDelivery, 'alarms'>) => JSON.parse(alarms) as string[]

/** Messages that were sent or wait; changes only inside `site.write`. */
export class Deliveries {
  readonly #site: SiteDatabase

  constructor(site: SiteDatabase) {
    this.#site = site
  }

  insert(row: StoredDelivery): void {
    this.#site.run(this.#site.query.insertInto('alarm_delivery').values(row))
  }

  save({ id, ...row }: StoredDelivery): void {
    this.#site.run(this.#site.query.updateTable('alarm_delivery').set(row).where('id', '=', id))
  }

  find(id: string): StoredDelivery {
    const row = this.#site.statement<StoredDelivery>('SELECT * FROM alarm_delivery WHERE id = ?').get(id)
    if (!row) throw notFound('delivery', id)
    return row
  }

  due(at: number): StoredDelivery[] {
    return this.#site
      .statement<StoredDelivery>(`SELECT * ${WAITING} AND next_at <= ? ORDER BY next_at`)
      .all(at)
  }

  /** epoch ms; null: nothing waits */
  nextAt(): number | null {
    return this.#site.statement<{ at: number }>(`SELECT min(next_at) AS at ${WAITING}`).get()?.at ?? null
  }

  /** those of its alarms that are still there */
  alarmsOf(delivery: StoredDelivery): StoredAlarm[] {
    const alarm = this.#site.statement<StoredAlarm>('SELECT * FROM alarm WHERE id = ?')
    return idsOf(delivery).flatMap((id) => alarm.get(id) ?? [])
  }

  /** Into the message that was not tried yet, else into a new one with this id. */
  gather(channel: AlarmChannel, ids: readonly string[], id: string, at: number): void {
    const open = this.#site
      .statement<StoredDelivery>(`SELECT * ${WAITING} AND channel = ? AND tries = 0 LIMIT 1`)
      .get(channel)
    if (open) {
      const alarms = JSON.stringify([...new Set([...idsOf(open), ...ids])])
      return this.save({ ...open, alarms })
    }
    const last = this.#site
      .statement<{ at: number | null }>('SELECT max(tried_at) AS at FROM alarm_delivery WHERE channel = ?')
      .get(channel)?.at
    const next_at = Math.max(at + GATHER_MS, (last ?? 0) + BETWEEN_MS)
    this.insert({ ...emptyDelivery(id, channel, 'alarms', at), next_at, alarms: JSON.stringify(ids) })
    this.#site.statement(PRUNE).run()
  }

  list(input: Checked<'alarms.deliveries'>): Output<'alarms.deliveries'> {
    let rows = this.#site.query.selectFrom('alarm_delivery')
    if (input.channel !== undefined) rows = rows.where('channel', '=', input.channel)
    if (input.state !== undefined) rows = rows.where('state', '=', input.state)
    if (input.from !== undefined) rows = rows.where('made_at', '>=', input.from)
    if (input.to !== undefined) rows = rows.where('made_at', '<', input.to)
    const total = this.#site.get(rows.select(({ fn }) => fn.countAll<number>().as('n')))?.n ?? 0
    const page = rows.selectAll().orderBy('made_at', 'desc').orderBy('id')
    const found = this.#site.all(page.limit(input.limit ?? DEFAULT_LIMIT).offset(input.offset ?? 0))
    return { total, rows: found.map(shownDelivery) }
  }

  /** How a channel has done. */
  standing(channel: AlarmChannel) {
    const newest = (state: 'sent' | 'failed') =>
      this.#site
        .statement<{ at: number; result: string }>(
          `SELECT tried_at AS at, result FROM alarm_delivery WHERE channel = ? AND state = ? ORDER BY made_at DESC LIMIT 1`,
        )
        .get(channel, state) ?? null
    const waiting = this.#site
      .statement<{ n: number }>(
        `SELECT count(*) AS n FROM alarm_delivery WHERE channel = ? AND state = 'waiting'`,
      )
      .get(channel)
    return {
      waiting: waiting?.n ?? 0,
      lastSentAt: newest('sent')?.at ?? null,
      lastFailure: newest('failed'),
    }
  }
}

export const emptyDelivery = (
  id: string,
  channel: AlarmChannel,
  kind: StoredDelivery['kind'],
  at: number,
): StoredDelivery => ({
  id,
  channel,
  kind,
  state: 'waiting',
  made_at: at,
  tried_at: null,
  next_at: at,
  tries: 0,
  result: null,
  text: '',
  alarms: '[]',
})

export const shownDelivery = (row: StoredDelivery): Output<'alarms.deliveries'>['rows'][number] => ({
  id: row.id,
  channel: row.channel,
  kind: row.kind,
  state: row.state,
  madeAt: row.made_at,
  triedAt: row.tried_at,
  nextAt: row.next_at,
  tries: row.tries,
  result: row.result,
  text: row.text,
  alarms: idsOf(row).length,
})
