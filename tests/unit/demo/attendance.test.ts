import { describe, expect, it } from 'vitest'
import { gangOf } from '#core/attendance/gang.ts'
import { projectOf, type Books } from '#core/attendance/books.ts'
import { tell } from '#core/attendance/index.ts'
import { retell } from '#core/attendance/log.ts'
import { attendanceStory } from '#main/demo/attendance/index.ts'
import { DAY, fromCalendar, HOUR, MINUTE } from '#shared/time.ts'
import { openTestStore } from '../../fixtures/store.ts'

const ZONE = 8 * HOUR
const monday = fromCalendar({ year: 2026, month: 3, day: 2, hour: 0, minute: 0, second: 0 }, ZONE) ?? 0

async function told<R>(now: number, look: (books: Books) => R): Promise<R> {
  const test = await openTestStore()
  const books: Books = {
    db: test.store.site,
    zone: () => ZONE,
    rules: () => ({ pendingFor: DAY, forgottenAfter: 16 * HOUR, longShift: DAY }),
  }
  try {
    await test.store.site.write(() => tell(books, attendanceStory(now, ZONE)))
    return look(books)
  } finally {
    await test.close()
  }
}

describe('the demo\u2019s attendance', () => {
  // a Monday and a Sunday of a night week, a Thursday of another: around midnight, in the morning, in the evening
  const moments = [0, 3 + 7, 6].flatMap((days) =>
    [3 * MINUTE, 6 * HOUR + 8 * MINUTE, 22 * HOUR - 3 * MINUTE].map((ms) => monday + days * DAY + ms),
  )
  it.each(moments)('breaks no rule and has something for everybody at %i', async (now) => {
    await told(now, (books) => {
      const gang = gangOf(books, projectOf(books, 1), null, now)
      const count = (standing: string) => gang.filter((row) => row.standing === standing).length
      expect(gang).toHaveLength(30)
      expect(count('pending')).toBeGreaterThan(10)
      expect(count('working')).toBeGreaterThan(3)
      expect(gang.filter(({ forgotten }) => forgotten).length).toBe(2)
      expect(gang.filter(({ late }) => late)).toHaveLength(1)
      const waiting = books.db
        .statement<{ byRole: string; n: number }>(
          `SELECT byRole, count(*) AS n FROM att_correction WHERE state = 'pending' GROUP BY byRole ORDER BY byRole`,
        )
        .all()
      expect(waiting).toEqual([
        { byRole: 'keeper', n: 2 },
        { byRole: 'worker', n: 3 },
      ])
    })
  })

  it('is told by its log alone, six weeks of it', async () => {
    await told(monday + 10 * HOUR, (books) => {
      expect(retell(books)).toEqual({ differs: [] })
      const sum = 'SELECT count(*) AS n, count(DISTINCT phone) AS people FROM att_record WHERE state = ?'
      const { n, people } = books.db.statement<{ n: number; people: number }>(sum).get('closed') ?? {
        n: 0,
        people: 0,
      }
      expect(n).toBeGreaterThan(900)
      expect(people).toBe(31)
    })
  })
})
