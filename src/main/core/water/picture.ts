import type { Output } from '#shared/contract/index.ts'
import { SECOND } from '#shared/time.ts'
import type { AreaHandlers, CoreContext } from '../context.ts'
import { HttpFailure, type Http, type HttpAnswer } from '../ports.ts'
import type { Settings } from '../settings/index.ts'

type Problem = NonNullable<Output<'water.picture'>['problem']>
type Found = { readonly type: string; readonly bytes: Uint8Array } | { readonly problem: Problem }

/** I-29 */
const MAX_BYTES = 10 * 1024 * 1024
const MOST_REDIRECTS = 3
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
      const found = await fetchPicture(ports.http, known.url, { base: baseUrl, hosts: imageHosts })
      const host = URL.canParse(known.url) ? new URL(known.url).host : null
      if ('problem' in found) return { picture: null, problem: found.problem, host, at: known.at }
      const picture = { type: found.type, base64: base64Of(found.bytes) }
      return { picture, problem: null, host, at: known.at }
    },
  }
}

export interface Allowed {
  /** the vendor's base address */
  readonly base: string | undefined
  /** hosts that an administrator approved, with a port where it is not the usual one */
  readonly hosts: readonly string[]
}

/**
 * I-29: only http and https, only the vendor's own host or an approved one. A port is part of a host: behind another
 * port of the same machine stands another program.
 */
export function addressProblem(text: string, { base, hosts }: Allowed): 'address' | 'host' | null {
  if (!URL.canParse(text)) return 'address'
  const url = new URL(text)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  if (!isWeb || url.username !== '' || url.password !== '') return 'address'
  const own = base !== undefined && URL.canParse(base) ? new URL(base).host : null
  return url.host === own || hosts.includes(url.host) ? null : 'host'
}

async function fetchPicture(http: Http, address: string, allowed: Allowed): Promise<Found> {
  let url = address
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const problem = addressProblem(url, allowed)
    if (problem) return { problem: hop === 0 ? problem : 'redirect' }
    const answer = await ask(http, url)
    if ('problem' in answer) return answer
    if (answer.status < 300 || answer.status > 399) return pictureOf(answer)
    const next = sameHost(url, answer.headers['location'])
    if (next === null) return { problem: 'redirect' }
    url = next
  }
  return { problem: 'redirect' }
}

/** No cookie, no referrer, no key of the water system. */
async function ask(http: Http, url: string): Promise<HttpAnswer | { problem: Problem }> {
  try {
    const headers = { accept: 'image/*' }
    return await http.send({ method: 'GET', url, headers, maxBytes: MAX_BYTES, ...TIMEOUTS })
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error
    return { problem: error.kind === 'tooLarge' ? 'tooLarge' : 'unreachable' }
  }
}

function pictureOf({ status, body }: HttpAnswer): Found {
  if (status !== 200) return { problem: 'status' }
  const type = imageType(body)
  return type === null ? { problem: 'notAnImage' } : { type, bytes: body }
}

function sameHost(from: string, location: string | undefined): string | null {
  if (location === undefined || !URL.canParse(location, from)) return null
  const next = new URL(location, from)
  return next.host === new URL(from).host ? next.href : null
}

const SIGNATURES: readonly (readonly [type: string, at: number, bytes: readonly number[]])[] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
]

/** What the bytes are, whatever they are called: pixels only, nothing that can carry a script. */
export function imageType(bytes: Uint8Array): string | null {
  const found = SIGNATURES.find(([, at, signature]) => signature.every((byte, i) => bytes[at + i] === byte))
  return found?.[0] ?? null
}

const SLICE = 0x8000

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += SLICE)
    text += String.fromCharCode(...bytes.subarray(at, at + SLICE))
  return btoa(text)
}
