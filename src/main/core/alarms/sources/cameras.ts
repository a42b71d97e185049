import { MINUTE } from '#shared/time.ts'
import type { HistoryDatabase } from '../../store/store.ts'
import type { AlarmSource, Fact } from '../types.ts'

export const NEXT = 'SELECT meter FROM camera WHERE meter > ? ORDER BY meter LIMIT 1'
/** `decided`: somebody said what the reading is, or that it is none. */
export const NEWEST = `SELECT c.ok = 1 OR f.meter IS NOT NULL AS fine FROM camera c
  LEFT JOIN reading_fix f ON f.meter = c.meter AND f.at = c.at WHERE c.meter = ? ORDER BY c.at DESC LIMIT ?`
const METER = 'SELECT source, device_id, table_no, place, house FROM meter WHERE id = ?'

/** Failures in a row are counted as far as this. */
const MOST = 100

interface Meter {
  readonly source: string
  readonly device_id: string
  readonly table_no: string
  readonly place: string
  readonly house: string
}

/** Readings of a camera meter that failed one after the other, up to the newest. */
export function cameraFailed(history: HistoryDatabase): AlarmSource {
  const next = history.statement<{ meter: number }>(NEXT)
  const newest = history.statement<{ fine: number }>(NEWEST)
  const meter = history.statement<Meter>(METER)
  return {
    rule: 'cameraFailed',
    wakes: ['camera', 'meters'],
    pace: { gapMs: MINUTE, againMs: null },
    *facts(bound): Generator<Fact> {
      for (let at = next.get(-1); at; at = next.get(at.meter)) {
        const found = meter.get(at.meter)
        const rows = newest.all(at.meter, Math.max(1, bound))
        // most are fine: only of the others the whole row is counted
        const bad = rows.every(({ fine }) => fine === 0) && rows.length >= bound
        const failed = bad ? newest.all(at.meter, MOST).findIndex(({ fine }) => fine === 1) : 0
        yield {
          subject: found ? `${found.source}:${found.device_id}` : String(at.meter),
          name: () =>
            [found?.table_no, found?.place, found?.house].filter((part) => (part ?? '') !== '').join(' '),
          value: failed === -1 ? newest.all(at.meter, MOST).length : failed,
        }
      }
    },
  }
}
