import type { SiteDatabase } from '#core/store/store.ts'
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

/** Answers with code 0 of signed requests that changed something, kept as long as such a request is accepted. */
export class ReplayStore {
  readonly #db: SiteDatabase

  constructor(db: SiteDatabase) {
    this.#db = db
  }

  /** the first answer as JSON, if there was one */
  find({ path, signature, timestamp }: ReplayKey): string | null {
    const sql = 'SELECT answer FROM lan_replay WHERE path = ? AND signature = ? AND timestamp = ?'
    return this.#db.statement<{ answer: string }>(sql).get(path, signature, timestamp)?.answer ?? null
  }

  /** Only inside `site.write`, together with what the request changed. */
  keep({ path, signature, timestamp }: ReplayKey, answer: string, at: number): void {
    this.#db
      .statement('INSERT INTO lan_replay (path, signature, timestamp, answer, at) VALUES (?, ?, ?, ?, ?)')
      .run(path, signature, timestamp, answer, at)
  }

  /** Only inside `site.write`. */
  forgetBefore(at: number): number {
    return this.#db.statement('DELETE FROM lan_replay WHERE at < ?').run(at).changes
  }
}
