import type { UpdateProblem, UpdateSource } from '#shared/contract/updates.ts'
import { SECOND } from '#shared/time.ts'
import { HttpFailure, type Ports } from '../ports.ts'
import type { Fetching } from './host.ts'
import { MANIFEST_BYTES, UpdateRefusal } from './manifest.ts'

const DOCUMENT = 'update.json'

/** `https`, or `http` on this computer: nobody on the way may learn or hold back what is asked for. */
export function isAllowed(source: UpdateSource): boolean {
  if (source.kind !== 'feed') return true
  const url = URL.parse(source.url)
  if (!url || url.username !== '' || url.password !== '') return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(url.hostname)
}

/** A feed may name the document or the folder that it is in. */
const documentUrl = (url: string) => (url.endsWith('.json') ? url : new URL(DOCUMENT, withSlash(url)).href)
const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`)

export async function readDocument(
  { http, files }: Pick<Ports, 'http' | 'files'>,
  source: UpdateSource,
): Promise<Uint8Array> {
  if (!isAllowed(source)) throw new UpdateRefusal('insecure')
  if (source.kind === 'feed') return await ask(http, documentUrl(source.url))
  const path = source.kind === 'file' ? source.path : files.join(source.path, DOCUMENT)
  if (!files.exists(path)) throw new UpdateRefusal('notFound')
  if (files.size(path) > MANIFEST_BYTES) throw new UpdateRefusal('tooLarge')
  return await files.read(path)
}

async function ask(http: Ports['http'], url: string): Promise<Uint8Array> {
  try {
    const answer = await http.send({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      connectTimeoutMs: 10 * SECOND,
      totalTimeoutMs: 30 * SECOND,
      maxBytes: MANIFEST_BYTES,
    })
    if (answer.status === 200) return answer.body
    throw new UpdateRefusal(problemOf(answer.status))
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error
    throw new UpdateRefusal(error.kind === 'tooLarge' ? 'tooLarge' : 'unreachable')
  }
}

/** A redirect would send us where nobody chose to look. */
function problemOf(status: number): UpdateProblem {
  if (status >= 300 && status < 400) return 'redirect'
  return status === 404 ? 'notFound' : 'unreachable'
}

/** Where an installer lies: beside its document. */
export function fileBeside(files: Ports['files'], source: UpdateSource, name: string): Fetching['from'] {
  if (source.kind === 'feed') return { url: new URL(encodeURIComponent(name), documentUrl(source.url)).href }
  if (source.kind === 'folder') return { path: files.join(source.path, name) }
  return { path: files.join(source.path, '..', name) }
}
