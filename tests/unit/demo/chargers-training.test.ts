import { afterEach, describe, expect, it } from 'vitest'
import { BT_NAME } from '#shared/chargers.ts'
import { CHARGER_FAULTS } from '#shared/contract/demo.ts'
import {
  createDemoAir,
  knownChargers,
  QUICK,
  trainingAir,
  trainingChargers,
} from '#main/demo/chargers/index.ts'
import { RADIO_FAULTS } from '#main/demo/chargers/device.ts'
import { demoRadioOf } from '#main/hosts/launch/demo.ts'
import { FIRMWARE_FAULTS } from '#main/demo/chargers/firmware-faults.ts'
import { openDemoConsole, type DemoConsole } from '../../fixtures/console.ts'
import { FakeClock } from '../../fixtures/fake-clock.ts'
import { ask } from '../../fixtures/radio-conformance.ts'
import type { Advertisement, Radio, RadioLink } from '#core/chargers/radio.ts'

const LIMITS = { connectTimeoutMs: 10_000, discoveryTimeoutMs: 8000 }

async function listenFor(clock: FakeClock, radio: Radio, ms: number): Promise<Advertisement[]> {
  const heard: Advertisement[] = []
  const stop = await clock.until(radio.listen((each) => heard.push(each)))
  await clock.advance(ms)
  await stop()
  return heard
}

describe('the training chargers', () => {
  it('are 24 of all eight firmwares, the same each time', () => {
    const chargers = trainingChargers()
    expect(new Set(chargers.map(({ name }) => name)).size).toBe(24)
    expect(new Set(chargers.map(({ deviceCode }) => deviceCode)).size).toBe(24)
    for (const { name } of chargers) expect(name).toMatch(BT_NAME)
    expect(new Set(chargers.map(({ variant }) => JSON.stringify(variant))).size).toBe(8)
    expect(trainingChargers()).toEqual(chargers)
  })

  it('are known to the registry in part, with one that is not on the air', () => {
    const names = new Set(trainingChargers().map(({ name }) => name))
    const known = knownChargers()
    expect(known.filter(({ btName }) => !names.has(btName))).toHaveLength(1)
    expect(known.filter(({ profile }) => profile !== null)).toHaveLength(4)
  })

  it('are all heard within seconds at realistic pace, strangers among them', async () => {
    const clock = new FakeClock()
    const radio = trainingAir(clock).openRadio()
    const heard = await listenFor(clock, radio, 5000)
    const names = new Set(heard.map(({ name }) => name))
    for (const { name } of trainingChargers()) expect(names).toContain(name)
    expect(names).toContain('BUC_TEST')
    expect(names).toContain(null)
    expect(new Set(heard.map(({ radioId }) => radioId)).size).toBe(31)
    const signals = heard.map(({ rssi }) => rssi)
    expect([Math.max(...signals) > -60, Math.min(...signals) < -90]).toEqual([true, true])
    expect(clock.pending).toBe(0)
  })

  it('have other addresses for every radio, so that nobody takes them for identities (B-34)', async () => {
    const clock = new FakeClock()
    const air = trainingAir(clock)
    const [one, two] = [air.openRadio(), air.openRadio()]
    const [first, second] = [await listenFor(clock, one, 3000), await listenFor(clock, two, 3000)]
    const ids = new Set(first.map(({ radioId }) => radioId))
    expect(second.some(({ radioId }) => ids.has(radioId))).toBe(false)
  })

  it('answer at the pace of a radio: the first connection and reply within a second', async () => {
    const clock = new FakeClock()
    const air = trainingAir(clock)
    const radio = air.openRadio()
    const { name = '' } = trainingChargers()[0] ?? {}
    const heard = await listenFor(clock, radio, 3000)
    const id = heard.find((each) => each.name === name)?.radioId ?? ''
    const from = clock.monotonic()
    const link = await clock.until(radio.connect(id, LIMITS))
    expect(await clock.until(ask(link, '@QTIME&'))).toMatch(/^@OK\|0\|000101/)
    const took = clock.monotonic() - from
    expect(took).toBeGreaterThan(200)
    expect(took).toBeLessThan(1000)
    await clock.until(link.close())
  })
})

