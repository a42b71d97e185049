import type { AcceptanceReport, Run } from '#shared/contract/provisioning.ts'
import { connect, exchange, hear } from '../lib/bare-charger.ts'
import { chargerName, openChargerSite, type ChargerSite } from '../lib/charger-site.ts'
import { timed, type Bench, type Figure } from '../lib/harness.ts'

const ROUNDS = 2
/** so many for the console, and as many for the bare stack */
const CHARGERS = 5
/** how soon the "person" looks for a question again */
const LOOK_MS = 3

/**
 * A whole run (profile, clock, ports, four ports tested, registered), every question answered at once, from the start
 * to its end; against noble by hand: connect, the same frames, the next one, over the same air in the same run.
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
  const total = { console: 0, floor: 0 }
  let frames = await framesOf(site, await provision(site))
  for (let round = 0; round < ROUNDS; round++) {
    const run = async () => {
      let id = ''
      total.console += await timed(async () => (id = await provision(site)))
      frames = await framesOf(site, id)
    }
    const bare = async () => void (total.floor += await byHand(site, frames))
    for (const step of round % 2 === 0 ? [run, bare] : [bare, run]) await step()
  }
  return {
    name: 'charger-provisioning',
    value: total.console / ROUNDS / CHARGERS,
    unit: 'ms/charger',
    ratio: total.console / total.floor,
    target: { kind: 'most', of: 'ratio', limit: 1.15 },
  }
}

async function provision({ call }: ChargerSite): Promise<string> {
  // the screen is open: all of them are on its list
  await call('chargers.scan', { seconds: 1 })
  await call('chargers.nearby', { listen: true })
  const devices = ours.map((name, index) => ({ name, deviceCode: `B${index}` }))
  const { id } = await call<{ id: string }>('provisioning.start', { devices })
  for (;;) {
    const run = await call<Run>('provisioning.get', { id })
    if (run.endedAt !== null) {
      if (run.counts.passed !== CHARGERS) throw new Error(`the run ended ${JSON.stringify(run.counts)}`)
      return id
    }
    await answerAll(call, run)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

async function answerAll(call: ChargerSite['call'], { id, devices }: Run): Promise<void> {
  for (const { name, steps } of devices)
    for (const { step, state } of steps)
      if (state === 'asking') await call('provisioning.answer', { id, name, step, ok: true })
}

/** What was written to each charger, in order. */
async function framesOf({ call }: ChargerSite, id: string): Promise<string[][]> {
  const { content } = await call<AcceptanceReport>('provisioning.report', { id })
  return content.devices.map(({ exchanges }) =>
    exchanges.filter(({ direction }) => direction === 'sent').map(({ text }) => text),
  )
}

async function byHand({ noble }: ChargerSite, frames: readonly (readonly string[])[]): Promise<number> {
  const peripherals = await Promise.all(bares.map((name) => hear(noble, name)))
  const ms = await timed(async () => {
    for (const [index, peripheral] of peripherals.entries()) {
      const link = await connect(peripheral)
      for (const frame of frames[index] ?? []) await exchange(link, frame)
      peripheral.disconnectAsync().catch(() => undefined)
    }
  })
  await noble.stopScanningAsync()
  return ms
}
