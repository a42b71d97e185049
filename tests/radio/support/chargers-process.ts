/**
 * Chargers in a process of their own, behind an adapter offered as H4 over TCP, for tests of the whole console and for
 * benches; see start-chargers.ts. By hand: `node tests/radio/support/chargers-process.ts` and a setup as JSON prints
 * the value for `bluetooth.adapter`.
 */
import { Air, Charger, FAST, REALISTIC, serveHci } from '../air/index.ts'
import type { Answer, ChargersCalls, ChargersSetup, Request } from './chargers-protocol.ts'
import { echoFirmware } from './echo-firmware.ts'
import { firmwareCharger, type FirmwareCharger } from './firmware-charger.ts'

const setup = JSON.parse(process.argv[2] ?? '{"chargers":[]}') as ChargersSetup
const air = new Air({ timing: setup.timing === 'realistic' ? REALISTIC : FAST, seed: setup.seed ?? 1 })
const adapter = air.addController()
const chargers = new Map(setup.chargers.map((one) => [one.name, firmwareCharger(air, one)]))
const strangers = (setup.strangers ?? []).map((name) => new Charger(air, { name, firmware: echoFirmware() }))
await Promise.all([...chargers.values()].map(({ charger }) => charger.powerOn()))
await Promise.all(strangers.map((stranger) => stranger.powerOn()))
const server = await serveHci(adapter, setup.port === undefined ? {} : { port: setup.port })

function find(name: string): FirmwareCharger {
  const found = chargers.get(name)
  if (found === undefined) throw new Error(`no charger ${name}`)
  return found
}

const calls: ChargersCalls = {
  names: () => [...chargers.keys()],
  state(name) {
    const { charger, firmware } = find(name)
    const { powered, connected, connections } = charger
    const { commands, time, blinks } = firmware
    const received = charger.received.map((bytes) => bytes.toString('latin1'))
    return {
      name,
      powered,
      connected,
      connections,
      received,
      commands,
      ports: firmware.ports(),
      time,
      blinks,
    }
  },
  setFault(name, fault, on, command) {
    find(name).firmware.setFault(fault, on, command)
    return null
  },
  setRadio(name, faults) {
    Object.assign(find(name).charger.faults, faults)
    return null
  },
  setNear(name, near) {
    find(name).charger.setNear(near)
    return null
  },
  dropLink(name) {
    find(name).charger.dropLink()
    return null
  },
  hideServiceOnce(name) {
    find(name).charger.hideServiceOnce()
    return null
  },
  powerCut(name) {
    find(name).charger.powerCut()
    return null
  },
  async powerOn(name) {
    await find(name).charger.powerOn()
    return null
  },
  setAdapter(up) {
    adapter.setPower(up)
    return null
  },
  dropHost() {
    server.drop()
    return null
  },
}

function send(answer: Answer): void {
  if (process.connected) process.send?.(answer)
}

async function answer({ id, call, args }: Request): Promise<void> {
  try {
    const run = calls[call] as (...args: readonly unknown[]) => unknown
    send({ id, value: await run(...args) })
  } catch (error) {
    send({ id, error: error instanceof Error ? error.message : String(error) })
  }
}

process.on('message', (request: Request) => void answer(request))
// whoever started it has gone
process.on('disconnect', () => process.exit(0))
if (process.send === undefined) process.stdout.write(`${server.url}\n`)
else send({ ready: server.url })
