import type { CoreEvent } from '#shared/contract/events.ts'
import { HOUR, MINUTE, SECOND } from '#shared/time.ts'
import type { Caller, CoreContext, SignedIn } from '../context.ts'
import type { Register } from './register.ts'

/** Sessions of scripts end by themselves and never lock themselves (interfaces §3). */
const SCRIPT_SESSION = 12 * HOUR
/** Scripts that sign in again and again: the oldest session gives way. */
const MAX_SCRIPT_SESSIONS = 1000
/** How late a screen may lock itself when nobody calls. */
const SWEEP = 5 * SECOND
const TOKEN_BYTES = 32

export type SessionState =
  { readonly state: 'none' } | { readonly state: 'locked' | 'active'; readonly operator: SignedIn }

/** Who is signed in where. In memory: a restart ends every session. */
export interface Sessions {
  of(caller: Caller): SessionState
  /** a person is there: the screen does not lock itself for another while */
  touch(caller: Caller): void
  /** pushes events while somebody is signed in and not locked; locking and ending always */
  subscribe(caller: Caller, listener: (event: CoreEvent) => void): () => void
  close(): void
}

export interface SessionControl extends Sessions {
  /** binds the screen to this operator, whoever had it, or opens a session for a script; returns its token */
  open(caller: Caller, operatorId: string): string
  lock(caller: Caller): void
  end(caller: Caller): void
  /** ends all sessions of an operator but the one of `except` */
  endOf(operatorId: string, except?: Caller): void
}

interface Moment {
  readonly wall: number
  readonly monotonic: number
}

interface Session {
  readonly token: string
  readonly operatorId: string
  /** null: a script's */
  readonly screen: string | null
  readonly openedAt: Moment
  touchedAt: Moment
  locked: boolean
}

interface Subscriber {
  readonly caller: Caller
  readonly listener: (event: CoreEvent) => void
}

const NONE: SessionState = { state: 'none' }

export class SessionBook implements SessionControl {
  readonly #ctx: CoreContext
  readonly #register: Register
  readonly #autoLockMinutes: () => number
  readonly #byToken = new Map<string, Session>()
  readonly #byScreen = new Map<string, Session>()
  /** screens somebody signed out of: the demo does not sign them in again by itself */
  readonly #left = new Set<string>()
  readonly #subscribers = new Set<Subscriber>()
  readonly #stops: readonly (() => void)[]

  constructor(ctx: CoreContext, register: Register, autoLockMinutes: () => number) {
    this.#ctx = ctx
    this.#register = register
    this.#autoLockMinutes = autoLockMinutes
    this.#stops = [ctx.ports.clock.every(SWEEP, () => this.#sweep()), ctx.events.on((e) => this.#forward(e))]
  }

  of(caller: Caller): SessionState {
    const session = this.#find(caller) ?? this.#signInDemo(caller)
    return session ? this.#check(session) : NONE
  }

  touch(caller: Caller): void {
    const session = this.#find(caller)
    if (session && !session.locked) session.touchedAt = this.#now()
  }

  subscribe(caller: Caller, listener: (event: CoreEvent) => void): () => void {
    const subscriber = { caller, listener }
    this.#subscribers.add(subscriber)
    return () => void this.#subscribers.delete(subscriber)
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#subscribers.clear()
    this.#byToken.clear()
    this.#byScreen.clear()
  }

