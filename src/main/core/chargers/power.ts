import type { ChargerWarning } from '#shared/charger-reasons.ts'
import type { PortState } from '#shared/contract/chargers.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Clock } from '../ports.ts'
import { chargerError } from './errors.ts'
import { minutesText, portText, type Wish } from './frame.ts'
import type { Reply } from './reply.ts'
import type { ChargerSession, PortReport, PowerHooks } from './session.ts'
import { refused, unclear } from './talk.ts'
import { FRESH_PORTS_MS } from './timing.ts'

interface End {
  /** `ports`: no reply came, but STA shows that it was done (B-26, B-27) */
  readonly confirmedBy: 'reply' | 'ports'
  /** empty when the ports had to say it */
  readonly reply: string
  /** read afterwards; null: it could not be */
  readonly report: PortReport | null
  readonly warnings: ChargerWarning[]
}

/** The port was switched on; anything else is an error. */
export interface PowerOnEnd extends End {
  readonly status: 0
  /** how often POWERON was written: 2 when STA showed that the first had no effect, or after code 2 */
  readonly writes: number
}

export interface PowerOffEnd extends End {
  /** 0, or 1, which an idle port may answer */
  readonly status: number
  /** null: the ports could not be read afterwards */
  readonly off: boolean | null
}

interface Parts {
  readonly name: string
  readonly clock: Clock
  /** one write */
  set(wish: Wish, beforeWrite: () => Promise<void>): Promise<Reply>
  ports(): Promise<PortReport>
  ensureClock(): Promise<void>
  setClock(): Promise<unknown>
  refusedStamp(): void
}

/** Switching power: what STA says decides, and nothing is done twice on a guess (B-14, B-15, B-25 … B-27). */
export interface Power {
  readonly ports: ChargerSession['ports']
  on(port: number, minutes: number, hooks?: PowerHooks): Promise<PowerOnEnd>
  off(wish: OffWish): Promise<PowerOffEnd>
  /** throws unless a STA at most 10 s old says 000 */
  requireFree(port: number): Promise<void>
  /** something was written: what was read before counts no more */
  forget(): void
}
type OffWish = Extract<Wish, { command: 'POWEROFF' } | { command: 'POWEROFFALL' }>

type Tools = Parts & Pick<Power, 'requireFree' | 'ports' | 'forget'>

export function createPower(parts: Parts): Power {
  const { name, clock } = parts
  let fresh: { report: PortReport; at: number } | null = null
  const ports = async () => {
    const report = await parts.ports()
    fresh = { report, at: clock.monotonic() }
    return report
  }
  const requireFree = async (port: number) => {
    const known = fresh && clock.monotonic() - fresh.at <= FRESH_PORTS_MS ? fresh.report : await ports()
    const state = stateOf(known, port)
    if (state.state !== 'free') throw notFree(name, state)
  }
  const forget = () => {
    fresh = null
  }
  const tools = { ...parts, ports, requireFree, forget }
  return {
    ports,
    requireFree,
    forget,
    on: (port, minutes, hooks) => powerOn(tools, port, minutes, hooks),
    off: (wish) => powerOff(tools, wish),
  }
}

/** A reply, or nobody knows: the bytes left and nothing that can be read came back. */
type Outcome = { readonly reply: Reply } | { readonly unclear: unknown }

interface ActOptions {
  /** before each write, with the line free */
  readonly check?: () => Promise<void>
  readonly beforeWrite?: (() => void | Promise<void>) | undefined
}

/** On code 2 the clock is set and the command sent once more, no further (B-19). */
async function act(tools: Tools, wish: Wish, { check, beforeWrite }: ActOptions = {}): Promise<Outcome> {
  await check?.()
  await tools.ensureClock()
  const write = async (): Promise<Outcome> => {
    await check?.()
    let left = false
    try {
      const reply = await tools.set(wish, async () => {
        await beforeWrite?.()
        tools.forget()
        left = true
      })
      return { reply }
    } catch (error) {
      if (left && unclear(error)) return { unclear: error }
      throw error
    }
  }
  const outcome = await write()
  if (!('reply' in outcome) || outcome.reply.status !== 2) return outcome
  tools.refusedStamp()
  await tools.setClock()
  return write()
}

