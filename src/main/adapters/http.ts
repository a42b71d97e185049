import type { Agent, Dispatcher } from 'undici'
import {
  HttpFailure,
  type Http,
  type HttpAnswer,
  type HttpFailureKind,
  type HttpRequest,
} from '#core/ports.ts'

/**
 * The HTTP port on undici, which is loaded once the console listens: it listens sooner without it. One
 * connection pool for each connect timeout asked for, kept for the process.
 */
export function createHttp(): Http {
  const agents = new Map<number, Agent>()
  const agentFor = async (connectTimeoutMs: number) => {
    const { Agent } = await import('undici')
    const found = agents.get(connectTimeoutMs)
    if (found) return found
    // headers and body have no timeouts of their own: the total timeout covers both
    const agent = new Agent({ connect: { timeout: connectTimeoutMs }, headersTimeout: 0, bodyTimeout: 0 })
    agents.set(connectTimeoutMs, agent)
    return agent
  }
  return {
    send: async (request) => new Exchange(request).start(await agentFor(request.connectTimeoutMs)),
    warm: () => void import('undici'),
  }
}

/** One request and its answer, from undici's callbacks: they tell what reached the wire, fetch does not. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: HttpRequest
  readonly #chunks: Buffer[] = []
  #settle: { resolve(answer: HttpAnswer): void; reject(failure: HttpFailure): void } | null = null
  #controller: Dispatcher.DispatchController | null = null
  #received = 0
  #status = 0
  #headers: Record<string, string> = {}
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #onAbort = () => this.#fail('aborted', 'the request was cancelled')

  constructor(request: HttpRequest) {
    this.#request = request
  }

  start(agent: Agent): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      const { signal, totalTimeoutMs } = this.#request
      if (signal?.aborted) return this.#onAbort()
      signal?.addEventListener('abort', this.#onAbort, { once: true })
      this.#timer = setTimeout(
        () => this.#fail('timeout', `no whole answer within ${totalTimeoutMs} ms`),
        totalTimeoutMs,
      )
      this.#dispatch(agent)
    })
  }

  #dispatch(agent: Agent): void {
    const { url, method, headers, body } = this.#request
    const { origin, pathname, search } = new URL(url)
    try {
      agent.dispatch({ origin, path: pathname + search, method, headers, body: body ?? null }, this)
    } catch (error) {
      this.onResponseError(null, asError(error))
    }
  }

  /** Called when a connected socket is about to be written to: from here on bytes may have left. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (!this.#settle) controller.abort(new Error('no longer wanted'))
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status
    for (const [name, value] of Object.entries(headers))
      if (value !== undefined) this.#headers[name.toLowerCase()] = String(value)
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#received += chunk.length
    const { maxBytes } = this.#request
    if (this.#received > maxBytes) return this.#fail('tooLarge', `the answer is over ${maxBytes} bytes`)
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const answer = { status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) }
    this.#finish()?.resolve(answer)
  }

  onResponseError(_: unknown, error: Error): void {
    const kind = kindOf(error, this.#controller !== null)
    const failure = new HttpFailure(kind, this.#controller !== null, describe(error), { cause: error })
    this.#finish()?.reject(failure)
  }

  #fail(kind: HttpFailureKind, message: string): void {
    this.#finish()?.reject(new HttpFailure(kind, this.#controller !== null, message))
    this.#controller?.abort(new Error(message))
  }

  #finish() {
    const settle = this.#settle
    this.#settle = null
    clearTimeout(this.#timer)
    this.#request.signal?.removeEventListener('abort', this.#onAbort)
    return settle
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

/** A host with several addresses fails with one error for each; the first says enough. */
function rootOf(error: Error): Error & { code?: string } {
  return error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error
}

const describe = (error: Error) => rootOf(error).message

const KINDS: Readonly<Record<string, HttpFailureKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  ENETUNREACH: 'refused',
  ENETDOWN: 'refused',
  EADDRNOTAVAIL: 'refused',
  EACCES: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  UND_ERR_CONNECT_TIMEOUT: 'connectTimeout',
  ETIMEDOUT: 'connectTimeout',
  EPROTO: 'tls',
}
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA)/

function kindOf(error: Error, started: boolean): HttpFailureKind {
  const code = rootOf(error).code ?? ''
  if (started) return code === 'ETIMEDOUT' ? 'timeout' : 'reset'
  if (TLS.test(code)) return 'tls'
  return KINDS[code] ?? 'reset'
}