const NAME = 'BUC_1A2B3C4D5E6F'

/** one charger, connected */
async function connected() {
  const clock = new FakeClock()
  const air = createDemoAir({ chargers: [{ name: NAME, clockSkewS: 0 }], clock, timing: QUICK })
  const radio = air.openRadio()
  const reach = async () => {
    const heard = await listenFor(clock, radio, 200)
    const id = heard.find(({ name }) => name === NAME)?.radioId ?? ''
    return clock.until(radio.connect(id, LIMITS))
  }
  const said = (link: RadioLink) => {
    const text: string[] = []
    link.onBytes((bytes) => void text.push(String.fromCharCode(...bytes)))
    return () => text.join('')
  }
  const tell = (link: RadioLink, text: string) =>
    clock.until(
      link.write(
        Uint8Array.from(text, (c) => c.charCodeAt(0)),
        3000,
      ),
    )
  return { clock, air, radio, reach, said, tell, link: await reach() }
}

describe('what goes wrong on the air', () => {
  it('a charger that serves somebody is silent, and cannot be had twice (B-33)', async () => {
    const { clock, radio, air, link } = await connected()
    const other = air.openRadio()
    expect(await listenFor(clock, other, 500)).toEqual([])
    await clock.until(link.close())
    expect((await listenFor(clock, other, 500)).length).toBeGreaterThan(0)
    await radio.close()
  })

  it('dropMidReply delivers half and ends the link', async () => {
    const { air, clock, link, said, tell } = await connected()
    air.setFault('dropMidReply', 1, { charger: NAME, command: 'STA' })
    const text = said(link)
    await tell(link, '@STA&')
    await clock.advance(0)
    expect(text()).toBe('@OK|0|1000|20')
    expect(link.lost?.kind).toBe('lost')
  })

  it('a power cut in a reply: silence, a lost link, then back with another clock', async () => {
    const { air, clock, link, tell, reach, said } = await connected()
    air.setFault('powerCut', 1)
    await tell(link, '@STA&')
    expect(link.lost).toBeNull()
    await clock.advance(QUICK.supervisionMs)
    expect(link.lost?.kind).toBe('lost')
    await clock.advance(3000)
    const again = await reach()
    const text = said(again)
    await tell(again, '@QTIME&')
    await clock.advance(0)
    expect(text()).toMatch(/^@OK\|0\|000101/)
  })

  it('a late reply goes to whoever is connected by then (B-10)', async () => {
    const { air, clock, link, tell, reach, said } = await connected()
    air.setFault('lateReplies', 1)
    await tell(link, '@LEDBLINK&')
    await clock.until(link.close())
    const again = await reach()
    const text = said(again)
    await clock.advance(4500)
    expect(text()).toBe('@OK|0&')
  })

  it('sameName brings a second device, weakSignal takes strength away', async () => {
    const { air, clock, radio, link } = await connected()
    await clock.until(link.close())
    air.setFault('sameName', true, { charger: NAME })
    const two = (await listenFor(clock, radio, 500)).filter(({ name }) => name === NAME)
    expect(new Set(two.map(({ radioId }) => radioId)).size).toBe(2)
    expect(air.twin(NAME)?.firmware.commands).toEqual([])
    air.setFault('sameName', false, { charger: NAME })
    air.setFault('weakSignal', true)
    const weak = await listenFor(clock, radio, 1000)
    expect(new Set(weak.map(({ radioId }) => radioId)).size).toBe(1)
    for (const { rssi } of weak) expect(rssi).toBeLessThan(-90)
  })

  it('refuses a write that is longer than a chunk', async () => {
    const { link } = await connected()
    await expect(link.write(new Uint8Array(21), 1000)).rejects.toMatchObject({ kind: 'writeFailed' })
  })

  it('knows every fault of the contract, and no other', () => {
    const own = [...FIRMWARE_FAULTS, ...RADIO_FAULTS, 'adapterOff'].map((fault) => `charger.${fault}`)
    expect(own.sort()).toEqual([...CHARGER_FAULTS].sort())
  })
})

