import { connect, exchange, hear, type BareCharger } from '../lib/bare-charger.ts'
import { chargerName, openChargerSite, type ChargerSite } from '../lib/charger-site.ts'
import { median, timed, type Bench, type Figure } from '../lib/harness.ts'

const ROUNDS = 24
const COLD_ROUNDS = 10
const NAME = chargerName(0)
/** has its link to the bare stack while the console's charger has one to the console */
const OTHER = chargerName(1)
const ON = 12

interface Result {
  readonly reply: string
  readonly exchange: readonly { readonly direction: string; readonly text: string }[]
}

/**
 * One command, from the call to its answer, against noble by hand with the same frames over the same air in the same
 * run, at a radio's timing: to a charger on the list (connect, ask), on a link that stands, and out of the blue (listen,
 * connect, ask).
 */
export const bench: Bench = {
  name: 'charger-command',
  async run() {
    const site = await openChargerSite(ON + 2 * COLD_ROUNDS, ON)
    try {
      return [await fromTheList(site), await onOpenLink(site), await outOfTheBlue(site)]
    } finally {
      await site.close()
    }
  },
}

async function fromTheList({ call, noble }: ChargerSite): Promise<Figure> {
  const peripheral = await hear(noble, NAME)
  const times = { floor: [] as number[], console: [] as number[] }
  let frames = ['@STA&']
  for (let round = -1; round < ROUNDS; round++) {
    // the screen is open: it listens, and knows who is there
    await call('chargers.nearby', { listen: true })
    const command = async () => {
      const ms = await timed(async () => {
        const { exchange } = await call<Result>('chargers.command', { name: NAME, command: 'STA' })
        frames = exchange.filter(({ direction }) => direction === 'sent').map(({ text }) => text)
      })
      await call('chargers.release', { name: NAME })
      return ms
    }
    const bare = async () => {
      let link: BareCharger | null = null
      const ms = await timed(async () => {
        link = await connect(peripheral)
        for (const frame of frames) await exchange(link, frame)
      })
      await peripheral.disconnectAsync()
      await noble.startScanningAsync([], true)
      return ms
    }
    await measure(round, times, { command, bare })
  }
  await noble.stopScanningAsync()
  return figure('charger-command', times)
}

async function onOpenLink({ call, noble }: ChargerSite): Promise<Figure> {
  const peripheral = await hear(noble, OTHER)
  await noble.stopScanningAsync()
  const link = await connect(peripheral)
  const times = { floor: [] as number[], console: [] as number[] }
  for (let round = -3; round < 2 * ROUNDS; round++)
    await measure(round, times, {
      command: () => timed(() => call('chargers.command', { name: NAME, command: 'STA' })),
      bare: () => timed(() => exchange(link, '@STA&')),
    })
  await call('chargers.release', { name: NAME })
  await peripheral.disconnectAsync()
  return figure('charger-next-command', times)
}

async function outOfTheBlue({ call, noble, power }: ChargerSite): Promise<Figure> {
  const times = { floor: [] as number[], console: [] as number[] }
  for (let round = 0; round < COLD_ROUNDS; round++) {
    // nobody has ever heard them
    const [forConsole, forBare] = [chargerName(ON + 2 * round), chargerName(ON + 2 * round + 1)]
    await power(forConsole, true)
    await power(forBare, true)
    const command = async () => {
      const ms = await timed(() => call('chargers.command', { name: forConsole, command: 'STA' }))
      await call('chargers.release', { name: forConsole })
      return ms
    }
    const bare = () =>
      timed(async () => {
        const peripheral = await hear(noble, forBare)
        noble.stopScanningAsync().catch(() => undefined)
        await exchange(await connect(peripheral), '@STA&')
      })
    await measure(round, times, { command, bare })
    await power(forConsole, false)
    await power(forBare, false)
  }
  // the console listens some time longer on purpose, for a second charger that has the same name
  return { ...figure('charger-command-unheard', times), target: null }
}

interface Times {
  readonly floor: number[]
  readonly console: number[]
}

async function measure(
  round: number,
  times: Times,
  { command, bare }: { command: () => Promise<number>; bare: () => Promise<number> },
): Promise<void> {
  const steps = [
    [times.console, command],
    [times.floor, bare],
  ] as const
  for (const [into, step] of round % 2 === 0 ? steps : steps.toReversed()) {
    const ms = await step()
    if (round >= 0) into.push(ms)
  }
}

/** At most 15 % on top of what the radio takes (issue: chargers). */
function figure(name: string, { floor, console }: Times): Figure {
  const value = median(console)
  const ratio = value / median(floor)
  return { name, value, unit: 'ms', ratio, target: { kind: 'most', of: 'ratio', limit: 1.15 } }
}
