import type { sourceState } from '#shared/contract/system.ts'
import type { z } from '#shared/z.ts'
import type { Clock, Http, Log, Random } from '../ports.ts'
import { redactor } from '../redact.ts'
import type { Envelope } from './decode.ts'
import { exchange, ExchangeError } from './exchange.ts'
import { cancelled, type Limiter } from './pacing.ts'
import { RetryPlan } from './retry.ts'
import { Session } from './session.ts'
import type { SkewMeter } from './skew.ts'
import { UpstreamError, type CallOptions, type UpstreamFault } from './types.ts'
import { tokenOf, type Access, type Endpoint, type Fields, type Login, type Vendor } from './vendor.ts'

export interface ClientParts {
  readonly vendor: Vendor
  readonly access: Access
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly limiter: Limiter
  readonly skew: SkewMeter
  /** the state is another one now */
  readonly onState?: () => void
}

export type Outcome =
  | { readonly outcome: 'accepted'; readonly envelope: Envelope }
  | { readonly outcome: 'unknown'; readonly error: UpstreamError }

export interface ClientStatus {
  readonly state: Exclude<z.infer<typeof sourceState>, 'unconfigured'>
  readonly lastError: { readonly code: string; readonly message: string; readonly at: number } | null
}

/** The account's scheduler stops until settings change, so that nobody is locked out (F-04). */
const STOPPING: ReadonlySet<UpstreamFault> = new Set(['noAccount', 'wrongPassword', 'missingField'])
const UNREACHED: ReadonlySet<UpstreamFault> = new Set(['offline', 'timeout'])
/** Refused before anything happened: for a mutating call the only certain noes (§7.1, I-31). */
const REFUSED: ReadonlySet<UpstreamFault> = new Set([...STOPPING, 'denied', 'tokenRefused', 'tooFast'])

/** One behaviour for all vendor systems: token, gaps, retries, and when to stop (design §4, spec §7.2). */
export class VendorClient {
  readonly #parts: ClientParts
  readonly #session: Session
  readonly #closing = new AbortController()
  readonly #paused = new Set<string>()
  #stoppedBy: UpstreamError | null = null
  #status: ClientStatus = { state: 'idle', lastError: null }
  #knownOffline = false
  #tooFastInARow = 0

