import type { Exchange, PortState } from '#shared/contract/chargers.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, Call } from '../context.ts'
import { isQuery, queryFrame, setFrame, STANDARD_PROFILE, type Wish } from './frame.ts'
import { operatorOf, wrongInput, type Doing } from './handlers.ts'
import type { ChargerParts } from './index.ts'
import type { ChargerSession } from './session.ts'

type Names = 'chargers.read' | 'chargers.command' | 'chargers.preview' | 'chargers.send'
type Result = Output<'chargers.command'>
type End = Omit<Result, 'exchange'>

/** Commands of a person or a script to one charger. */
export function createCommands(parts: ChargerParts, chargers: Doing): Pick<AreaHandlers<'chargers'>, Names> {
  const run = async <T extends object>(
    call: Call,
    name: string,
    work: (session: ChargerSession) => Promise<T>,
  ): Promise<T & { exchange: Exchange[] }> =>
    chargers.withCharger(name, { task: 'command', operator: operatorOf(call) }, async (session) => ({
      ...(await work(session)),
      exchange: [...session.exchanges],
    }))
  return {
    'chargers.read': (call, { name }) => run(call, name, read),
    'chargers.command'(call, input) {
      const wish = wishOf(input)
      mayCharge(parts, call, wish)
      const { name, ...asked } = input
      call.note({ target: name, after: asked })
      return run(call, input.name, (session) => audited(call, session, input, () => carryOut(session, wish)))
    },
    'chargers.preview': (_call, input) => preview(parts, input.name, wishOf(input)),
    'chargers.send'(call, { name, frame }) {
      const raw = rawWish(frame)
      mayCharge(parts, call, raw)
      call.note({ target: name, after: { frame } })
      return run(call, name, (session) =>
        audited(call, session, { name, frame }, () => send(session, frame, raw)),
      )
    },
  }
}

async function read(session: ChargerSession) {
  const clock = await session.readClock().catch((error: unknown) => {
    // a clock that cannot be read is worth telling, the ports all the same
    if (error instanceof SitedeskError && error.code === 'CHARGER_REFUSED') return null
    throw error
  })
  const { ports, warnings, at } = await session.ports()
  const odd = clock === null || clock.skewS === null ? ['clockUnreadable'] : []
  return {
    at,
    clock: clock?.text ?? null,
    clockSkewS: clock?.skewS ?? null,
    ports,
    warnings: [...warnings, ...odd],
  }
}

/** Which parameters a command takes (B-35); too many are refused, lest somebody thinks they mean something. */
function wishOf({ command, port, minutes }: Checked<'chargers.command'>): Wish {
  const takesPort = command === 'POWERON' || command === 'POWEROFF'
  if (!takesPort && port !== undefined) throw wrongInput('port', `${command} takes no port`)
  if (command !== 'POWERON' && minutes !== undefined)
    throw wrongInput('minutes', `${command} takes no minutes`)
  if (!takesPort) return { command }
  if (port === undefined) throw wrongInput('port', `${command} needs a port`)
  if (command === 'POWEROFF') return { command, port }
  if (minutes === undefined) throw wrongInput('minutes', `${command} needs minutes`)
  return { command, port, minutes }
}

/** An installer tests without an order: some minutes at most. */
function mayCharge(
  { areas }: ChargerParts,
  { operator }: Call,
  wish: Pick<Wish, 'command'> & { readonly minutes?: number },
): void {
  const { installerMinutes: most } = areas.settings.values().bluetooth
  const free = operator?.roles.some((role) => role === 'admin' || role === 'supervisor') ?? false
  if (wish.command !== 'POWERON' || free || (wish.minutes ?? 0) <= most) return
  throw wrongInput('minutes', `a test takes ${most} minutes at most`)
}

/** what left is on record with who and why, also when nobody can tell what became of it. */
async function audited<T>(
  call: Call,
  session: ChargerSession,
  input: object,
  work: () => Promise<T>,
): Promise<T> {
  const before = session.exchanges.length
  try {
    return await work()
  } catch (error) {
    const left = session.exchanges
      .slice(before)
      .some(({ direction, text }) => direction === 'sent' && isSet(text))
    if (left && error instanceof SitedeskError) {
      const { reason = null } = (error.data ?? {}) as { reason?: unknown }
      call.note({ after: { ...input, failed: { code: error.code, reason } } })
      await call.commit(() => undefined)
    }
    throw error
  }
}

