import { PAGE_POLICY, securityHeaders } from '../headers.ts'
import { readStatic } from '../static-files.ts'

/** The page has an origin of its own: `file:` would give it rights over every file. */
export const SCHEME = 'app'
const PAGE_HOST = 'sitedesk'
export const PAGE_URL = `${SCHEME}://${PAGE_HOST}/index.html`

export const SCHEME_PRIVILEGES = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
}

/** Answers the page's requests from the built files, with the same headers as the browser host. */
export async function answerPage(root: string, request: Request): Promise<Response> {
  const url = URL.parse(request.url)
  const ours = url?.host === PAGE_HOST && request.method === 'GET'
  const file = url && ours ? await readStatic(root, url.pathname) : null
  if (!file) return new Response('', { status: 404, headers: securityHeaders(PAGE_POLICY) })
  return new Response(file.body, {
    headers: { ...securityHeaders(PAGE_POLICY), 'Content-Type': file.type, 'Cache-Control': file.cache },
  })
}

/** Whether a frame shows our page itself; the part after # is the page's own route. */
export function isPage(frameUrl: string, pageUrl: string = PAGE_URL): boolean {
  const url = URL.parse(frameUrl)
  if (!url) return false
  url.hash = ''
  return url.href === new URL(pageUrl).href
}
