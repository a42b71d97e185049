import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSightings, median } from '#core/chargers/sightings.ts'
import { READY } from '../../fixtures/fake-radio.ts'
import { callAs, NAME, openWorld, refusal, type World } from './world.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const other = (n: number) => `BUC_${String(n).padStart(12, '0')}`
const scan = (seconds: number) =>
  world.run(
    Promise.resolve(world.chargers.handlers['chargers.scan'](callAs(world, 'installer'), { seconds })),
  )
const nearby = (listen?: boolean) =>
  world.run(
    Promise.resolve(
      world.chargers.handlers['chargers.nearby'](
        callAs(world, 'installer'),
        listen === undefined ? {} : { listen },
      ),
    ),
  )
const find = (timeoutMs = 5000, signal?: AbortSignal) => world.chargers.find(NAME, { timeoutMs, signal })

describe('what was heard', () => {
  const heard = (radioId: string, name: string | null, rssi = -60) => ({ radioId, name, rssi, at: 1 })

  it('has the median of the last five', () => {
    const book = createSightings()
    for (const rssi of [-90, -50, -52, -51, -99, -53]) book.hear(heard('a', NAME, rssi), 0)
    expect(book.of(NAME, 0)?.rssi).toBe(-52)
    expect([median([]), median([-3, -1]), median([5, 1, 9])]).toEqual([0, -2, 5])
  })

  it('is known by the name, in capitals, and never by the address (B-01, B-34)', () => {
    const book = createSightings()
    book.hear(heard('a', 'buc_1a2b3c4d5e6f\0'), 0)
    book.hear(heard('b', NAME), 60_000)
    expect(book.all(60_000)).toMatchObject([{ name: NAME, radioId: 'b', ambiguous: false }])
    for (const name of ['BUC_1A2B3C4D5E6F7', 'BUC_1A2B3C4D5E6', '1A2B3C4D5E6F', 'Phone', ''])
      expect(book.hear(heard(`x${name}`, name), 0)).toBeNull()
    expect(book.strangers(0)).toBe(5)
  })

  it('is a stranger until its name comes with the scan response', () => {
    const book = createSightings()
    expect(book.hear(heard('a', null), 0)).toBeNull()
    expect(book.strangers(0)).toBe(1)
    expect(book.hear(heard('a', NAME), 10)).toBe(NAME)
    expect(book.hear(heard('a', null, -40), 20)).toBe(NAME)
    expect(book.strangers(0)).toBe(0)
    expect(book.samples(NAME, 0)).toEqual([-60, -40])
  })

  it('is ambiguous while two say they are it, and no longer when one of them is gone', () => {
    const book = createSightings()
    for (const at of [0, 200])
      for (const id of ['a', 'b']) book.hear(heard(id, NAME), at + (id === 'b' ? 100 : 0))
    expect(book.of(NAME, 300)?.ambiguous).toBe(true)
    for (let at = 1000; at <= 31_000; at += 1000) book.hear(heard('b', NAME), at)
    expect(book.of(NAME, 31_000)?.ambiguous).toBe(false)
  })

  it('is forgotten after three minutes', () => {
    const book = createSightings()
    book.hear(heard('a', NAME), 0)
    book.hear(heard('s', null), 0)
    expect(book.all(180_000)).toHaveLength(1)
    expect(book.all(180_001)).toEqual([])
    expect(book.of(NAME, 180_001)).toBeNull()
    expect(book.strangers(0)).toBe(0)
  })

  it('takes no more memory in a busy street', () => {
    const book = createSightings()
    for (let i = 0; i < 5000; i++) book.hear(heard(`phone ${i}`, null), i)
    expect(book.strangers(0)).toBe(2000)
  })
})

