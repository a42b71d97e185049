import type { Deed } from '#core/context.ts'
import { DAY, dayNumber, dayStartOf, HOUR, MINUTE, type ZoneOffset } from '#shared/time.ts'
import { hash } from '../hash.ts'
import { DESK_PHONE, KEEPER_BEFORE, LEFT, NIGHT, NIGHT_KEEPER, WORKERS, type Worker } from './people.ts'

const SEED = 7
/** days of history */
export const DAYS = 42
/** the keeper of the first project changed so many days ago */
export const KEEPER_SINCE = 28
export const LEFT_AFTER = 21
/** of the last working day: nobody ended these, that one was never answered */
export const FORGOTTEN: readonly number[] = [3, 17]
export const LATE = 11
/** corrections of that day that still wait: for the keeper, for the worker */
const FOR_KEEPER: readonly number[] = [5, 13, 19]
const FOR_WORKER: readonly number[] = [2, 8]

export const keeperOn = (ago: number): string => (ago > KEEPER_SINCE ? KEEPER_BEFORE.phone : DESK_PHONE)

/** 1970-01-01 was a Thursday. */
const isSunday = (day: number) => (day + 4) % 7 === 0
/** every other week, Monday to Sunday */
export const isNightWeek = (day: number) => Math.floor((day + 3) / 7) % 2 === 1

interface Shift {
  readonly project: 'dorm' | 'wall'
  readonly worker: Worker
  readonly keeper: string
  readonly from: number
  readonly to: number
  /** when the keeper answered, and wrote down the end */
  readonly answered: number
  readonly ended: number | null
  readonly dice: number
  /** a correction without an answer, and whose */
  readonly waits?: 'keeper' | 'worker' | undefined
}

/** The weeks up to last night: Monday to Saturday by day, every other week ten of them by night. */
export function weeks(now: number, zone: ZoneOffset): Deed[] {
  const today = dayNumber(now, zone)
  const last = isSunday(today - 1) ? 2 : 1
  return Array.from({ length: DAYS }, (_, i) => DAYS - i).flatMap((ago) => {
    const day = today - ago
    if (isSunday(day)) return []
    const start = dayStartOf(day, zone)
    const night = isNightWeek(day)
    const byDay = [...WORKERS, ...(ago > LEFT_AFTER ? [LEFT] : [])].flatMap((worker, w) =>
      (night && NIGHT.includes(worker)) || (w === LATE && ago <= 2)
        ? []
        : dayShift(worker, w, start, { ago, last: ago === last }),
    )
    const byNight = night ? NIGHT.flatMap((worker, w) => nightShift(worker, w, start, ago)) : []
    return [...byDay, ...byNight].flatMap(deedsOf)
  })
}

/** 07:30 to 17:30, some earlier and some later; one in eleven stays away. */
function dayShift(
  worker: Worker,
  w: number,
  start: number,
  { ago, last }: { ago: number; last: boolean },
): Shift[] {
  const forgotten = last && FORGOTTEN.includes(w)
  const waits = last ? waitsFor(w) : undefined
  const chance = hash(SEED, ago, w)
  const dice = forgotten || waits ? PLAIN : chance
  if (dice % 11 === 0) return []
  const from = start + 7 * HOUR + (20 + ((chance >>> 4) % 25)) * MINUTE
  const to = start + 17 * HOUR + ((chance >>> 10) % 90) * MINUTE
  const answered = start + 8 * HOUR + (5 + w) * 2000
  const ended = forgotten ? null : start + 19 * HOUR + w * 2000
  return [{ project: 'dorm', worker, keeper: keeperOn(ago), from, to, answered, ended, dice, waits }]
}

/** a throw that means nothing special */
const PLAIN = 4

function waitsFor(w: number): 'keeper' | 'worker' | undefined {
  if (FOR_KEEPER.includes(w)) return 'keeper'
  return FOR_WORKER.includes(w) ? 'worker' : undefined
}

/** 22:00 to 06:00: it belongs to the day it began. */
function nightShift(worker: Worker, w: number, start: number, ago: number): Shift[] {
  const dice = hash(SEED, ago, 200 + w)
  if (dice % 9 === 0) return []
  const from = start + 22 * HOUR - ((dice >>> 4) % 12) * MINUTE
  const to = start + DAY + 6 * HOUR + ((dice >>> 10) % 20) * MINUTE
  const answered = start + 22 * HOUR + (10 + w) * 2000
  const keeper = NIGHT_KEEPER.phone
  return [{ project: 'wall', worker, keeper, from, to, answered, ended: to + 10 * MINUTE + w * 2000, dice }]
}

function deedsOf(shift: Shift): Deed[] {
  const { project, worker, keeper, from, to, answered, ended, dice } = shift
  const user = worker.phone
  const request: Deed = { at: from, project, by: user, kind: 'request', checkInAt: from }
  const answer = { project, by: keeper, kind: 'answer', user } as const
  if (dice % 97 === 1) return [request, { ...answer, at: answered, confirm: false, reason: '未到岗' }]
  const confirmed: Deed = { ...answer, at: answered, confirm: true }
  if (ended === null) return [request, confirmed]
  const end: Deed = { at: ended, project, by: keeper, kind: 'end', user, checkOutAt: to }
  return [request, confirmed, end, ...correction(shift, ended)]
}

/** One shift in thirty or so was corrected; three in four of those with the other side's yes. */
function correction({ project, worker, keeper, from, to, dice, waits }: Shift, ended: number): Deed[] {
  const user = worker.phone
  const at = ended + 20 * MINUTE
  const answer = { at: ended + 50 * MINUTE, project, kind: 'decide', user } as const
  const accept = (dice >>> 16) % 4 !== 0
  if (waits === 'keeper' || dice % 53 === 2)
    return [
      { at, project, by: user, kind: 'correct', user, checkOutAt: to + 30 * MINUTE, note: '收工后清场' },
      ...(waits ? [] : [{ ...answer, by: keeper, accept, reason: accept ? '' : '现场已空' }]),
    ]
  if (waits === 'worker' || dice % 71 === 3)
    return [
      { at, project, by: keeper, kind: 'correct', user, checkInAt: from + 25 * MINUTE, note: '实际到岗晚' },
      ...(waits ? [] : [{ ...answer, by: user, accept, reason: accept ? '' : '当时已在门口' }]),
    ]
  return []
}
