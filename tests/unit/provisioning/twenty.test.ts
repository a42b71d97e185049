import { afterEach, describe, expect, it } from 'vitest'
import type { ChargerSpec, DemoCharger } from '#main/demo/chargers/index.ts'
import { VARIANTS } from '#main/demo/chargers/variant.ts'
import { CHARGER_REASONS } from '#shared/charger-reasons.ts'
import { PROVISIONING_REASONS } from '#shared/provisioning-codes.ts'
import { nameOf, World, YES, type Person } from './world.ts'

/** what is wrong with five, and the reason that the installer is told */
const FAULTY: Readonly<Record<number, { spec: Partial<ChargerSpec>; reason: string }>> = {
  2: { spec: { quirks: ['silent'] }, reason: 'noReply' },
  5: { spec: { ports: [0, 0, 999, 0] }, reason: 'portBroken' },
  9: { spec: { quirks: ['vanished'] }, reason: 'notHeard' },
  13: { spec: { quirks: ['clockStuck'] }, reason: 'clockOff' },
  17: { spec: { quirks: ['sameName'] }, reason: 'ambiguous' },
}

const BYSTANDER = 'BUC_0000000000ZZ'
const twenty = (): ChargerSpec[] => [
  ...Array.from({ length: 20 }, (_, i): ChargerSpec => ({
    name: nameOf(i),
    variant: VARIANTS[i % VARIANTS.length] ?? VARIANTS[0],
    ...(i % 4 === 1 ? { clockSkewS: -3600 } : {}),
    ...FAULTY[i]?.spec,
  })),
  { name: BYSTANDER },
]

let world: World
afterEach(() => world.close())

/** POWERONs by port, of one charger's own log */
const powerOns = ({ firmware }: DemoCharger) =>
  Map.groupBy(
    firmware.commands.filter(({ command }) => command === 'POWERON'),
    ({ frame }) => frame.split('|')[1],
  )

function holdsWhatWasPromised(world: World): void {
  for (const charger of world.air.chargers) {
    const { commands } = charger.firmware
    const probed = commands.findIndex(({ command, status }) => command === 'STIME' && status === 0)
    const before = commands.slice(0, probed < 0 ? undefined : probed).map(({ command }) => command)
    expect(before.every((command) => command === 'STIME')).toBe(true)
    expect(before.length).toBeLessThan(8)
    const refused = commands.filter(({ status }) => status === 2 || status === 3)
    expect(refused.filter(({ command }) => command !== 'STIME')).toEqual([])
    for (const [, sent] of powerOns(charger)) expect(sent).toHaveLength(1)
  }
  expect(world.air.charger(BYSTANDER).firmware.commands).toEqual([])
  const contested = nameOf(17)
  expect(world.air.charger(contested).firmware.commands).toEqual([])
  expect(world.air.twin(contested)?.firmware.commands).toEqual([])
}

async function endsAsPromised(id: string): Promise<void> {
  const run = await world.until(id, YES)
  expect(run.state).toBe('partial')
  expect(run.counts).toMatchObject({ passed: 15, failed: 5, waiting: 0, running: 0, asking: 0 })
  const known: readonly string[] = [...CHARGER_REASONS, ...PROVISIONING_REASONS]
  for (const [i, { reason }] of Object.entries(FAULTY)) {
    const device = run.devices.find(({ name }) => name === nameOf(Number(i)))
    expect(device).toMatchObject({ state: 'failed', reason: { code: reason } })
    expect(known).toContain(device?.reason?.code)
    expect(world.life.devices.byName(nameOf(Number(i)))).toBeNull()
  }
  // those that failed wait at the end
  expect(run.devices.slice(15).every(({ state }) => state === 'failed')).toBe(true)
  for (const { name, deviceCode } of run.devices.slice(0, 15)) {
    const charger = world.air.charger(name)
    expect(world.life.devices.byCode(deviceCode)).toMatchObject({
      btName: name,
      profile: charger.firmware.variant,
    })
    expect(charger.firmware.ports()).toEqual([0, 0, 0, 0])
    expect(Math.abs(charger.firmware.time - world.clock.now())).toBeLessThan(2000)
    expect(new Set(powerOns(charger).keys())).toEqual(new Set(['1', '2', '3', '4']))
  }
  holdsWhatWasPromised(world)
}

const begin = () => world.start(20, { site: '东区', installer: '林' })

describe('twenty chargers, five faulty, and the desk is started anew in the middle', () => {
  it('ends fifteen green and five with reasons when it was closed properly', async () => {
    world = await World.open({ chargers: twenty() })
    const { id } = await begin()
    const before = await world.until(id, YES, ({ counts }) => counts.passed >= 7)
    expect(before.state).toBe('running')
    await world.shutDown()
    await world.boot()
    const after = await world.get(id)
    // what was finished stays finished
    expect(after.devices.filter(({ state }) => state === 'passed')).toEqual(
      before.devices.filter(({ state }) => state === 'passed'),
    )
    await endsAsPromised(id)
  })

  it.each([40, 133, 300, 411])('ends the same when it was killed, at moment %i', async (dieAt) => {
    world = await World.open({ chargers: twenty(), dieAt })
    const { id } = await begin()
    const before = await world.until(id, YES)
    expect(before.state).not.toBe('partial')
    await world.shutDown()
    await world.boot()
    await endsAsPromised(id)
  })

  it('goes on with the others while the person looks elsewhere', async () => {
    world = await World.open({ chargers: twenty() })
    const { id } = await begin()
    const nobody: Person = () => null
    const run = await world.until(id, nobody, ({ state }) => state === 'asking')
    expect(run.counts).toMatchObject({ asking: 15, failed: 5, waiting: 0, running: 0 })
    // the connections are given back while they ask
    await world.run(world.clock.sleep(5000))
    expect(world.air.chargers.every(({ link }) => link === null)).toBe(true)
    expect(world.life.chargers.heard().every(({ heldBy }) => heldBy === null)).toBe(true)
    await endsAsPromised(id)
  })
})
