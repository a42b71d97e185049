import type { HistoryDatabase } from '../store/store.ts'

/** First and last day to look at. */
export type DayRange = readonly [first: number, last: number]

/**
 * Which days changed since their falls and jumps were last looked for. Kept in memory, since a page of readings
 * must cost nothing more; that there are any is written with the first of them, so that a start after a crash
 * looks at everything.
 */
export interface Dirty {
  /** inside `history.write` */
  mark(meter: number, day: number): void
  /** everything that is held */
  markAll(): void
  isClean(): boolean
  /** how many will have been taken when those that wait now are */
  untilNow(): number
  /** how many were taken so far */
  taken(): number
  /** takes the next off the list; of these meters only, if they are given */
  take(of?: readonly number[]): [meter: number, days: DayRange] | undefined
  /** some of these meters are on the list */
  waits(of: readonly number[]): boolean
  /** puts back what could not be done */
  putBack(taken: readonly [meter: number, days: DayRange][]): void
  /** inside `history.write`: says that nothing is left, if it is so */
  settle(): void
}

const META = 'usage_checked'

export function createDirty(db: HistoryDatabase, uncleanStop: boolean): Dirty {
  const days = new Map<number, DayRange>()
  let done = 0
  const find = db.statement<{ value: string }>('SELECT value FROM meta WHERE key = ?')
  const save = db.statement(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const spans = db.statement(
    `SELECT m.id, (SELECT min(day) FROM daily), (SELECT max(day) FROM daily) FROM meter m
     WHERE m.source <> 'campus'`,
  )
  const add = (meter: number, first: number, last: number) => {
    const known = days.get(meter)
    if (known && known[0] <= first && known[1] >= last) return
    days.set(meter, known ? [Math.min(known[0], first), Math.max(known[1], last)] : [first, last])
  }
  const markAll = () => {
    for (const [meter, first, last] of spans.arrays() as [number, number | null, number | null][])
      if (first !== null && last !== null) add(meter, first, last)
  }
  // a write that was undone took its note with it
  if (uncleanStop || find.get(META)?.value !== 'yes') markAll()
  return {
    mark(meter, day) {
      if (days.size === 0) save.run(META, 'no')
      add(meter, day, day)
    },
    markAll,
    isClean: () => days.size === 0,
    untilNow: () => done + days.size,
    taken: () => done,
    take(of) {
      const meter = of ? of.find((one) => days.has(one)) : days.keys().next().value
      const range = meter === undefined ? undefined : days.get(meter)
      if (meter === undefined || !range) return undefined
      days.delete(meter)
      done++
      return [meter, range]
    },
    waits: (of) => of.some((meter) => days.has(meter)),
    putBack(taken) {
      for (const [meter, [first, last]] of taken) add(meter, first, last)
    },
    settle() {
      if (days.size === 0) save.run(META, 'yes')
    },
  }
}
