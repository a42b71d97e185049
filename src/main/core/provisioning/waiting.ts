import type { Output } from '#shared/contract/index.ts'
import { DAY } from '#shared/time.ts'
import type { SiteDatabase } from '../store/store.ts'

/** What was given up longer ago is nobody's work of today. */
const LATELY_MS = 30 * DAY

const CHARGERS = 'FROM provisioning_run r CROSS JOIN provisioning_device d ON d.run_id = r.id'
const ASKING = `${CHARGERS} WHERE r.state IN ('running', 'paused') AND d.state = 'asking'`
/** A cancelled run was meant to end; what passed and is not registered was taken out on purpose. */
const LEFT = `${CHARGERS} WHERE (r.state IN ('running', 'paused') OR (r.state IN ('partial', 'failed') AND r.ended_at >= ?))
  AND d.state <> 'passed' AND NOT EXISTS (SELECT 1 FROM device_info i WHERE i.btName = d.name)`

/** Chargers, and the newest run that has one of them. */
export const WAITING_SQL = [ASKING, LEFT].map(
  (which) => `SELECT count(DISTINCT d.name) AS n,
    (SELECT r.id ${which} ORDER BY r.ended_at IS NULL DESC, r.created_at DESC LIMIT 1) AS run ${which}`,
)

interface Found {
  readonly n: number
  readonly run: string | null
}

/** Chargers that wait for a person, for the page of today. */
export function waitingIn(site: SiteDatabase, now: number): Output<'provisioning.waiting'> {
  const [asking, left] = WAITING_SQL.map((sql, i) => {
    const since = now - LATELY_MS
    return site.statement<Found>(sql).get(...(i === 0 ? [] : [since, since]))
  })
  return {
    asking: asking?.n ?? 0,
    askingRun: asking?.run ?? null,
    toRegister: left?.n ?? 0,
    toRegisterRun: left?.run ?? null,
  }
}
