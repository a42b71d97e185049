import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { LAYOUTS, loadVirtualNoble, nobleInstalled, REALISTIC, type LayoutName } from './air/index.ts'
import { command, listen, named, openLink, poweredOn, scanFor, staysOpen, within } from './support/central.ts'
import { charger, chargerName, radioWorld, type ChargerSketch, type RadioWorld } from './support/world.ts'

const NAME = chargerName(0)
/** As long as the longest command, so that it takes four writes. */
const LONG = '@STIME|231115061320|1700000000|0ee710b5544bdd5ebb372ad2e5a82ea6&'

async function opened(world: RadioWorld) {
  const peripheral = named(await scanFor(world.noble, [NAME]), NAME)
  return { peripheral, link: await openLink(peripheral) }
}

async function anotherCentral({ air }: RadioWorld) {
  const central = loadVirtualNoble(air, { deviceId: air.idOf(air.addController()) })
  onTestFinished(central.close)
  await soon(poweredOn(central.noble))
  return central
}

const lost = async (peripheral: NodeJS.EventEmitter) => (await once(peripheral, 'disconnect'))[0] as unknown
const soon = <T>(promise: Promise<T>) => within(4000, promise, () => 'nothing happened')

describe.skipIf(!nobleInstalled())('the virtual air under noble', { timeout: 10_000 }, () => {
  it('shows twenty chargers by name, with the signal strength of each', async () => {
    const { noble } = await radioWorld(Array.from({ length: 20 }, (_, index) => ({ rssi: -40 - 2 * index })))
    const names = Array.from({ length: 20 }, (_, index) => chargerName(index))
    const found = await scanFor(noble, names)
    expect([...found.keys()].toSorted()).toEqual(names)
    for (const [index, name] of names.entries()) {
      expect(Math.abs(named(found, name).rssi - (-40 - 2 * index))).toBeLessThanOrEqual(3)
    }
  })

  it('reports a device once per scan when the controller filters duplicates, and again and again when not', async () => {
    const world = await radioWorld([{}])
    const filtered = await listen(world.noble, false)
    const unfiltered = await listen((await anotherCentral(world)).noble)
    await soon(unfiltered.until(NAME, 10))
    expect(filtered.counts.get(NAME)).toBe(1)
  })

  it('loses scan responses when told to: noble then shows a device without its name first', async () => {
    const { noble } = await radioWorld([{}], { lostScanResponses: 3 })
    const heard = await listen(noble)
    await soon(heard.until(NAME, 3))
    expect([...heard.counts.keys()]).toEqual(['', NAME])
  })

  const serial = (Object.keys(LAYOUTS) as LayoutName[]).filter((name) => name !== 'none')
  it.each(serial)('carries a long command there and back through %s', async (layout) => {
    const world = await radioWorld([{ layout }])
    const { peripheral, link } = await opened(world)
    expect(await soon(command(link, LONG))).toBe(LONG)
    expect(charger(world).received.map((bytes) => bytes.length)).toEqual([20, 20, 20, 4])
    await soon(peripheral.disconnectAsync())
    expect(await soon(scanFor(world.noble, [NAME]))).toBeDefined()
  })

  it('has nothing to write to on a charger without a usable service', async () => {
    const world = await radioWorld([{ layout: 'none' }])
    const peripheral = named(await scanFor(world.noble, [NAME]), NAME)
    await peripheral.connectAsync()
    const { services } = await peripheral.discoverAllServicesAndCharacteristicsAsync()
    expect(services.map(({ uuid }) => uuid)).toEqual(['1800', '1801', '180a', '180f', 'ff00'])
  })

  it.each([
    [23, 4],
    [185, 1],
  ])('agrees on an MTU of %i and takes the reply in %i notifications', async (mtu, notifications) => {
    const world = await radioWorld([{ mtu }])
    const { peripheral, link } = await opened(world)
    let count = 0
    link.notify.on('data', () => (count += 1))
    expect(await soon(command(link, LONG))).toBe(LONG)
    expect([peripheral.mtu, count]).toEqual([mtu, notifications])
  })

  it('notices a dropped link at once', async () => {
    const world = await radioWorld([{ faults: { cutReply: { afterBytes: 10, by: 'link' } } }])
    const { peripheral, link } = await opened(world)
    const reply = once(link.notify, 'data')
    const gone = lost(peripheral)
    await link.write.writeAsync(Buffer.from('@0123456789ABCDE&'), false)
    expect(String((await soon(reply))[0])).toBe('@012345678')
    expect(await soon(gone)).toBe(0x13)
  })

  it('notices a power cut by silence, after the supervision timeout', async () => {
    const world = await radioWorld([{}])
    const { peripheral } = await opened(world)
    const start = performance.now()
    charger(world).powerCut()
    expect(await soon(lost(peripheral))).toBe(0x08)
    // noble asks for 420 ms
    expect(performance.now() - start).toBeGreaterThan(400)
  })

  it('keeps a link over a short time out of range and carries what waited', async () => {
    const world = await radioWorld([{}])
    const { link } = await opened(world)
    charger(world).setNear(false)
    const reply = command(link, '@STA&')
    expect(await staysOpen(reply)).toBe(true)
    charger(world).setNear(true)
    expect(await soon(reply)).toBe('@STA&')
  })

  it('lets a connection to a vanished device be cancelled (0x02) and made again when it is back', async () => {
    const world = await radioWorld([{}])
    const peripheral = named(await scanFor(world.noble, [NAME]), NAME)
    charger(world).setNear(false)
    const answers: string[] = []
    peripheral.on('connect', (error?: Error) => answers.push(error?.message ?? 'connected'))
    peripheral.connect(() => {})
    peripheral.cancelConnect()
    await soon(once(peripheral, 'connect'))
    expect(answers.at(-1)).toContain('0x2')
    charger(world).setNear(true)
    await soon(openLink(peripheral))
  })

  it.each([
    [{ status: 0x3e, times: 1 }, 'Connection Failed to be Established'],
    [{ status: 0x0d, times: 1 }, 'Rejected'],
  ] as const)('passes a refusal on: %o', async (refuse, message) => {
    const world = await radioWorld([{ faults: { refuse } }])
    const peripheral = named(await scanFor(world.noble, [NAME]), NAME)
    await expect(soon(peripheral.connectAsync())).rejects.toThrow(message)
    await soon(openLink(peripheral))
  })

  it('shows a link that was never established as a loss (0x3e)', async () => {
    const world = await radioWorld([{ faults: { refuse: { status: 0x3e, times: 1, established: true } } }])
    const peripheral = named(await scanFor(world.noble, [NAME]), NAME)
    const gone = lost(peripheral)
    await soon(peripheral.connectAsync())
    expect(await soon(gone)).toBe(0x3e)
    await soon(openLink(peripheral))
  })

  it('takes one link per charger and does not advertise meanwhile', async () => {
    const world = await radioWorld([{}, {}])
    const { peripheral } = await opened(world)
    const heard = await listen((await anotherCentral(world)).noble)
    await soon(heard.until(chargerName(1), 5))
    expect(heard.counts.has(NAME)).toBe(false)
    await soon(peripheral.disconnectAsync())
    await soon(heard.until(NAME, 1))
  })

  it('refuses one link more than the adapter manages', async () => {
    const sketches: ChargerSketch[] = Array.from({ length: 9 }, () => ({}))
    const { noble } = await radioWorld(sketches)
    const names = sketches.map((_, index) => chargerName(index))
    const peripherals = [...(await scanFor(noble, names)).values()]
    for (const peripheral of peripherals.slice(0, 8)) await soon(openLink(peripheral))
    const last = peripherals.at(-1)
    await expect(soon(last === undefined ? Promise.resolve() : last.connectAsync())).rejects.toThrow('0x9')
  })

  it('goes quiet when the adapter is switched off, and works again afterwards', async () => {
    const world = await radioWorld([{}])
    await opened(world)
    world.adapter.setPower(false)
    await soon(once(world.noble, 'stateChange'))
    expect(world.noble.state).toBe('poweredOff')
    world.adapter.setPower(true)
    await soon(poweredOn(world.noble))
    // the charger finds out by the supervision timeout, then advertises again
    await soon(scanFor(world.noble, [NAME]))
  })

  it('shows a user without the right to the radio as unauthorized', async () => {
    // noble prints what it thinks should be done
    vi.spyOn(console, 'log').mockReturnValue()
    const world = await radioWorld([])
    const adapter = world.air.addController()
    adapter.forbidden = true
    const { noble, close } = loadVirtualNoble(world.air, { deviceId: world.air.idOf(adapter) })
    const [state] = await soon(once(noble, 'stateChange'))
    expect(state).toBe('unauthorized')
    close()
  })

  it('warns where there is no adapter, and never reaches a state', async () => {
    const world = await radioWorld([])
    const { noble } = loadVirtualNoble(world.air, { deviceId: 7 })
    noble.on('stateChange', () => {})
    const [message] = await soon(once(noble, 'warning'))
    expect(message).toContain('ENODEV')
    expect(noble.state).toBe('unknown')
  })

  it('takes the time a radio takes with realistic timing', async () => {
    const world = await radioWorld([{}], { timing: REALISTIC })
    const { link } = await opened(world)
    const start = performance.now()
    for (let n = 0; n < 10; n += 1) await soon(command(link, '@STA&'))
    // out in one connection event of 22.5 ms and back in the next
    expect((performance.now() - start) / 10).toBeGreaterThan(40)
  })
})
