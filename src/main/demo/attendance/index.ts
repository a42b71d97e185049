import type { Deed } from '#core/context.ts'
import { DAY, dayNumber, HOUR, MINUTE, startOfDay, type ZoneOffset } from '#shared/time.ts'
import {
  DESK_NAME,
  DESK_PHONE,
  KEEPER_BEFORE,
  LEFT,
  NIGHT,
  NIGHT_KEEPER,
  OWNER,
  WORKERS,
  type Worker,
} from './people.ts'
import { DAYS, FORGOTTEN, isNightWeek, KEEPER_SINCE, LATE, LEFT_AFTER, weeks } from './weeks.ts'

export { DESK_PHONE, WORKERS } from './people.ts'
export { workCast } from './cast.ts'

/** Two projects with six weeks behind them, and what waits for somebody now: the same every time, but for when it ends. */
export function attendanceStory(now: number, zone: ZoneOffset): Deed[] {
  const past = [...begin(now, zone), ...weeks(now, zone)]
  // what the last night's keeper would only do later has not happened
  const before = [...past, ...waiting(now, zone)].filter(({ at }) => at < now)
  return before.toSorted((a, b) => a.at - b.at)
}

const dorm = { project: 'dorm' } as const
const wall = { project: 'wall' } as const

function begin(now: number, zone: ZoneOffset): Deed[] {
  const at = startOfDay(now, zone) - (DAYS + 1) * DAY + 9 * HOUR
  const changed = startOfDay(now, zone) - KEEPER_SINCE * DAY + 6 * HOUR
  const join = (project: string, by: string, workers: readonly Worker[]): Deed[] =>
    workers.map(({ phone: user, name: userName }) => ({
      at: at + 2 * HOUR,
      project,
      by,
      kind: 'member',
      user,
      userName,
    }))
  const keeper = (of: Worker) => ({ kind: 'keeper', keeper: of.phone, keeperName: of.name }) as const
  return [
    { ...dorm, at, by: OWNER.phone, kind: 'project', name: '东区宿舍改造' },
    { ...wall, at: at + HOUR, by: DESK_PHONE, kind: 'project', name: '图书馆外墙维修' },
    { ...dorm, at: at + MINUTE, by: OWNER.phone, ...keeper(KEEPER_BEFORE) },
    { ...wall, at: at + HOUR, by: DESK_PHONE, ...keeper(NIGHT_KEEPER) },
    ...join('dorm', KEEPER_BEFORE.phone, [...WORKERS, LEFT]),
    ...join('wall', NIGHT_KEEPER.phone, NIGHT),
    { ...dorm, at: changed, by: OWNER.phone, ...keeper({ phone: DESK_PHONE, name: DESK_NAME }) },
    { ...dorm, at: startOfDay(now, zone) - LEFT_AFTER * DAY + 6 * HOUR, by: LEFT.phone, kind: 'leave' },
  ]
}

/** Not there today. */
const AWAY: readonly number[] = [9, 22]

function waiting(now: number, zone: ZoneOffset): Deed[] {
  const today = dayNumber(now, zone)
  const night = isNightWeek(today) || isNightWeek(dayNumber(now - 12 * HOUR, zone))
  const gang = WORKERS.flatMap((worker, w) =>
    [...FORGOTTEN, ...AWAY, LATE].includes(w) || (night && NIGHT.includes(worker)) ? [] : [{ worker, w }],
  )
  const late = WORKERS[LATE]?.phone ?? ''
  const asked = now - 26 * HOUR
  return [
    { ...dorm, at: asked, by: late, kind: 'request', checkInAt: asked },
    ...gang.flatMap(({ worker, w }) => (w % 6 === 0 ? atWork(worker.phone, w, now) : asking(worker, w, now))),
  ]
}

function atWork(user: string, w: number, now: number): Deed[] {
  const checkInAt = now - 2 * HOUR - w * MINUTE
  return [
    { ...dorm, at: checkInAt, by: user, kind: 'request', checkInAt },
    { ...dorm, at: checkInAt + 45 * MINUTE, by: DESK_PHONE, kind: 'answer', user, confirm: true },
  ]
}

/** Asked for in the last half hour; some want to be told. */
function asking({ phone: by }: Worker, w: number, now: number): Deed[] {
  const at = now - (6 + ((w * 7) % 25)) * MINUTE
  const request: Deed = { ...dorm, at, by, kind: 'request', checkInAt: at }
  return w % 4 === 1 ? [request, { ...dorm, at: at + 5000, by, kind: 'subscribe' }] : [request]
}