  open(caller: Caller, operatorId: string): string {
    const { screen = null } = caller
    const before = screen === null ? undefined : this.#byScreen.get(screen)
    if (before) this.#forget(before)
    const now = this.#now()
    const token = toHex(this.#ctx.ports.random.bytes(TOKEN_BYTES))
    const session = { token, operatorId, screen, openedAt: now, touchedAt: now, locked: false }
    this.#byToken.set(token, session)
    if (screen !== null) {
      this.#byScreen.set(screen, session)
      this.#left.delete(screen)
    } else this.#dropOldest()
    // Other tabs of the same screen ask again who is signed in.
    this.#tell(session, { type: 'changed', area: 'system' })
    return token
  }

  lock(caller: Caller): void {
    const session = this.#find(caller)
    if (session) this.#lock(session)
  }

  end(caller: Caller): void {
    const session = this.#find(caller)
    if (session) this.#end(session)
  }

  endOf(operatorId: string, except?: Caller): void {
    const kept = except && this.#find(except)
    for (const session of this.#byToken.values())
      if (session.operatorId === operatorId && session !== kept) this.#end(session)
  }

  #find({ screen, session }: Caller): Session | undefined {
    if (screen !== undefined) return this.#byScreen.get(screen)
    return session === undefined ? undefined : this.#byToken.get(session)
  }

  #signInDemo({ screen }: Caller): Session | undefined {
    const name = this.#ctx.options.autoSignIn
    if (name === undefined || screen === undefined || this.#left.has(screen)) return undefined
    const operator = this.#register.byName(name)
    if (!operator || operator.disabled) return undefined
    this.open({ door: 'inproc', screen }, operator.operatorId)
    return this.#byScreen.get(screen)
  }

  /** What a session is worth now: time may have passed, and the operator may have changed. */
  #check(session: Session): SessionState {
    const found = this.#register.byId(session.operatorId)
    if (!found || found.disabled || this.#isOver(session)) {
      this.#end(session)
      return NONE
    }
    if (this.#isIdle(session)) this.#lock(session)
    const { operatorId, name, roles, mustChangePin } = found
    const operator = { operatorId, name, roles, ...(mustChangePin && { mustChangePin }) }
    return { state: session.locked ? 'locked' : 'active', operator }
  }

  #isOver = (session: Session) => session.screen === null && this.#since(session.openedAt) >= SCRIPT_SESSION

  #isIdle(session: Session): boolean {
    const minutes = this.#autoLockMinutes()
    return session.screen !== null && minutes > 0 && this.#since(session.touchedAt) >= minutes * MINUTE
  }

  #now(): Moment {
    const { clock } = this.#ctx.ports
    return { wall: clock.now(), monotonic: clock.monotonic() }
  }

  /** The longer of both: a wall clock can be set back, a monotonic one may stand still in sleep. */
  #since(then: Moment): number {
    const now = this.#now()
    return Math.max(now.wall - then.wall, now.monotonic - then.monotonic)
  }

  #lock(session: Session): void {
    if (session.locked) return
    session.locked = true
    this.#tell(session, { type: 'session', state: 'locked' })
  }

  #end(session: Session): void {
    this.#forget(session)
    if (session.screen !== null) this.#left.add(session.screen)
    this.#tell(session, { type: 'session', state: 'ended' })
  }

  #forget(session: Session): void {
    this.#byToken.delete(session.token)
    if (session.screen !== null) this.#byScreen.delete(session.screen)
  }

  #dropOldest(): void {
    const scripts = [...this.#byToken.values()].filter((session) => session.screen === null)
    const [oldest] = scripts
    if (oldest && scripts.length > MAX_SCRIPT_SESSIONS) this.#end(oldest)
  }

  #sweep(): void {
    for (const session of this.#byToken.values()) this.#check(session)
  }

  #tell(session: Session, event: CoreEvent): void {
    for (const { caller, listener } of this.#subscribers) {
      const same =
        caller.screen === undefined ? caller.session === session.token : caller.screen === session.screen
      if (same) this.#deliver(listener, event)
    }
  }

  #forward(event: CoreEvent): void {
    for (const { caller, listener } of this.#subscribers)
      if (this.of(caller).state === 'active') this.#deliver(listener, event)
  }

  #deliver(listener: (event: CoreEvent) => void, event: CoreEvent): void {
    try {
      listener(event)
    } catch (error) {
      this.#ctx.ports.log.error('a screen did not take an event', { event: event.type, error: String(error) })
    }
  }
}

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
