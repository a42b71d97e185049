import { DAY, startOfDay, type ZoneOffset } from '#shared/time.ts'

/** A span of one fetch, epoch ms, `to` exclusive. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** What is known of a window that was fetched before. */
export interface HeldWindow extends Window {
  readonly complete: boolean
  /** when its last page was stored */
  readonly fetchedAt: number
}

/** All meters: a day at a time; one meter: 31 days (I-43). */
export const SINGLE_METER_DAYS = 31

/** A window fetched this short a time ago by the same job or for the same screen is not asked for again. */
const FRESH_MS = { job: 60 * 60_000, screen: 10 * 60_000 }

export interface HistoryRequest {
  readonly zone: ZoneOffset
  /** the frozen end of all windows (F-18, F-25) */
  readonly windowEnd: number
  readonly historyDays: number
  readonly rereadDays: number
  /** restrict to these days; default: `historyDays` back, up to `windowEnd` */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** Whole days of the zone that touch the asked span, newest first; the last one ends at `windowEnd`. */
export function dayWindows(request: HistoryRequest): Window[] {
  const { zone, windowEnd } = request
  const end = Math.min(request.to ?? windowEnd, windowEnd)
  const first = startOfDay(request.from ?? windowEnd - request.historyDays * DAY, zone)
  const windows: Window[] = []
  if (end <= first) return windows
  for (let from = startOfDay(end - 1, zone); from >= first && from >= 0; from -= DAY)
    windows.push({ from, to: Math.min(from + DAY, windowEnd) })
  return windows
}

/**
 * A day is settled when it was fetched completely `rereadDays` after its end: meters that report late have
 * reported (I-42). So every run reads the last days again, and a console that was off reads what it missed.
 */
export function isSettled(held: HeldWindow, day: Window, rereadDays: number): boolean {
  const within = held.from <= day.from && held.to >= day.to
  return held.complete && within && held.fetchedAt >= day.to + rereadDays * DAY
}

export interface HistoryPlan {
  /** to be fetched, in this order */
  readonly windows: readonly Window[]
  /** read again by this very job before it was interrupted */
  readonly alreadyDone: number
}

/** Which days a run fetches, newest first. `since`: when the job was first asked for. */
export function planHistory(
  request: HistoryRequest,
  held: readonly HeldWindow[],
  run: { since: number; now: number },
): HistoryPlan {
  const byFrom = new Map(held.map((one) => [`${one.from}-${one.to}`, one]))
  const freshSince = Math.max(run.since, run.now - FRESH_MS.job)
  let alreadyDone = 0
  const windows = dayWindows(request).filter((window) => {
    const found = byFrom.get(`${window.from}-${window.to}`)
    if (!found) return true
    if (isSettled(found, window, request.rereadDays)) return false
    const fresh = found.complete && found.fetchedAt >= freshSince
    if (fresh) alreadyDone++
    return !fresh
  })
  return { windows, alreadyDone }
}

/**
 * What the screen of one meter still needs: the days that no complete window holds, joined into windows of
 * at most 31 days, newest first. The last days count as held for ten minutes after they were fetched.
 */
export function planMeter(
  request: HistoryRequest & { readonly from: number; readonly to: number },
  held: readonly HeldWindow[],
  now: number,
): Window[] {
  const byStart = Map.groupBy(held, (one) => one.from)
  const longer = held.filter((one) => one.to - one.from > DAY)
  const isHeld = (day: Window) =>
    [...(byStart.get(day.from) ?? []), ...longer].some(
      (one) => isSettled(one, day, request.rereadDays) || isFresh(one, day, now),
    )
  return joinDays(dayWindows(request).filter((day) => !isHeld(day)))
}

/** Today's window ends a little before the moment of its fetch: while that is fresh, so is the day. */
function isFresh(held: HeldWindow, day: Window, now: number): boolean {
  const fresh = held.complete && held.fetchedAt >= now - FRESH_MS.screen
  return fresh && held.from <= day.from && held.to > day.from && held.to >= day.to - FRESH_MS.screen
}

/** Days, newest first, that touch each other become one window of at most 31 days. */
function joinDays(days: readonly Window[]): Window[] {
  const joined: Window[] = []
  for (const day of days) {
    const last = joined.at(-1)
    const grown = last && last.from === day.to ? { from: day.from, to: last.to } : null
    if (grown && grown.to - grown.from <= SINGLE_METER_DAYS * DAY) joined[joined.length - 1] = grown
    else joined.push(day)
  }
  return joined
}
