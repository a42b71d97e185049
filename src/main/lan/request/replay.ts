import { CODE, Refusal } from '#core/charging/refusal.ts'
import type { SiteDatabase } from '#core/store/store.ts'
import { DAY, SECOND } from '#shared/time.ts'
import { decodeSignature } from './signature.ts'
import { timestampOf } from './verify.ts'
import type { Fields } from '../endpoint.ts'

/** What makes two requests the same one (H-12). */
export interface ReplayKey {
  readonly path: string
  readonly signature: string
  readonly timestamp: string
}

/** By the digest, not by how it was written: a request that was overheard is not another one in other letters (H-04). */
export function replayKey(path: string, fields: Fields): ReplayKey {
  const given = String(fields.get('signature'))
  return {
    path,
    signature: decodeSignature(given)?.hex ?? given,
    timestamp: String(timestampOf(fields.get('timestamp'))),
  }
}

/** What the settings may let a timestamp be off at most, where they look at it (H-11). */
const MOST_OFF_S = DAY / SECOND
/** In `meta`: JSON `[first, last]`, the timestamps of answers that were forgotten, seconds. */
const FORGOTTEN = 'lan.replay.forgotten'

/** Answers with code 0 of signed requests that changed something, kept as long as such a request is accepted. */
export class ReplayStore {
  readonly #db: SiteDatabase

  constructor(db: SiteDatabase) {
    this.#db = db
  }

  /**
   * The first answer as JSON, if there was one. Refuses (code 1) what is of a time whose answers were forgotten: only
   * where the time is not looked at any more, and nobody knows whether it was done.
   */
  find({ path, signature, timestamp }: ReplayKey): string | null {
    const sql = 'SELECT answer FROM lan_replay WHERE path = ? AND signature = ? AND timestamp = ?'
    const found = this.#db.statement<{ answer: string }>(sql).get(path, signature, timestamp)
    if (found) return found.answer
    const [first, last] = this.#forgotten() ?? [Infinity, -Infinity]
    if (Number(timestamp) < first || Number(timestamp) > last) return null
    throw new Refusal(CODE.timestamp, '时间戳错误，请求已过期')
  }

  #forgotten(): [number, number] | null {
    const row = this.#db.statement<{ value: string }>('SELECT value FROM meta WHERE key = ?').get(FORGOTTEN)
    return row ? (JSON.parse(row.value) as [number, number]) : null
  }

  /** Only inside `site.write`, together with what the request changed. */
  keep({ path, signature, timestamp }: ReplayKey, answer: string, at: number): void {
    this.#db
      .statement('INSERT INTO lan_replay (path, signature, timestamp, answer, at) VALUES (?, ?, ?, ?, ?)')
      .run(path, signature, timestamp, answer, at)
  }

  /**
   * Forgets answers of a day ago and more whose request no tolerance of the settings would accept. One that came with a
   * time of its own, while none was looked at, stays. Only inside `site.write`.
   */
  forget(now: number): void {
    const values = [now - DAY, Math.floor(now / SECOND) - MOST_OFF_S, SECOND, MOST_OFF_S]
    const which = `at < ? AND CAST(timestamp AS INTEGER) < ?
      AND abs(CAST(timestamp AS INTEGER) - at / ?) <= ?`
    const sql = `SELECT min(CAST(timestamp AS INTEGER)) AS first, max(CAST(timestamp AS INTEGER)) AS last
      FROM lan_replay WHERE ${which}`
    const going = this.#db.statement<{ first: number | null; last: number | null }>(sql).get(...values)
    if (!going || going.first === null || going.last === null) return
    const [first, last] = this.#forgotten() ?? [Infinity, -Infinity]
    const all = JSON.stringify([Math.min(first, going.first), Math.max(last, going.last)])
    this.#db.statement('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(FORGOTTEN, all)
    this.#db.statement(`DELETE FROM lan_replay WHERE ${which}`).run(...values)
  }
}
