import { describe, expect, it } from 'vitest'
import type { ChargerSpec } from '#main/demo/chargers/index.ts'
import type { Run } from '#shared/contract/provisioning.ts'
import { codeOf, nameOf, stepOf, World, YES } from './world.ts'

/** Another signature and timestamp than the desk supposes, and a wide pipe, so that a frame is one write. */
const SPEC: ChargerSpec = {
  name: nameOf(3),
  variant: { jamParity: 'zero', sigCase: 'upper', tsFormat: 'unix' },
  chunkBytes: 180,
}
const start = (world: World) => world.start(1, { testPorts: [2, 4] })

/** What must be the same however often the desk died on the way. */
function outcome(world: World, run: Run) {
  const [device] = run.devices
  return {
    state: run.state,
    counts: run.counts,
    steps: device?.steps.map(({ step, state, confirmedBy }) => ({ step, state, confirmedBy })),
    skew: device?.clockSkewS,
    registry: world.life.devices.byCode(codeOf(0))?.profile,
    ports: world.air.charger(SPEC.name).firmware.ports(),
  }
}

const sent = (world: World, command: string) =>
  world.air.charger(SPEC.name).firmware.commands.filter((one) => one.command === command)
const powerOns = (world: World) => sent(world, 'POWERON').map(({ frame }) => frame.split('|')[1])

async function live(dieAt?: number): Promise<{ world: World; id: string; run: Run }> {
  const world = await World.open({ chargers: [SPEC], ...(dieAt === undefined ? {} : { dieAt }) })
  const { id } = await start(world)
  return { world, id, run: await world.until(id, YES) }
}

describe('the desk dies at every single moment of a run', () => {
  it('ends the same, and switches each port on once', async () => {
    const whole = await live()
    const moments = whole.world.life.fate.passed.length
    const wanted = outcome(whole.world, whole.run)
    await whole.world.close()
    expect(wanted.state).toBe('done')
    expect(wanted.steps?.find(({ step }) => step === 'test4.seen')).toMatchObject({ confirmedBy: 'lin' })
    expect(moments).toBeGreaterThan(60)
    for (let moment = 1; moment <= moments; moment++) {
      const { world, id } = await live(moment)
      await world.shutDown()
      await world.boot()
      const run = await world.until(id, YES)
      expect({ moment, ...outcome(world, run) }).toEqual({ moment, ...wanted })
      expect({ moment, on: powerOns(world) }).toEqual({ moment, on: ['2', '4'] })
      await world.close()
    }
  }, 120_000)

  it('ends the same when it dies again and again', async () => {
    for (const every of [7, 12, 19]) {
      const world = await World.open({ chargers: [SPEC], dieAt: every })
      const { id } = await start(world)
      let run = await world.until(id, YES)
      for (let lives = 1; run.state !== 'done'; lives++) {
        expect(lives).toBeLessThan(60)
        await world.shutDown()
        // a life has to be long enough for a probe, or none would ever get on
        await world.boot(every + 14)
        run = await world.until(id, YES)
      }
      expect(stepOf(run.devices[0], 'registered')?.state).toBe('passed')
      expect(powerOns(world)).toEqual(['2', '4'])
      await world.close()
    }
  }, 120_000)
})
