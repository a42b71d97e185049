import { SECOND } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import { base64Of, fetchImage } from '../pictures/index.ts'
import type { Settings } from '../settings/index.ts'

/** Somebody looks at the page and waits. */
const TIMEOUTS = { connectTimeoutMs: 5 * SECOND, totalTimeoutMs: 30 * SECOND }

const URL_OF = `SELECT json_extract(body, '$.flow_chart_url') AS url, at FROM water_record
  WHERE dataset = 'flows' AND device_code = ? AND json_extract(body, '$.flow_chart_url') <> ''
  ORDER BY at DESC LIMIT 1`

/** The vendor's own picture of a meter, fetched when somebody opens it (W-26). */
export function createPicture(
  { ports, store }: CoreContext,
  settings: Settings,
): Pick<AreaHandlers<'water'>, 'water.picture'> {
  const find = store.history.statement<{ url: string; at: number | null }>(URL_OF)
  return {
    'water.picture': async (_, { device_code }) => {
      const known = find.get(device_code)
      if (!known) return { picture: null, problem: 'none', host: null, at: null }
      const { baseUrl, imageHosts = [] } = settings.values().upstreams.water
      const allowed = { base: baseUrl, hosts: imageHosts }
      const found = await fetchImage(ports.http, known.url, allowed, { timeouts: TIMEOUTS })
      const host = URL.canParse(known.url) ? new URL(known.url).host : null
      if (!found.ok) return { picture: null, problem: found.problem, host, at: known.at }
      const picture = { type: found.type, base64: base64Of(found.bytes) }
      return { picture, problem: null, host, at: known.at }
    },
  }
}