async function powerOn(
  tools: Tools,
  port: number,
  minutes: number,
  hooks: PowerHooks = {},
): Promise<PowerOnEnd> {
  portText(port)
  minutesText(minutes, 0)
  let writes = 0
  const options: ActOptions = {
    check: () => tools.requireFree(port),
    beforeWrite: async () => {
      await hooks.beforeWrite?.()
      writes++
    },
  }
  for (let last = false; ; last = true) {
    const outcome = await act(tools, { command: 'POWERON', port, minutes }, options)
    if ('reply' in outcome) {
      const { reply } = outcome
      if (reply.status !== 0) throw refused(tools.name, 'POWERON', reply)
      return { status: 0, confirmedBy: 'reply', writes, ...(await afterOn(tools, { port, minutes }, reply)) }
    }
    const report = await decide(tools, { port, minutes }, outcome.unclear)
    if (report)
      return { status: 0, confirmedBy: 'ports', reply: '', report, warnings: report.warnings, writes }
    if (last) throw outcome.unclear
  }
}

/** B-14: the port should count down from what was given; where it does not, that is said and no more. */
async function afterOn(tools: Tools, { port, minutes }: On, reply: Reply): Promise<Omit<End, 'confirmedBy'>> {
  const report = await tools.ports().catch(unlessCancelled)
  const { state, minutes: left } = report ? stateOf(report, port) : { state: 'charging', minutes }
  const odd: ChargerWarning[] = state === 'charging' && (left ?? 0) <= minutes ? [] : ['notCounting']
  const read: ChargerWarning[] = report ? report.warnings : ['portsUnread']
  return { reply: reply.text, report, warnings: [...reply.warnings, ...read, ...odd] }
}

interface On {
  readonly port: number
  readonly minutes: number
}

/** B-26: the port shows 1 … n: it was done; 000: it was not; anything else and silence leave it to a person. */
async function decide(tools: Tools, on: On, cause: unknown): Promise<PortReport | null> {
  const report = await tools.ports().catch((error: unknown) => {
    if (isCancelled(error)) throw error
    throw unknownEnd(tools.name, on, cause)
  })
  const found = stateOf(report, on.port)
  if (found.state === 'free') return null
  if (found.state === 'charging' && (found.minutes ?? 0) <= on.minutes) return report
  throw found.state === 'unknown' ? unknownEnd(tools.name, on, cause) : notFree(tools.name, found)
}

/** Status 0 and 1 both are "off" where STA then says so (B-27); after silence the ports decide as well. */
async function powerOff(tools: Tools, wish: OffWish): Promise<PowerOffEnd> {
  if ('port' in wish) portText(wish.port)
  const isOff = ({ ports }: PortReport) =>
    ports.every(({ port, state }) => state !== 'charging' || ('port' in wish && port !== wish.port))
  for (let last = false; ; last = true) {
    const outcome = await act(tools, wish)
    if ('reply' in outcome) {
      const { reply } = outcome
      if (reply.status > 1) throw refused(tools.name, wish.command, reply)
      const report = await tools.ports().catch(unlessCancelled)
      const read: ChargerWarning[] = report ? report.warnings : ['portsUnread']
      const end = { confirmedBy: 'reply', reply: reply.text, report } as const
      return {
        ...end,
        status: reply.status,
        off: report && isOff(report),
        warnings: [...reply.warnings, ...read],
      }
    }
    const report = await tools.ports()
    if (isOff(report))
      return { status: 0, off: true, confirmedBy: 'ports', reply: '', report, warnings: report.warnings }
    if (last) throw outcome.unclear
  }
}

const stateOf = ({ ports }: PortReport, port: number): PortState =>
  ports.find((one) => one.port === port) ?? { port, state: 'unknown', minutes: null }

const isCancelled = (error: unknown) => error instanceof SitedeskError && error.code === 'CANCELLED'

const unlessCancelled = (error: unknown): null => {
  if (error instanceof SitedeskError && !isCancelled(error)) return null
  throw error
}

/** B-15, B-25: nothing was written. */
function notFree(name: string, { port, state, minutes }: PortState): SitedeskError {
  if (state === 'charging')
    return chargerError('PORT_BUSY', 'portBusy', `${name}: port ${port} is in use for ${minutes} min.`, {
      name,
      port,
      minutes,
    })
  if (state === 'broken')
    return chargerError('PORT_BROKEN', 'portBroken', `${name}: port ${port} is broken (999).`, { name, port })
  return chargerError('CHARGER_BAD_REPLY', 'portUnknown', `${name} does not say how port ${port} is.`, {
    name,
    port,
  })
}

const unknownEnd = (name: string, { port, minutes }: On, cause: unknown) =>
  chargerError(
    'CHARGER_NO_REPLY',
    'powerOnUnknown',
    `${name}: nobody can tell whether port ${port} was switched on; look at it.`,
    { name, port, minutes },
    { cause },
  )
