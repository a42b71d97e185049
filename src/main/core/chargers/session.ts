import type { Exchange, PortState } from '#shared/contract/chargers.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import type { ChargerWarning } from '#shared/charger-reasons.ts'
import { SitedeskError } from '#shared/errors.ts'
import { readClockText } from './clock-text.ts'
import { createPower, type Power, type PowerOffEnd, type PowerOnEnd } from './power.ts'
import { probe, variants } from './probe.ts'
import { readPorts, readReply, type Reply } from './reply.ts'
import { badReply, createTalk, refused, unclear, type Signer, type Talk, type TalkParts } from './talk.ts'

export type { PowerOffEnd, PowerOnEnd } from './power.ts'

export interface ClockReading {
  /** `YYMMDDHHMMSS` as the charger says it */
  readonly text: string
  /** charger minus desk, seconds; null: no calendar has that time (B-21) */
  readonly skewS: number | null
  readonly reply: string
}

export interface PortReport {
  readonly ports: PortState[]
  readonly warnings: ChargerWarning[]
  /** as `reportDevicePort` packs them (U-17) */
  readonly packed: string
  /** epoch ms */
  readonly at: number
  readonly reply: string
}

export interface PowerHooks {
  /** Called before the bytes of each POWERON leave, after the port was seen free: for the caller to store durably. */
  readonly beforeWrite?: () => void | Promise<void>
}

/**
 * One task's conversation with one charger. Every call is bounded in time and rejects with SitedeskError, whose
 * `data.reason` is one of CHARGER_REASONS. Commands that change something set a wrong clock first (B-20).
 */
export interface ChargerSession {
  readonly name: string
  /** how the frames are signed now; the probe changes it */
  readonly profile: BleProfile
  /** everything that was said so far, in order */
  readonly exchanges: readonly Exchange[]
  /** charger minus desk when the clock was first read here; null: not read, or no time */
  readonly skewS: number | null
  /** what the exchanges from now on belong to */
  step: string | null
  readClock(): Promise<ClockReading>
  /** STIME with the desk's time; throws when the charger refuses it (B-19: no loop) */
  setClock(): Promise<Reply>
  /** B-07: only while a charger is provisioned. STIME and nothing else, eight writes at most */
  probe(): Promise<BleProfile>
  ports(): Promise<PortReport>
  /** B-25, B-26: only on a port that is free now, never twice unless STA proves that the first had no effect */
  powerOn(port: number, minutes: number, hooks?: PowerHooks): Promise<PowerOnEnd>
  /** B-27: what STA says afterwards counts */
  powerOff(port: number): Promise<PowerOffEnd>
  powerOffAll(): Promise<PowerOffEnd>
  blink(): Promise<Reply>
  /** a frame as it stands; null: what came is no reply */
  raw(frame: string, powers: { port: number } | null): Promise<{ status: number | null; reply: string }>
}

export interface SessionParts extends TalkParts {
  readonly profile: BleProfile
  /** the stored jam code beats the derived one (B-02) */
  jamCodeOf(parity: BleProfile['jamParity']): string
  readonly clockToleranceS: number
  readonly exchanges: readonly Exchange[]
  readonly step: { now: string | null }
  /** the ports were read: the registry wants to know */
  reported(report: PortReport): void
  probed(profile: BleProfile): void
}

export function createSession(parts: SessionParts): ChargerSession {
  return new Session(parts)
}

class Session implements ChargerSession {
  readonly name: string
  readonly #parts: SessionParts
  readonly #talk: Talk
  readonly #power: Power
  #signer: Signer
  #skewS: number | null = null
  #clockRead = false
  #clockRight = false

