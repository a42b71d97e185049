/**
 * Chargers with the document's firmware on one virtual air at a radio's speed, in a process of their own, with two
 * adapters offered as H4 over TCP: one for the console, one for the bare stack. Told over IPC, it switches a charger
 * on or off, or says what its firmware got.
 */
import { Air, REALISTIC, serveHci } from '../../tests/radio/air/index.ts'
import { firmwareCharger } from '../../tests/radio/support/firmware-charger.ts'

export interface ChargerAir {
  readonly adapters: readonly [string, string]
}

export interface AirRequest {
  readonly id: number
  readonly name: string
  readonly on: boolean
}

/** names, then those that are on from the start */
const [names = [], on = []] = process.argv.slice(2).map((list) => list.split(',').filter(Boolean))
const air = new Air({ timing: REALISTIC, seed: Date.now() })
const adapters = [air.addController(), air.addController()]
const chargers = new Map(names.map((name) => [name, firmwareCharger(air, { name }).charger]))
await Promise.all(on.map(async (name) => chargers.get(name)?.powerOn()))
const [first, second] = await Promise.all(adapters.map((adapter) => serveHci(adapter)))

process.on('message', (request: AirRequest) => void answer(request))
// whoever started it has gone
process.on('disconnect', () => process.exit(0))
process.send?.({ adapters: [first?.url ?? '', second?.url ?? ''] } satisfies ChargerAir)

async function answer({ id, name, on }: AirRequest): Promise<void> {
  const charger = chargers.get(name)
  if (on) await charger?.powerOn()
  else charger?.powerCut()
  process.send?.({ id })
}
