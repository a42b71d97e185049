import type { Noble, NobleCharacteristic, NoblePeripheral } from '../../tests/radio/air/index.ts'

export interface BareCharger {
  readonly peripheral: NoblePeripheral
  readonly characteristic: NobleCharacteristic
}

/** Scans until the name is heard; goes on scanning. */
export async function hear(noble: Noble, name: string): Promise<NoblePeripheral> {
  const { promise, resolve } = Promise.withResolvers<NoblePeripheral>()
  const look = (peripheral: NoblePeripheral) => {
    if (peripheral.advertisement.localName === name) resolve(peripheral)
  }
  noble.on('discover', look)
  await noble.startScanningAsync([], true)
  const found = await promise
  noble.removeListener('discover', look)
  return found
}

/** The least a program has to ask of noble before it can send: connect, look for the one service, subscribe. */
export async function connect(peripheral: NoblePeripheral): Promise<BareCharger> {
  await peripheral.connectAsync()
  const [service] = (await peripheral.discoverServicesAsync(['ffe0'])) as unknown as {
    discoverCharacteristicsAsync(uuids: string[]): Promise<NobleCharacteristic[]>
  }[]
  const [characteristic] = (await service?.discoverCharacteristicsAsync(['ffe1'])) ?? []
  if (!characteristic) throw new Error('no ffe1')
  await characteristic.subscribeAsync()
  return { peripheral, characteristic }
}

/** Writes a frame in pieces of 20 bytes, and resolves with the reply. */
export async function exchange({ characteristic }: BareCharger, frame: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let reply = ''
  const take = (bytes: Buffer) => {
    reply += bytes.toString('latin1')
    if (reply.includes('&')) resolve(reply)
  }
  characteristic.on('data', take)
  const bytes = Buffer.from(frame, 'latin1')
  for (let at = 0; at < bytes.length; at += 20)
    await characteristic.writeAsync(bytes.subarray(at, at + 20), false)
  await promise
  characteristic.removeListener('data', take)
  return reply
}
