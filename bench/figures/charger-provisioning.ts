import type { AcceptanceReport, Step } from '#shared/contract/provisioning.ts'
import { connect, exchange, hear } from '../lib/bare-charger.ts'
import { chargerName, openChargerSite, type ChargerSite } from '../lib/charger-site.ts'
import { median, type Bench, type Figure } from '../lib/harness.ts'

const ROUNDS = 3
/** so many for the console, and as many for the bare stack */
const CHARGERS = 5
/** how soon the "person" looks for a question again */
const LOOK_MS = 2

/**
 * What a charger takes in a whole run (profile, clock, ports, four ports tested, registered), every question answered
 * at once, from the end of the one before to its own; against noble by hand: connect, the same frames, the next one,
 * over the same air in the same run. The median of all chargers, for a single hiccup of the machine is as long.
 */
export const bench: Bench = {
  name: 'charger-provisioning',
  async run() {
    const site = await openChargerSite(2 * CHARGERS, 2 * CHARGERS)
    try {
      return [await compare(site)]
    } finally {
      await site.close()
    }
  },
}

const ours = Array.from({ length: CHARGERS }, (_, index) => chargerName(index))
const bares = Array.from({ length: CHARGERS }, (_, index) => chargerName(CHARGERS + index))

async function compare(site: ChargerSite): Promise<Figure> {
  const times = { console: [] as number[], floor: [] as number[] }
  let { frames } = await provision(site)
  for (let round = 0; round < ROUNDS; round++) {
    const run = async () => {
      const done = await provision(site)
      times.console.push(...done.times)
      frames = done.frames
    }
    const bare = async () => void times.floor.push(...(await byHand(site, frames)))
    for (const step of round % 2 === 0 ? [run, bare] : [bare, run]) await step()
  }
  const value = median(times.console)
  return {
    name: 'charger-provisioning',
    value,
    unit: 'ms/charger',
    ratio: value / median(times.floor),
    target: { kind: 'most', of: 'ratio', limit: 1.15 },
  }
}

/** Milliseconds of each charger, and what was written to each, in order. */
interface Done {
  readonly times: number[]
  readonly frames: string[][]
}

async function provision({ call, raw }: ChargerSite): Promise<Done> {
  // the screen is open: all of them are on its list
  await call('chargers.scan', { seconds: 1 })
  await call('chargers.nearby', { listen: true })
  const devices = ours.map((name, index) => ({ name, deviceCode: `B${index}` }))
  const times: number[] = []
  let since = performance.now()
  const { id } = await call<{ id: string }>('provisioning.start', { devices })
  // looked at beside the console, lest it is held up by being asked all the time
  const open = raw.prepare(
    "SELECT name, state, steps FROM provisioning_device WHERE run_id = ? AND state <> 'passed'",
  )
  for (let left = CHARGERS; left > 0;) {
    const rows = open.all(id) as { name: string; state: string; steps: string }[]
    for (; left > rows.length; left--) {
      times.push(performance.now() - since)
      since = performance.now()
    }
    for (const { name, state, steps } of rows)
      if (state === 'asking') await call('provisioning.answer', { id, name, step: asked(steps), ok: true })
      else if (state === 'failed') throw new Error(`${name} failed: ${steps}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return { times, frames: await framesOf(call, id) }
}

const asked = (steps: string): string | undefined =>
  (JSON.parse(steps) as { steps: Step[] }).steps.find(({ state }) => state === 'asking')?.step

async function framesOf(call: ChargerSite['call'], id: string): Promise<string[][]> {
  const { content } = await call<AcceptanceReport>('provisioning.report', { id })
  return content.devices.map(({ exchanges }) =>
    exchanges.filter(({ direction }) => direction === 'sent').map(({ text }) => text),
  )
}

async function byHand({ noble }: ChargerSite, frames: Done['frames']): Promise<number[]> {
  const peripherals = await Promise.all(bares.map((name) => hear(noble, name)))
  const times: number[] = []
  for (const [index, peripheral] of peripherals.entries()) {
    const since = performance.now()
    const link = await connect(peripheral)
    for (const frame of frames[index] ?? []) await exchange(link, frame)
    times.push(performance.now() - since)
    peripheral.disconnectAsync().catch(() => undefined)
  }
  await noble.stopScanningAsync()
  return times
}