describe('the adapter `demo` on any other desk', () => {
  it('opens the training chargers', async () => {
    const radio = await demoRadioOf(null)()
    expect((await radio.start()).state).toBe('ready')
    const first = await new Promise<Advertisement>((resolve, reject) => {
      radio.listen((heard) => heard.name?.startsWith('BUC_') && resolve(heard)).catch(reject)
    })
    expect([...trainingChargers().map(({ name }) => name), 'BUC_TEST']).toContain(first.name)
    await radio.close()
  })
})

describe('at the demo desk', () => {
  let console: DemoConsole | undefined
  afterEach(async () => {
    await console?.close()
    console = undefined
  })

  it('some chargers are registered, once', async () => {
    console = await openDemoConsole()
    const rows = async () => (await console?.call('devices.list', {}))?.rows ?? []
    const before = await rows()
    expect(before.map(({ deviceCode }) => deviceCode)).toEqual(
      knownChargers()
        .map(({ deviceCode }) => deviceCode)
        .sort(),
    )
    expect(before[0]).toMatchObject({ unitPriceFen: 50, noPrice: false })
    // one that nobody ever charged at; the others have orders
    await console.call('devices.remove', { deviceCode: '60010004' })
    await console.reopen()
    expect(await rows()).toHaveLength(before.length - 1)
  })

  it('faults strike one charger or all, and are told', async () => {
    console = await openDemoConsole()
    const [first] = console.demo.air.chargers
    const name = first?.name ?? ''
    const active = await console.call('demo.fault', { kind: 'charger.port999', on: true, charger: name })
    expect(active).toEqual({ active: ['charger.port999'] })
    const { chargers } = await console.call('demo.chargers', { name })
    expect(chargers).toMatchObject([{ name, faults: ['charger.port999'], ports: [0, 999, 0, 0] }])
    await console.call('demo.fault', { kind: 'charger.adapterOff', on: true })
    expect((await console.call('demo.faults', {})).active).toContain('charger.adapterOff')
    const wrong = [
      { kind: 'charger.silent', on: true, charger: 'BUC_000000000000' },
      { kind: 'charger.silent', on: true, endpoint: 'login' },
      { kind: 'campus.failed', on: true, charger: name },
      { kind: 'down', on: true, command: 'STA' },
    ] as const
    const refusals: unknown[] = []
    for (const input of wrong)
      await console.call('demo.fault', input).catch((error: { code: string }) => refusals.push(error.code))
    expect(refusals).toEqual(['NOT_FOUND', 'INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT'])
  })

  it('the desk works with the chargers it knows, and is refused by spoilt and busy ports', async () => {
    console = await openDemoConsole()
    const on = { command: 'POWERON', minutes: 1, reason: 'training' } as const
    for (const { btName: name } of knownChargers().filter(({ profile }) => profile !== null)) {
      expect(await console.call('chargers.command', { ...on, name, port: 4 })).toMatchObject({ status: 0 })
      expect(console.demo.air.charger(name).firmware.ports()).toEqual([0, 0, 0, 1])
    }
    const chargers = trainingChargers()
    const refused = async (index: number, port: number) =>
      console
        ?.call('chargers.command', { ...on, name: chargers[index]?.name ?? '', port })
        .catch((error: { code: string }) => error.code)
    expect(await refused(9, 2)).toBe('PORT_BUSY')
    expect(await refused(11, 3)).toBe('PORT_BROKEN')
    const asked = console.demo.air.charger(chargers[11]?.name ?? '').firmware.commands
    expect(asked.map(({ command }) => command)).not.toContain('POWERON')
  })
})
