import { addMonths, startOfDay } from '#shared/time.ts'
import type { Books } from './books.ts'
import { refuse } from './refusals.ts'

/** What VIP lifts (seed 003 §四.5-6), in one place. */

/** */
const MOST_PROJECTS = 3
/** calendar months before the start of today. */
const LOOK_BACK_MONTHS = 2

/** an expired one is as good as none. */
export function isVip({ db }: Books, phone: string, now: number): boolean {
  const sql = 'SELECT 1 AS found FROM att_vip WHERE phone = ? AND expiresAt > ?'
  return db.statement(sql).get(phone, now) !== undefined
}

/** only active ones count, and only when another is made. */
export function requireProjectQuota(books: Books, owner: string, now: number): void {
  const { used, most } = projectQuota(books, owner, now)
  if (most !== null && used >= most) throw refuse('tooManyProjects')
}

/** `most` null: no limit */
export function projectQuota(
  books: Books,
  owner: string,
  now: number,
): { readonly used: number; readonly most: number | null } {
  const sql = 'SELECT count(*) AS n FROM att_project WHERE ownerPhone = ? AND deletedAt IS NULL'
  const used = books.db.statement<{ n: number }>(sql).get(owner)?.n ?? 0
  return { used, most: isVip(books, owner, now) ? null : MOST_PROJECTS }
}

/** the first instant that this phone sees; null: everything. Who has no phone is nobody in a project: staff. */
export function seesFrom(books: Books, phone: string, now: number): number | null {
  if (phone === '' || isVip(books, phone, now)) return null
  return addMonths(startOfDay(now, books.zone()), -LOOK_BACK_MONTHS, books.zone())
}

/** Only inside `site.write`; `expiresAt` null takes it away. */
export function setVip(
  { db }: Books,
  { phone, expiresAt, by }: { phone: string; expiresAt: number | null; by: string },
  now: number,
): void {
  if (expiresAt === null) db.statement('DELETE FROM att_vip WHERE phone = ?').run(phone)
  else
    db.statement(
      `INSERT INTO att_vip (phone, expiresAt, setBy, setAt) VALUES (?, ?, ?, ?)
       ON CONFLICT (phone) DO UPDATE SET expiresAt = excluded.expiresAt, setBy = excluded.setBy, setAt = excluded.setAt`,
    ).run(phone, expiresAt, by, now)
}
