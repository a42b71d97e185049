import { SECOND, type ZoneOffset } from '#shared/time.ts'
import { readClockText } from '../../chargers/index.ts'
import type { SiteDatabase } from '../../store/store.ts'
import type { AlarmSource, Fact } from '../types.ts'

const PAGE = 500
/** What chargers said, from where it was last read. */
export const SAID = `SELECT id, at, name, text FROM charger_exchange WHERE id > ? AND direction = 'received'
  ORDER BY id LIMIT ${PAGE}`
/** The reply to QTIME is the only one with twelve digits (B-10). */
const CLOCK = /^@[o0]k\|0\|(\d{12})&$/i
/** A year: farther off says nothing more, nor does a time that no calendar has (B-21). */
const FARTHEST = 31_536_000

/**
 * Seconds that a charger's clock was off when it was last asked, from the log of what was said: commands set it right
 * by themselves (B-20), and one that is found wrong again has lost its power or its battery.
 */
export function clockLost(site: SiteDatabase, zone: () => ZoneOffset): AlarmSource {
  const said = site.statement<{ id: number; at: number; name: string; text: string }>(SAID)
  const device = site.statement<{ deviceCode: string; deviceName: string }>(
    'SELECT deviceCode, deviceName FROM device_info WHERE btName = ?',
  )
  const skews = new Map<string, number>()
  let read = 0
  return {
    rule: 'clockLost',
    wakes: ['chargers'],
    pace: { gapMs: SECOND, againMs: null },
    *facts(bound): Generator<Fact> {
      for (let page = said.all(read); page.length > 0; page = said.all(read)) {
        for (const { at, name, text } of page) {
          const clock = CLOCK.exec(text.trim())?.[1]
          if (clock === undefined) continue
          const shown = readClockText(clock, zone())
          skews.set(
            name,
            Math.min(FARTHEST, shown === null ? FARTHEST : Math.round(Math.abs(shown - at) / SECOND)),
          )
        }
        read = page.at(-1)?.id ?? read
      }
      for (const [name, value] of skews) {
        if (value < bound) continue
        const found = device.get(name)
        if (found)
          yield {
            subject: found.deviceCode,
            name: () => [found.deviceName, found.deviceCode].filter((part) => part !== '').join(' '),
            value,
          }
      }
    },
  }
}
