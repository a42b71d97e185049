/** Loopback, private and link-local addresses (RFC 1918, 3927, 4193, 4291). */
const PRIVATE_V4 = /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/
const PRIVATE_V6 = /^\[(::1\]$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/
/** Names that only a local network answers: no dot at all, or an ending reserved for it. */
const LOCAL_NAME = /^[^.:]+$|\.(local|localhost|lan|internal|home\.arpa)$/

/** Whether an http address stays on this computer or in the site's own network. */
export function staysLocal(url: string): boolean {
  const { hostname } = new URL(url)
  return PRIVATE_V4.test(hostname) || PRIVATE_V6.test(hostname) || LOCAL_NAME.test(hostname)
}

/** The host of an address that sends credentials in clear through foreign networks, else null (C-03). */
export function insecureHost(baseUrl: string | undefined): string | null {
  if (!baseUrl || !URL.canParse(baseUrl)) return null
  const { protocol, host } = new URL(baseUrl)
  return protocol === 'http:' && !staysLocal(baseUrl) ? host : null
}