const isSet = (frame: string) => /^@(STIME|POWER(ON|OFF|OFFALL))\b/.test(frame)

async function carryOut(session: ChargerSession, wish: Wish): Promise<End> {
  try {
    return await doIt(session, wish)
  } catch (error) {
    const digit = digitOf(error)
    if (digit) return digit
    throw error
  }
}

async function doIt(session: ChargerSession, wish: Wish): Promise<End> {
  switch (wish.command) {
    case 'QTIME':
      return { status: 0, reply: (await session.readClock()).reply }
    case 'STA': {
      const { reply, ports, warnings } = await session.ports()
      return { status: 0, reply, ports, warnings }
    }
    case 'LEDBLINK':
      return plain(await session.blink())
    case 'STIME':
      return plain(await session.setClock())
    case 'POWERON':
      return powered(await session.powerOn(wish.port, wish.minutes))
    case 'POWEROFF':
      return powered(await session.powerOff(wish.port))
    default:
      return powered(await session.powerOffAll())
  }
}

const plain = ({
  status,
  text,
  warnings,
}: {
  status: number
  text: string
  warnings: readonly string[]
}) => ({
  status,
  reply: text,
  warnings: [...warnings],
})

interface Powered {
  readonly status: number
  readonly reply: string
  readonly warnings: readonly string[]
  readonly report: { readonly ports: PortState[] } | null
}

const powered = ({ status, reply, report, warnings }: Powered) => ({
  status,
  reply,
  warnings: [...warnings],
  ...(report ? { ports: report.ports } : {}),
})

/** The charger's own digit is an answer, whichever command it answered on the way. */
function digitOf(error: unknown): End | null {
  if (!(error instanceof SitedeskError) || error.code !== 'CHARGER_REFUSED') return null
  const { status, reply } = (error.data ?? {}) as { status?: unknown; reply?: unknown }
  return typeof status === 'number' && typeof reply === 'string' ? { status, reply } : null
}

function preview({ areas, stamps, ctx }: ChargerParts, name: string, wish: Wish) {
  const profile = areas.devices.profileOf(name) ?? STANDARD_PROFILE
  const { text, signed } = isQuery(wish.command)
    ? queryFrame(wish.command, profile)
    : setFrame(wish, {
        profile,
        jamCode: areas.devices.jamCodeOf(name, profile.jamParity),
        zone: areas.settings.zone(),
        stamp: stamps.peek(name),
        at: ctx.ports.clock.now(),
      })
  return { frame: text, signed, bytes: text.length }
}

const RAW = /^@([A-Z]+)((?:\|[\x21-\x25\x27-\x3f\x41-\x7b\x7d\x7e]+)*)&$/
const RAW_COMMANDS = [
  'QTIME',
  'STA',
  'LEDBLINK',
  'BLINK',
  'STIME',
  'POWERON',
  'POWEROFF',
  'POWEROFFALL',
] as const
type RawCommand = (typeof RAW_COMMANDS)[number]

interface RawWish {
  readonly command: Wish['command']
  readonly port?: number
  readonly minutes?: number
}

/** What a typed frame would do, as far as the rules of POWERON ask. */
function rawWish(frame: string): RawWish {
  const m = RAW.exec(frame)
  const command = RAW_COMMANDS.find((one): one is RawCommand => one === m?.[1])
  if (!m || !command) throw wrongInput('frame', 'a frame of a command that the desk knows: @COMMAND|…&')
  if (command === 'BLINK') return { command: 'LEDBLINK' }
  if (command !== 'POWERON') return { command }
  const [, port = '', minutes = ''] = (m[2] ?? '').split('|')
  if (!/^[1-4]$/.test(port) || !/^\d{1,3}$/.test(minutes) || Number(minutes) < 1 || Number(minutes) > 360)
    throw wrongInput('frame', 'POWERON takes a port 1 to 4 and 1 to 360 minutes')
  return { command, port: Number(port), minutes: Number(minutes) }
}

async function send(session: ChargerSession, frame: string, { command, port }: RawWish) {
  const said = await session.raw(frame, port === undefined ? null : { port })
  const done = said.status === 0 || said.status === 1
  if (!done || !command.startsWith('POWER')) return said
  // what the ports say now is worth having; that they cannot be read takes nothing from what was answered
  const report = await session.ports().catch(() => null)
  return report ? { ...said, ports: report.ports, warnings: report.warnings } : said
}
