import { BlockList, isIP } from 'node:net'

/** Addresses that never come from the internet: RFC 1918, 6598, 3927, 4193, 4291 and loopback (H-26). */
const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4')
PRIVATE.addAddress('::1', 'ipv6')
PRIVATE.addSubnet('fc00::', 7, 'ipv6')
PRIVATE.addSubnet('fe80::', 10, 'ipv6')

const MAPPED = '::ffff:'

/** An IPv4 caller of a dual-stack socket as IPv4. */
export const plainAddress = (address: string): string =>
  address.toLowerCase().startsWith(MAPPED) && isIP(address.slice(MAPPED.length)) === 4
    ? address.slice(MAPPED.length)
    : address

export const isPrivate = (address: string): boolean => isIn(PRIVATE, address)

function isIn(list: BlockList, address: string): boolean {
  const plain = plainAddress(address).split('%', 1)[0] ?? ''
  const kind = isIP(plain)
  return kind !== 0 && list.check(plain, familyOf(plain))
}

const familyOf = (address: string) => (isIP(address) === 4 ? 'ipv4' : 'ipv6')

/** Whether a caller is answered: of the subnets named in the settings or this computer; where none is named, of any local network (H-26). */
export function createSources(subnets: () => readonly string[]): (address: string) => boolean {
  let known: { readonly text: string; readonly list: BlockList } | null = null
  return (address) => {
    const named = subnets()
    if (named.length === 0) return isPrivate(address)
    const text = named.join()
    if (known?.text !== text) known = { text, list: listOf(named) }
    return isIn(known.list, address)
  }
}

function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList()
  list.addSubnet('127.0.0.0', 8, 'ipv4')
  list.addAddress('::1', 'ipv6')
  for (const subnet of subnets) {
    const [net = '', bits] = subnet.split('/', 2)
    if (bits === undefined) list.addAddress(net, familyOf(net))
    else list.addSubnet(net, Number(bits), familyOf(net))
  }
  return list
}
