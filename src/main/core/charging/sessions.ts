import { textOf, timeOf, type Books } from './books.ts'
import { freeId, ID_FORMS } from './ids.ts'
import { BadSession } from './refusal.ts'

type Side = 'user' | 'manager'

interface StoredSession {
  readonly openId: string
  readonly phone: string | null
  readonly updateTime: string
}

/**
 * Log-ins of the mini-programs (wx_info). WeChat's session keys stay in memory: after a restart a phone logs in
 * anew, and nothing on the disk can decrypt anybody's number.
 */
export class Sessions {
  readonly #books: Books
  readonly #keys = new Map<string, string>()

  constructor(books: Books) {
    this.#books = books
  }

  /** A new session replaces the old one of the same person (U-02). Only inside `site.write`. */
  open(side: Side, openId: string, sessionKey: string, now: number): string {
    const { db } = this.#books
    const session = freeId(db, 'session', ID_FORMS.session(openId), now)
    const at = textOf(this.#books, now)
    const before = this.#row(side, openId)?.session ?? null
    if (before !== null) this.#keys.delete(before)
    db.statement(
      `INSERT INTO wx_info (side, openId, session, insertTime, updateTime) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (side, openId) DO UPDATE SET session = excluded.session, updateTime = excluded.updateTime`,
    ).run(side, openId, session, at, at)
    this.#keys.set(session, sessionKey)
    return session
  }

  /** The key that decrypts what WeChat gave this session (U-01); 4 where the log-in ended. */
  keyOf(side: Side, session: string, now: number): string {
    const key = this.#keys.get(session)
    if (key === undefined || this.#live(side, session, now) === null) throw new BadSession()
    return key
  }

  openIdOf(side: Side, phone: string): string | null {
    const sql = 'SELECT openId FROM wx_info WHERE side = ? AND phone = ? ORDER BY updateTime DESC LIMIT 1'
    return this.#books.db.statement<{ openId: string }>(sql).get(side, phone)?.openId ?? null
  }

  phoneOf(side: Side, session: string, now: number): string | null {
    return this.#live(side, session, now)?.phone ?? null
  }

  /** The phone of this session, and its person in the books from now on (U-04). Only inside `site.write`. */
  bindPhone(side: Side, session: string, phone: string, now: number): void {
    const { db } = this.#books
    const at = textOf(this.#books, now)
    if (this.#live(side, session, now) === null) throw new BadSession()
    db.statement('UPDATE wx_info SET phone = ?, updateTime = ? WHERE side = ? AND session = ?').run(
      phone,
      at,
      side,
      session,
    )
    const sql =
      side === 'user'
        ? 'INSERT INTO user_info (user, setupTime) VALUES (?, ?) ON CONFLICT DO NOTHING'
        : 'INSERT INTO manager_info (manager, setupTime) VALUES (?, ?) ON CONFLICT DO NOTHING'
    db.statement(sql).run(phone, at)
  }

  #row(side: Side, openId: string): { session: string | null } | undefined {
    const sql = 'SELECT session FROM wx_info WHERE side = ? AND openId = ?'
    return this.#books.db.statement<{ session: string | null }>(sql).get(side, openId)
  }

  #live(side: Side, session: string, now: number): StoredSession | null {
    const sql = 'SELECT openId, phone, updateTime FROM wx_info WHERE side = ? AND session = ?'
    const row = this.#books.db.statement<StoredSession>(sql).get(side, session)
    return row && now - timeOf(this.#books, row.updateTime) <= this.#books.rules().sessionLives ? row : null
  }
}
