import { once } from 'node:events'
import type { Noble, NobleCharacteristic, NoblePeripheral, NobleService } from '../air/index.ts'

/** The bare stack: noble by hand, nothing of the console, for tests of the air and for benches. */
export async function poweredOn(noble: Noble): Promise<void> {
  while (noble.state !== 'poweredOn') await once(noble, 'stateChange')
}

/** Scans until every name has been seen; rejects after `timeoutMs` with the names that were not. */
export async function scanFor(
  noble: Noble,
  names: readonly string[],
  timeoutMs = 4000,
): Promise<Map<string, NoblePeripheral>> {
  const found = new Map<string, NoblePeripheral>()
  const missing = () => names.filter((name) => !found.has(name))
  const { promise, resolve } = Promise.withResolvers<void>()
  const onDiscover = (peripheral: NoblePeripheral) => {
    found.set(peripheral.advertisement.localName ?? '', peripheral)
    if (missing().length === 0) resolve()
  }
  noble.on('discover', onDiscover)
  await noble.startScanningAsync([], true)
  try {
    await within(timeoutMs, promise, () => `not seen: ${missing().join(', ')}`)
  } finally {
    noble.removeListener('discover', onDiscover)
    await noble.stopScanningAsync()
  }
  return found
}

/** Who has to be there, for lookups that cannot fail. */
export function named(found: ReadonlyMap<string, NoblePeripheral>, name: string): NoblePeripheral {
  const peripheral = found.get(name)
  if (peripheral === undefined) throw new Error(`${name} was not found`)
  return peripheral
}

export interface BareLink {
  readonly write: NobleCharacteristic
  readonly notify: NobleCharacteristic
}

/** Services every device may have, never the charger's serial line (B-08). */
const GENERIC = new Set(['1800', '1801', '180a', '180f'])

/** Connect, discover, subscribe: the first service that can be written and answers. */
export async function openLink(peripheral: NoblePeripheral): Promise<BareLink> {
  await peripheral.connectAsync()
  const { services } = await peripheral.discoverAllServicesAndCharacteristicsAsync()
  const link = services.map(serialOf).find((one) => one !== null)
  if (link === undefined || link === null) throw new Error('no serial service')
  await link.notify.subscribeAsync()
  return link
}

function serialOf({ uuid, characteristics }: NobleService): BareLink | null {
  const having = (...properties: string[]) =>
    characteristics.find((one) => one.properties.some((property) => properties.includes(property)))
  const [write, notify] = [having('write', 'writeWithoutResponse'), having('notify', 'indicate')]
  return GENERIC.has(uuid) || write === undefined || notify === undefined ? null : { write, notify }
}

/** Writes in pieces of 20 bytes and waits for a reply up to its `&`. */
export async function command({ write, notify }: BareLink, text: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let reply = ''
  const onData = (bytes: Buffer) => {
    reply += bytes.toString('latin1')
    if (reply.endsWith('&')) resolve(reply)
  }
  notify.on('data', onData)
  const bytes = Buffer.from(text, 'latin1')
  const withoutResponse = !write.properties.includes('write')
  for (let at = 0; at < bytes.length; at += 20)
    await write.writeAsync(bytes.subarray(at, at + 20), withoutResponse)
  const answer = await promise
  notify.removeListener('data', onData)
  return answer
}

/** No wait without an end: a clear error instead of a test that times out. */
export async function within<T>(ms: number, promise: Promise<T>, problem: () => string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`after ${ms} ms: ${problem()}`)), ms)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
