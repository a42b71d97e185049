import type { ZoneOffset } from '#shared/time.ts'
import type { Clock } from '../ports.ts'
import type { SiteDatabase } from '../store/store.ts'
import { readClockText } from './clock-text.ts'

/**
 * Timestamps of signed commands: for each charger max(now, last + 1), since a firmware may refuse one it has seen
 * (B-29). The last one stands in the stored exchanges, so that it holds over a restart and a clock set back.
 */
export interface Stamps {
  next(name: string): number
  /** what `next` would be, without using it up */
  peek(name: string): number
  /** a frame that was made elsewhere carries this one */
  saw(name: string, frame: string): void
  /**
   * The charger refused the last one (code 2). One far ahead of the clock, left from a time when this computer's
   * clock was ahead, is given up: a charger with the right time will not take it.
   */
  refused(name: string, toleranceS: number): void
}

/** How many of the newest frames are looked at: the last signed one is among them. */
const LOOK_BACK = 50

const NEWEST = `SELECT text FROM charger_exchange WHERE name = ? AND direction = 'sent' ORDER BY id DESC LIMIT ${LOOK_BACK}`

export function createStamps(clock: Clock, site: SiteDatabase, zone: () => ZoneOffset): Stamps {
  const last = new Map<string, number>()
  const now = () => Math.floor(clock.now() / 1000)
  const lastOf = (name: string): number => {
    const known = last.get(name)
    if (known !== undefined) return known
    const stored = site.statement<{ text: string }>(NEWEST).all(name)
    const newest = Math.max(0, ...stored.map(({ text }) => stampIn(text, zone())))
    last.set(name, newest)
    return newest
  }
  const peek = (name: string) => Math.max(now(), lastOf(name) + 1)
  return {
    peek,
    next(name) {
      const stamp = peek(name)
      last.set(name, stamp)
      return stamp
    },
    saw: (name, frame) => void last.set(name, Math.max(lastOf(name), stampIn(frame, zone()))),
    refused(name, toleranceS) {
      if (lastOf(name) > now() + toleranceS) last.set(name, now() - 1)
    },
  }
}

/** Seconds since 1970 of the timestamp in a set command's frame; 0 where there is none. */
function stampIn(frame: string, zone: ZoneOffset): number {
  const stamp = /\|(\d{10}|\d{12})\|[0-9a-fA-F]{32}&$/.exec(frame)?.[1]
  if (stamp === undefined) return 0
  return stamp.length === 10 ? Number(stamp) : Math.floor((readClockText(stamp, zone) ?? 0) / 1000)
}