describe('scanning', () => {
  it('answers chargers, strongest first, and how many strangers there were', async () => {
    world.radio.add({ name: other(1), rssi: -80 })
    world.radio.add({ name: other(2), rssi: -50 })
    world.radio.add({ name: 'Phone' })
    world.radio.add({ name: null, radioId: 'x' })
    await world.test.store.site.write(() =>
      world.devices.enrol({ deviceCode: '7', btName: other(1), alias: 'Gate' }, world.clock.now()),
    )
    expect(world.radios).toHaveLength(0)
    const began = world.clock.monotonic()
    const { found, strangers } = await scan(2)
    expect(world.clock.monotonic() - began).toBe(2000)
    expect(strangers).toBe(2)
    expect(found.map(({ name, rssi, deviceCode, alias }) => [name, rssi, deviceCode, alias])).toEqual([
      [other(2), -50, null, null],
      [other(1), -80, '7', 'Gate'],
    ])
    await world.clock.advance(100)
    expect(world.radio.listening).toBe(false)
  })

  it('goes on while a screen asks, and ends ten seconds after it stopped', async () => {
    const charger = world.radio.add({ name: NAME })
    expect(await nearby()).toMatchObject({ listening: false, radio: { state: 'unknown', adapter: 'system' } })
    expect(world.radios).toHaveLength(0)
    expect(await nearby(true)).toMatchObject({ listening: true, radio: { state: 'ready' } })
    await world.clock.advance(8000)
    expect((await nearby(true)).found).toMatchObject([{ name: NAME, heldBy: null }])
    await world.clock.advance(8000)
    expect((await nearby()).listening).toBe(true)
    await world.clock.advance(4000)
    expect(await nearby()).toMatchObject({ listening: false, found: [{ name: NAME }] })
    charger.audible = false
    await world.clock.advance(181_000)
    expect((await nearby()).found).toEqual([])
  })

  it('tells the screens, but not for every advertisement', async () => {
    for (let i = 0; i < 20; i++) world.radio.add({ name: other(i) })
    await scan(10)
    const told = world.events.filter((event) => event.type === 'changed' && event.area === 'chargers')
    expect(told.length).toBeGreaterThan(10)
    expect(told.length).toBeLessThan(30)
  })

  it('ends with the program', async () => {
    const scanning = refusal(scan(60))
    await world.clock.advance(1000)
    await world.run(world.chargers.close())
    expect((await scanning).code).toBe('CANCELLED')
    expect((await refusal(world.run(find()))).code).toBe('CANCELLED')
  })

  it('two at once are one', async () => {
    world.radio.add({ name: NAME })
    const [one, two] = await Promise.all([scan(1), scan(2)])
    expect([one.found.length, two.found.length]).toEqual([1, 1])
    expect(world.radio.listens).toBe(1)
  })

  it('is begun again when nothing is heard, and says so when that does not help', async () => {
    const charger = world.radio.add({ name: NAME })
    await nearby(true)
    await world.clock.advance(1000)
    world.radio.deaf = true
    for (let i = 0; i < 2; i++) {
      await world.clock.advance(8000)
      await nearby(true)
    }
    expect(world.radio.listens).toBe(2)
    await world.clock.advance(500)
    expect((await nearby(true)).radio).toMatchObject({ state: 'ready', reason: null })
    charger.audible = false
    for (let i = 0; i < 5; i++) {
      await world.clock.advance(8000)
      await nearby(true)
    }
    expect(world.radio.listens).toBeGreaterThan(3)
    expect((await nearby(true)).radio).toMatchObject({ state: 'ready', reason: 'scanStalled' })
    charger.audible = true
    await world.clock.advance(200)
    expect((await nearby(true)).radio).toMatchObject({ state: 'ready', reason: null })
  })
})

