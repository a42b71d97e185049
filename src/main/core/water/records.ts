import type { HistoryDatabase } from '../store/store.ts'
import type { WaterRegion } from '../upstream/index.ts'
import { keyOf, SHAPES, type Shape, type WaterList, type WaterRows } from './shapes.ts'

/** What is the same stays untouched, so that a second run changes nothing. */
const UPSERT = `INSERT INTO water_record
  (dataset, key, at, device_code, user_code, name, place, word, amount, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (dataset, key) DO UPDATE SET at = excluded.at, device_code = excluded.device_code,
    user_code = excluded.user_code, name = excluded.name, place = excluded.place, word = excluded.word,
    amount = excluded.amount, body = excluded.body
  WHERE body <> excluded.body`

const REGION = `INSERT INTO water_region (id, parent_id, name, ordinal, active) VALUES (?, ?, ?, ?, 1)
  ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name,
    ordinal = excluded.ordinal, active = 1
  WHERE parent_id IS NOT excluded.parent_id OR name <> excluded.name OR ordinal <> excluded.ordinal OR active = 0`

const MEMBER = `INSERT INTO water_member (kind, value, code, seen_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (kind, value, code) DO UPDATE SET seen_at = excluded.seen_at`

export type MemberKind = 'flows' | 'costs' | 'collector'

/** The water system's lists in history.db; upsert only. Writes only inside `history.write`. */
export function waterStore(db: HistoryDatabase) {
  const upsert = db.statement(UPSERT)
  const region = db.statement(REGION)
  const member = db.statement(MEMBER)
  return {
    put<L extends WaterList>(list: L, rows: readonly WaterRows[L][]): void {
      const shape: Shape<WaterRows[L]> = SHAPES[list]
      for (const row of rows) {
        const { at, device_code, user_code, name, place, word, amount } = shape.found(row)
        upsert.run(
          list,
          keyOf(list, row),
          at ?? null,
          device_code ?? '',
          user_code ?? '',
          name ?? '',
          place ?? '',
          word ?? '',
          amount ?? null,
          JSON.stringify(row),
        )
      }
    },

    regions(rows: readonly WaterRegion[], first: number): void {
      for (const [i, { id, parentId, name }] of rows.entries()) region.run(id, parentId, name, first + i)
    },

    /** only after a complete tree that could be read to its last node */
    retireRegions(seen: ReadonlySet<string>): number {
      const active = db.statement<{ id: string }>('SELECT id FROM water_region WHERE active = 1').all()
      const gone = active.filter(({ id }) => !seen.has(id))
      for (const { id } of gone) db.statement('UPDATE water_region SET active = 0 WHERE id = ?').run(id)
      return gone.length
    },

    members(kind: MemberKind, value: string, codes: readonly string[], at: number): void {
      for (const code of codes) if (code !== '') member.run(kind, value, code, at)
    },

    /** only after a complete answer: who was not in it belongs elsewhere now */
    dropMembers(kind: MemberKind, value: string, before: number): void {
      db.statement('DELETE FROM water_member WHERE kind = ? AND value = ? AND seen_at < ?').run(
        kind,
        value,
        before,
      )
    },

    activeRegions: () =>
      db.statement<{ id: string }>('SELECT id FROM water_region WHERE active = 1 ORDER BY ordinal').all(),
  }
}
export type WaterStore = ReturnType<typeof waterStore>
