import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { isPrivate } from '../request/addresses.ts'

export interface Card {
  readonly name: string
  readonly address: string
  readonly loopback: boolean
}

/** The IPv4 addresses of this computer, those that phones can reach first. */
export function networkCards(): Card[] {
  return Object.entries(networkInterfaces())
    .flatMap(([name, addresses = []]) =>
      addresses
        .filter(({ family }) => family === 'IPv4')
        .map(({ address, internal }) => ({ name, address, loopback: internal })),
    )
    .sort((a, b) => Number(a.loopback) - Number(b.loopback) || rank(a) - rank(b))
}

/** The name by which the systems themselves answer to mDNS (RFC 6762), as Windows, macOS and most Linux desktops do. */
export function mdnsName(name: string = hostname()): string | null {
  const first = name.replace(/\.local$/i, '')
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(first) && first.toLowerCase() !== 'localhost'
    ? `${first.toLowerCase()}.local`
    : null
}

/** Home and office networks before those of virtual machines and tunnels. */
function rank({ name, address }: Card): number {
  const virtual = /docker|veth|br-|vmnet|vbox|virtual|tun|tap|wsl|hyper-v/i.test(name) ? 10 : 0
  return virtual + (isPrivate(address) ? 0 : 5)
}

/** Where phones reach a listener: never 0.0.0.0 (interfaces §1). */
export function reachable(host: string, port: number, cards: readonly Card[] = networkCards()): string {
  const any = host === '0.0.0.0' || host === '::'
  const address = any ? (cards[0]?.address ?? '127.0.0.1') : host
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`
}

/** The addresses of this computer, as they come and go. */
export interface OwnAddresses {
  /** whether a listener there may lose its address: not where it listens on all, or on none but this computer */
  mayGo(host: string): boolean
  has(host: string): boolean
}

export const ownAddresses: OwnAddresses = {
  mayGo: (host) => isIP(host) !== 0 && !/^(0\.0\.0\.0|::|::1|127\..*)$/.test(host),
  has: (host) =>
    Object.values(networkInterfaces()).some((addresses = []) =>
      addresses.some(({ address }) => address.toLowerCase() === host.toLowerCase().split('%', 1)[0]),
    ),
}