describe('finding one', () => {
  it('answers when it is heard, and at once when it was heard lately', async () => {
    const charger = world.radio.add({ name: NAME, rssi: -71 })
    expect(await world.run(find())).toEqual({ radioId: charger.radioId, rssi: -71 })
    const { listens } = world.radio
    expect(await world.run(find())).toMatchObject({ rssi: -71 })
    expect(world.radio.listens).toBe(listens)
    expect(world.chargers.signalOf(NAME).length).toBeGreaterThan(0)
  })

  it('ends in time when it is not there', async () => {
    const began = world.clock.monotonic()
    expect(await refusal(world.run(find(5000)))).toMatchObject({
      code: 'CHARGER_NOT_FOUND',
      reason: 'notHeard',
      data: { seconds: 5 },
    })
    expect(world.clock.monotonic() - began).toBe(5000)
    await world.clock.advance(1)
    expect(world.radio.listening).toBe(false)
  })

  it('speaks to neither of two with one name (pain 6)', async () => {
    world.radio.add({ name: NAME, radioId: 'a' })
    const twin = world.radio.add({ name: NAME, radioId: 'b' })
    expect(await refusal(world.run(find()))).toMatchObject({ code: 'CHARGER_AMBIGUOUS', reason: 'ambiguous' })
    expect((await scan(1)).found).toMatchObject([{ name: NAME, ambiguous: true }])
    expect(await refusal(world.task((session) => session.blink()))).toMatchObject({
      code: 'CHARGER_AMBIGUOUS',
    })
    expect(world.radio.asked).toEqual([])
    twin.audible = false
    await world.clock.advance(31_000)
    expect(await world.run(find())).toMatchObject({ radioId: 'a' })
  })

  it('says nothing to a charger whose twin is heard while it connects', async () => {
    const charger = world.radio.add({ name: NAME, radioId: 'a', answer: () => '@OK|0&' })
    world.radio.add({ name: NAME, radioId: 'b', answer: () => '@OK|0&' })
    const blink = world.task((session) => session.blink())
    expect(await refusal(blink)).toMatchObject({ code: 'CHARGER_AMBIGUOUS' })
    expect(charger.frames).toEqual([])
  })

  it('stops listening soon after it connected to one that nobody had heard', async () => {
    world.firmware()
    await world.task((session) => session.blink())
    await world.clock.advance(200)
    expect(world.radio.listening).toBe(false)
  })

  it('takes the same charger under another address for the same (B-34)', async () => {
    const before = world.radio.add({ name: NAME, radioId: 'old', answer: () => '@OK|0&' })
    await world.run(find())
    before.audible = false
    await world.clock.advance(20_000)
    world.radio.add({ name: NAME, radioId: 'new', answer: () => '@OK|0&' })
    expect(await world.run(find())).toMatchObject({ radioId: 'new' })
    await world.task((session) => session.blink())
    expect(world.radio.asked.map(({ radioId }) => radioId)).toEqual(['new'])
  })

  it('can be cancelled, and ends with the radio', async () => {
    const stop = new AbortController()
    const cancelled = refusal(find(60_000, stop.signal))
    await world.clock.advance(500)
    stop.abort()
    expect((await cancelled).code).toBe('CANCELLED')
    const gone = refusal(find(60_000))
    await world.clock.advance(500)
    world.radio.become({ state: 'off', reason: 'switchedOff', detail: null })
    expect(await gone).toMatchObject({
      code: 'RADIO_UNAVAILABLE',
      data: { state: 'off', radio: 'switchedOff' },
    })
  })
})

describe('the radio', () => {
  const radio = (retry?: boolean) =>
    world.run(
      Promise.resolve(
        world.chargers.handlers['chargers.radio'](callAs(world), retry === undefined ? {} : { retry }),
      ),
    )

  it('is not opened by asking how it is', async () => {
    expect(world.chargers.health()).toEqual({
      state: 'unknown',
      reason: null,
      detail: null,
      adapter: 'system',
    })
    expect(await radio()).toMatchObject({ state: 'unknown' })
    expect(world.radios).toEqual([])
  })

  it('that is not there is said with its reason, and tried again by a person', async () => {
    world.radio.next = { state: 'unavailable', reason: 'notInstalled', detail: 'Cannot find module' }
    expect(await refusal(scan(1))).toMatchObject({
      code: 'RADIO_UNAVAILABLE',
      data: { state: 'unavailable', radio: 'notInstalled' },
    })
    expect(await nearby(true)).toMatchObject({ listening: false, radio: { reason: 'notInstalled' } })
    const { starts } = world.radio
    await nearby(true)
    expect(world.radio.starts).toBe(starts)
    world.radio.next = READY
    expect(await radio(true)).toMatchObject({ state: 'ready', reason: null })
    expect((await nearby(true)).listening).toBe(true)
  })

  it('is exchanged when the setting names another, and listening goes on there', async () => {
    const { charger } = world.firmware()
    await nearby(true)
    await world.task((session) => session.ports())
    await world.run(
      Promise.resolve(
        world.settings.handlers['settings.update'](callAs(world, 'admin'), {
          changes: { 'bluetooth.adapter': 'tcp://127.0.0.1:9' },
        }),
      ),
    )
    await world.clock.advance(10)
    expect(world.radio.closed).toBe(true)
    expect(charger.link).toBeNull()
    expect(world.adapters).toEqual(['system', 'tcp://127.0.0.1:9'])
    expect(await nearby()).toMatchObject({
      listening: true,
      found: [],
      radio: { adapter: 'tcp://127.0.0.1:9' },
    })
  })

  it('that goes off takes its connections with it, and says so to the screens', async () => {
    const { charger } = world.firmware()
    await world.task((session) => session.ports())
    expect(charger.link).not.toBeNull()
    world.events.length = 0
    world.radio.become({ state: 'off', reason: 'switchedOff', detail: null })
    expect(world.events).toContainEqual({ type: 'changed', area: 'system' })
    world.radio.next = READY
    await world.task((session) => session.ports())
    expect(charger.connections).toBe(2)
  })
})