  constructor(parts: SessionParts) {
    this.name = parts.wire.name
    this.#parts = parts
    this.#talk = createTalk(parts)
    this.#signer = { profile: parts.profile, jamCode: parts.jamCodeOf(parts.profile.jamParity) }
    this.#power = createPower({
      name: this.name,
      clock: parts.clock,
      ports: () => this.#readPorts(),
      ensureClock: () => this.#ensureClock(),
      setClock: () => this.setClock(),
      refusedStamp: () => this.#refusedStamp(),
      set: (wish, beforeWrite) => this.#talk.set(wish, this.#signer, beforeWrite),
    })
  }

  get profile(): BleProfile {
    return this.#signer.profile
  }

  get exchanges(): readonly Exchange[] {
    return this.#parts.exchanges
  }

  get skewS(): number | null {
    return this.#skewS
  }

  get step(): string | null {
    return this.#parts.step.now
  }

  set step(step: string | null) {
    this.#parts.step.now = step
  }

  async readClock(): Promise<ClockReading> {
    const reply = await this.#talk.query('QTIME', this.#signer)
    if (reply.status !== 0) throw refused(this.name, 'QTIME', reply)
    const text = reply.fields[0] ?? ''
    const shown = readClockText(text, this.#parts.zone())
    const skewS = shown === null ? null : Math.round((shown - this.#parts.clock.now()) / 1000)
    if (!this.#clockRead) this.#skewS = skewS
    this.#clockRead = true
    return { text, skewS, reply: reply.text }
  }

  /** Setting the time once more does no harm, so silence is answered by a second try. */
  async setClock(): Promise<Reply> {
    const send = () => this.#talk.set({ command: 'STIME' }, this.#signer)
    const reply = await send().catch((error: unknown) => {
      if (!unclear(error)) throw error
      return send()
    })
    if (reply.status === 2) this.#refusedStamp()
    if (reply.status !== 0) throw refused(this.name, 'STIME', reply)
    this.#clockRight = true
    return reply
  }

  async probe(): Promise<BleProfile> {
    const { profile } = this.#signer
    const { jamCodeOf, wire, probed } = this.#parts
    const signers = variants(this.name, profile, jamCodeOf(profile.jamParity))
    const found = await probe(this.name, this.#talk, signers, () => this.#refusedStamp())
    this.#signer = { ...found, profile: { ...found.profile, layout: wire.layout ?? found.profile.layout } }
    this.#clockRight = true
    probed(this.#signer.profile)
    return this.#signer.profile
  }

  ports(): Promise<PortReport> {
    return this.#power.ports()
  }

  powerOn(port: number, minutes: number, hooks?: PowerHooks): Promise<PowerOnEnd> {
    return this.#power.on(port, minutes, hooks)
  }

  powerOff(port: number): Promise<PowerOffEnd> {
    return this.#power.off({ command: 'POWEROFF', port })
  }

  powerOffAll(): Promise<PowerOffEnd> {
    return this.#power.off({ command: 'POWEROFFALL' })
  }

  async blink(): Promise<Reply> {
    const reply = await this.#talk.query('LEDBLINK', this.#signer)
    if (reply.status !== 0) throw refused(this.name, 'LEDBLINK', reply)
    return reply
  }

  async raw(frame: string, powers: { port: number } | null) {
    if (powers) await this.#power.requireFree(powers.port)
    this.#power.forget()
    const reply = await this.#talk.raw(frame)
    return { status: readReply(reply)?.status ?? null, reply }
  }

  /** B-20: what cannot be read, or differs too much, is set. */
  async #ensureClock(): Promise<void> {
    if (this.#clockRight) return
    const skewS = await this.readClock().then(
      (reading) => reading.skewS,
      (error: unknown) => {
        if (unreadable(error)) return null
        throw error
      },
    )
    if (skewS !== null && Math.abs(skewS) <= this.#parts.clockToleranceS) this.#clockRight = true
    else await this.setClock()
  }

  async #readPorts(): Promise<PortReport> {
    const reply = await this.#talk.query('STA', this.#signer)
    if (reply.status !== 0) throw refused(this.name, 'STA', reply)
    const reading = readPorts(reply.fields)
    if (!reading) throw badReply(this.name, 'STA', reply.text)
    const warnings = [...reply.warnings, ...reading.warnings]
    const report = { ...reading, warnings, at: this.#parts.clock.now(), reply: reply.text }
    this.#parts.reported(report)
    return report
  }

  #refusedStamp(): void {
    this.#parts.stamps.refused(this.name, this.#parts.clockToleranceS)
  }
}

/** The charger spoke, or would not, but said no time: setting it is the cure (B-20). */
const unreadable = (error: unknown) =>
  error instanceof SitedeskError &&
  ['CHARGER_REFUSED', 'CHARGER_BAD_REPLY', 'CHARGER_NO_REPLY'].includes(error.code)
