import type { z } from '#shared/z.ts'
import type { imageProblem } from '#shared/contract/camera.ts'
import { HttpFailure, type Http, type HttpAnswer } from '../ports.ts'
import { addressProblem, type Allowed } from './address.ts'
import { imageType } from './sniff.ts'

export type ImageProblem = z.infer<typeof imageProblem>

export type Fetched =
  | { readonly ok: true; readonly type: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: ImageProblem }

/** I-29 */
const MAX_BYTES = 10 * 1024 * 1024
const MOST_REDIRECTS = 3
const TIMEOUTS = { connectTimeoutMs: 10_000, totalTimeoutMs: 60_000 }

export interface Fetching {
  readonly signal?: AbortSignal
  /** shorter where somebody waits for it */
  readonly timeouts?: typeof TIMEOUTS
}

const refused = (problem: ImageProblem): Fetched => ({ ok: false, problem })

/** One picture from an address that a vendor sent: nothing of it is trusted (I-29). Rejects only when aborted. */
export async function fetchImage(
  http: Http,
  address: string,
  allowed: Allowed,
  { signal, timeouts = TIMEOUTS }: Fetching = {},
): Promise<Fetched> {
  let url = address
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const problem = addressProblem(url, allowed)
    if (problem) return refused(hop === 0 ? problem : 'redirect')
    const answer = await ask(http, url, { timeouts, ...(signal && { signal }) })
    if ('problem' in answer) return refused(answer.problem)
    if (answer.status < 300 || answer.status >= 400) return pictureOf(answer)
    const next = sameHost(url, answer.headers['location'])
    if (next === null) return refused('redirect')
    url = next
  }
  return refused('redirect')
}

async function ask(
  http: Http,
  url: string,
  { signal, timeouts }: Fetching,
): Promise<HttpAnswer | { problem: ImageProblem }> {
  try {
    // no cookie, no referrer, no token: whoever serves pictures learns nothing of this site
    return await http.send({
      method: 'GET',
      url,
      headers: { accept: 'image/*' },
      maxBytes: MAX_BYTES,
      ...(timeouts ?? TIMEOUTS),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted || !(error instanceof HttpFailure)) throw error
    return { problem: error.kind === 'tooLarge' ? 'tooLarge' : 'unreachable' }
  }
}

function pictureOf({ status, body: bytes }: HttpAnswer): Fetched {
  if (status !== 200) return refused('status')
  const type = imageType(bytes)
  return type === null ? refused('notAnImage') : { ok: true, type, bytes }
}

/** Where a redirect leads, null where that is another host or nowhere. */
function sameHost(from: string, location: string | undefined): string | null {
  if (location === undefined || !URL.canParse(location, from)) return null
  const next = new URL(location, from)
  return next.host === new URL(from).host ? next.href : null
}