  constructor(parts: ClientParts) {
    this.#parts = parts
    redactor.learn(parts.access.password)
    const { clock, random, log, vendor } = parts
    this.#session = new Session({
      clock,
      random,
      log,
      source: vendor.source,
      loginPath: vendor.login?.path ?? '',
      logIn: () => this.#logIn(),
    })
  }

  get status(): ClientStatus {
    return this.#status
  }

  /** Has a token afterwards; asks for one only when there is none. */
  async login(options: CallOptions = {}): Promise<void> {
    const { login } = this.#parts.vendor
    if (!login) return
    const { path } = login
    this.#refuseIfStopped(path)
    try {
      await abortable(this.#tokenOrStop(), this.#signalOf(options))
    } catch (error) {
      if (error instanceof UpstreamError) this.#failed(error, path)
      throw error
    }
    this.#succeeded()
  }

  /** Repeats what is harmless to repeat; rejects with UpstreamError or CANCELLED. */
  async read(endpoint: Endpoint, fields: Fields, options: CallOptions = {}): Promise<Envelope> {
    const { limiter, random } = this.#parts
    const signal = this.#signalOf(options)
    const plan = new RetryPlan(random, { urgent: options.urgent ?? false, knownOffline: this.#knownOffline })
    const paced = { ...options, signal, ticket: limiter.ticket() }
    for (;;) {
      try {
        const envelope = await limiter.run(
          endpoint.path,
          () => this.#attempt(endpoint, fields, signal, plan),
          paced,
        )
        this.#succeeded()
        return envelope
      } catch (error) {
        if (signal.aborted) throw this.#ended(endpoint.path)
        if (!(error instanceof Retry)) throw error
        if (error.waitMs > 0) await this.#sleep(error.waitMs, signal, endpoint.path)
      }
    }
  }

  /** Sends once. Repeats only what was refused at the door with a new token, once (§7.1). */
  async mutate(endpoint: Endpoint, fields: Fields, options: CallOptions = {}): Promise<Outcome> {
    const signal = this.#signalOf(options)
    for (let attempt = 1; ; attempt++) {
      const sent: { token: string | null } = { token: null }
      try {
        const work = () => this.#send(endpoint, fields, signal, sent)
        const envelope = await this.#parts.limiter.run(endpoint.path, work, { ...options, signal })
        this.#succeeded()
        return { outcome: 'accepted', envelope }
      } catch (error) {
        if (!(error instanceof ExchangeError)) throw error
        if (sent.token === null) {
          this.#failed(error, endpoint.path)
          throw error
        }
        if (attempt === 1 && this.#renewable(error, sent.token)) continue
        this.#failed(error, endpoint.path)
        if (REFUSED.has(error.fault) || !error.bytesSent) throw error
        return { outcome: 'unknown', error }
      }
    }
  }

  /** Ends what runs; everything still asked for is cancelled. */
  close(): void {
    this.#closing.abort(cancelled())
  }

  /** One try inside its turn. What its failure means for others takes effect before the turn ends. */
  async #attempt(
    endpoint: Endpoint,
    fields: Fields,
    signal: AbortSignal,
    plan: RetryPlan,
  ): Promise<Envelope> {
    const sent: { token: string | null } = { token: null }
    try {
      return await this.#send(endpoint, fields, signal, sent)
    } catch (error) {
      if (signal.aborted || !(error instanceof UpstreamError)) throw error
      const renewable = sent.token !== null && this.#renewable(error, sent.token)
      const waitMs = plan.next(error, renewable)
      if (error.fault === 'notFound' && endpoint.optional) this.#succeeded()
      else this.#failed(error, endpoint.path, waitMs)
      if (waitMs !== null) throw new Retry(waitMs)
      if (error.fault === 'denied') this.#paused.add(endpoint.path)
      if (error.fault === 'tokenRefused' && this.#session.isElsewhere)
        throw new UpstreamError('accountElsewhere', 'This account is used elsewhere.', {
          endpoint: endpoint.path,
        })
      throw error
    }
  }

  async #send(
    endpoint: Endpoint,
    fields: Fields,
    signal: AbortSignal,
    sent: { token: string | null },
  ): Promise<Envelope> {
    this.#refuseIfStopped(endpoint.path)
    const { login } = this.#parts.vendor
    const own = login ? await this.#withToken(login, signal, sent) : {}
    this.#refuseIfStopped(endpoint.path)
    const { access } = this.#parts
    try {
      return await exchange(this.#parts, access, endpoint, { ...own, ...fields }, signal)
    } catch (error) {
      this.#stopIfHopeless(error)
      throw error
    }
  }

  async #withToken(
    login: Login,
    signal: AbortSignal,
    sent: { token: string | null },
  ): Promise<Record<string, string>> {
    const token = await abortable(this.#tokenOrStop(), signal)
    const { vendor, access } = this.#parts
    sent.token = token
    const account = vendor.accountInEveryCall ? { [login.accountField]: access.account } : {}
    return { [login.tokenField]: token, ...account }
  }

  async #logIn(): Promise<string> {
    const { vendor, access, log } = this.#parts
    const { login } = vendor
    if (!login) throw new Error(`${vendor.source} has no log-in`)
    const { path, accountField, passwordField } = login
    const fields = { [accountField]: access.account, [passwordField]: access.password }
    const envelope = await exchange(this.#parts, access, { path, kind: 'read' }, fields, this.#closing.signal)
    const token = tokenOf(login, envelope.fields)
    if (token === null)
      throw new ExchangeError('malformed', 'The log-in answer holds no token.', { endpoint: path })
    redactor.learn(token)
    log.debug('logged in', { source: vendor.source })
    return token
  }

  async #tokenOrStop(): Promise<string> {
    try {
      return await this.#session.token()
    } catch (error) {
      this.#stopIfHopeless(error)
      throw error
    }
  }

  #renewable(error: UpstreamError, token: string): boolean {
    if (error.fault === 'denied') return this.#session.doubted(token)
    if (error.fault !== 'tokenRefused') return false
    this.#session.refused(token)
    return true
  }

  #refuseIfStopped(endpoint: string): void {
    const by = this.#stoppedBy
    const code = by?.vendorCode ?? null
    const facts = { endpoint, ...(code === null ? {} : { vendorCode: code }) }
    if (by) throw new UpstreamError('stopped', `Stopped until the settings are changed: ${by.message}`, facts)
    if (this.#paused.has(endpoint))
      throw new UpstreamError('denied', `The account may not use ${endpoint}.`, facts)
  }

  #stopIfHopeless(error: unknown): void {
    if (!(error instanceof UpstreamError) || !STOPPING.has(error.fault) || this.#stoppedBy) return
    this.#stoppedBy = error
    this.#parts.log.warn('the vendor refuses this account; stopped until the settings change', {
      source: this.#parts.vendor.source,
      vendorCode: error.vendorCode,
    })
  }

  #succeeded(): void {
    this.#tooFastInARow = 0
    this.#knownOffline = false
    this.#setStatus({ state: 'live', lastError: null })
  }

  #failed(error: UpstreamError, endpoint: string, waitMs: number | null = null): void {
    // what was refused here without asking says nothing new
    if (error.fault === 'stopped') return
    const { clock, log, vendor, limiter } = this.#parts
    const unreached = UNREACHED.has(error.fault)
    const state = this.#stoppedBy ? 'stopped' : unreached ? 'offline' : 'failing'
    this.#setStatus({ state, lastError: { code: error.fault, message: error.message, at: clock.now() } })
    this.#knownOffline = unreached && (this.#knownOffline || waitMs === null)
    this.#tooFastInARow = error.fault === 'tooFast' ? this.#tooFastInARow + 1 : 0
    if (this.#tooFastInARow >= 2) limiter.widen()
    if (error.fault === 'tooFast' && waitMs !== null) limiter.hold(endpoint, waitMs)
    // with the first of what the vendor said, redacted (F-13)
    const said = typeof error.data === 'object' ? error.data : {}
    const facts = { source: vendor.source, ...said, endpoint, error: error.message }
    if (waitMs === null) log.warn('a vendor request failed', facts)
    else log.info('a vendor request is repeated', { ...facts, waitMs: Math.round(waitMs) })
  }

  #signalOf(options: CallOptions): AbortSignal {
    const { signal } = this.#closing
    return options.signal ? AbortSignal.any([options.signal, signal]) : signal
  }

  async #sleep(ms: number, signal: AbortSignal, endpoint: string): Promise<void> {
    try {
      await this.#parts.clock.sleep(ms, signal)
    } catch {
      throw this.#ended(endpoint)
    }
  }

  /** Why a call ended before its answer: the caller's wish, or this connection is no more. */
  #ended(endpoint: string): Error {
    if (!this.#closing.signal.aborted) return cancelled()
    return new UpstreamError('stopped', 'The connection was closed; the settings may have changed.', {
      endpoint,
    })
  }

  #setStatus(status: ClientStatus): void {
    const changed = status.state !== this.#status.state
    this.#status = status
    if (changed) this.#parts.onState?.()
  }
}

/** The same request again, after `waitMs`; never leaves this file. */
class Retry extends Error {
  readonly waitMs: number

  constructor(waitMs: number) {
    super('again')
    this.waitMs = waitMs
  }
}

/** A log-in is shared: who stops waiting for it leaves the others theirs. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(cancelled())
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
