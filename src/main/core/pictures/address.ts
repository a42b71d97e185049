/** Why an address is not asked for; null where it may be. */
export type AddressProblem = 'address' | 'host'

export interface Allowed {
  /** the vendor's base address */
  readonly base: string | undefined
  /** hosts that an administrator approved, with a port where it is not the usual one */
  readonly hosts: readonly string[]
}

/**
 * I-29: only http and https, only the vendor's own host or one that an administrator approved. A port is part of
 * a host: behind another port of the same machine stands another program.
 */
export function addressProblem(text: string, { base, hosts }: Allowed): AddressProblem | null {
  if (!URL.canParse(text)) return 'address'
  const url = new URL(text)
  if ((url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '')
    return 'address'
  const own = base !== undefined && URL.canParse(base) ? new URL(base).host : null
  return url.host === own || hosts.includes(url.host) ? null : 'host'
}
