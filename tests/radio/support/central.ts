import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
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

/** Counts what is discovered by name, until told to stop. */
export async function listen(noble: Noble, allowDuplicates = true): Promise<Listening> {
  const counts = new Map<string, number>()
  const onDiscover = ({ advertisement: { localName = '' } }: NoblePeripheral) =>
    counts.set(localName, (counts.get(localName) ?? 0) + 1)
  noble.on('discover', onDiscover)
  await noble.startScanningAsync([], allowDuplicates)
  return {
    counts,
    async until(name, times) {
      while ((counts.get(name) ?? 0) < times) await once(noble, 'discover')
    },
    async stop() {
      noble.removeListener('discover', onDiscover)
      await noble.stopScanningAsync()
    },
  }
}

export interface Listening {
  readonly counts: ReadonlyMap<string, number>
  until(name: string, times: number): Promise<void>
  stop(): Promise<void>
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

/** Where the serial line is, when that is known already: fewer requests to find it. */
export interface KnownLine {
  readonly service: string
  readonly characteristics: readonly string[]
}

/** Connect, discover, subscribe: the first service that can be written and answers. */
export async function openLink(peripheral: NoblePeripheral, known?: KnownLine): Promise<BareLink> {
  await peripheral.connectAsync()
  const { services } = await (known === undefined
    ? peripheral.discoverAllServicesAndCharacteristicsAsync()
    : peripheral.discoverSomeServicesAndCharacteristicsAsync([known.service], [...known.characteristics]))
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

/** What noble or a charger would do by itself has long been done: with FAST timing the stacks wait for no clock. */
export async function longAfter(): Promise<void> {
  for (let n = 0; n < 300; n += 1) await turn()
}

/** Whether a promise is still open when nothing more can happen. */
export async function staysOpen(promise: Promise<unknown>): Promise<boolean> {
  let open = true
  const settled = () => (open = false)
  void promise.then(settled, settled)
  await longAfter()
  return open
}
