import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import type { Input, OperationName, Output } from '#shared/contract/index.ts'

const ENTRY = join(import.meta.dirname, '../../../out/main/headless.js')
const SHIFT = join(import.meta.dirname, '../../../scripts/pictures/shifted-date.ts')
const READY_MS = 30_000
/** A stop takes this long at most (interfaces §1). */
const STOP_MS = 5000

export interface StartOptions {
  readonly demo?: boolean
  /** kept when the host stops; without it the folder is made for this start and removed */
  readonly dataDir?: string
  /** the site profile that `--config` gets */
  readonly profile?: unknown
  /** ms that its clock goes before the machine's */
  readonly clockShift?: number
}

/** The built browser host as its own process. */
export interface ConsoleHost {
  readonly url: string
  readonly token: string
  readonly pid: number
  readonly stderr: () => string
  /** an operation through the automation API */
  api<N extends OperationName>(operation: N, input: Input<N>): Promise<Output<N>>
  signIn(name: string, pin: string): Promise<void>
  /** an address that opens the console once */
  openingUrl(): Promise<string>
  /** SIGTERM; fails when it takes longer than 5 s or ends with another code than 0 */
  stop(): Promise<void>
  /** SIGKILL: nothing is tidied up */
  kill(): Promise<void>
}

export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'sitedesk-e2e-'))
/** The folder, and the profile that was written beside it. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  rmSync(`${path}.config.json`, { force: true })
}

export async function startConsole(options: StartOptions = {}): Promise<ConsoleHost> {
  if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing: run npm run build`)
  const own = options.dataDir === undefined
  const folder = options.dataDir ?? temporaryFolder()
  const args = ['--no-open', '--port', '0', '--data-dir', folder]
  if (options.demo) args.push('--demo')
  if (options.profile !== undefined) args.push('--config', profileFile(folder, options.profile))
  const shifted = options.clockShift === undefined ? [] : ['--import', pathToFileURL(SHIFT).href]
  const child = spawn(process.execPath, [...shifted, ENTRY, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SITEDESK_CLOCK_SHIFT_MS: String(options.clockShift ?? 0) },
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text))
  const ready = await readyLine(child, () => stderr)
  const tidy = () => own && removeFolder(folder)
  return hostOf({ child, ready, stderr: () => stderr, tidy })
}

interface ReadyLine {
  readonly console: string
  readonly token: string
  readonly pid: number
}

function profileFile(folder: string, profile: unknown): string {
  const path = `${folder}.config.json`
  writeFileSync(path, JSON.stringify(profile), { mode: 0o600 })
  return path
}

async function readyLine(child: ChildProcess, stderr: () => string): Promise<ReadyLine> {
  const signal = AbortSignal.timeout(READY_MS)
  if (!child.stdout) throw new Error('no stdout')
  const line = once(createInterface(child.stdout), 'line', { signal })
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the host ended with ${String(code)} before its ready line\n${stderr()}`)
  })
  ended.catch(() => undefined)
  const [text] = (await Promise.race([line, ended])) as [string]
  return JSON.parse(text) as ReadyLine
}

interface Running {
  readonly child: ChildProcess
  readonly ready: ReadyLine
  readonly stderr: () => string
  readonly tidy: () => unknown
}

function hostOf({ child, ready, stderr, tidy }: Running): ConsoleHost {
  let session: string | undefined
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(ready.console + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ready.token}`,
        'content-type': 'application/json',
        ...(session ? { 'x-sitedesk-session': session } : {}),
      },
      body: JSON.stringify(body),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
    return answer
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const exit = once(child, 'exit', { signal: AbortSignal.timeout(STOP_MS) })
    child.kill(signal)
    const [code] = (await exit) as [number | null]
    tidy()
    return code
  }
  return {
    url: ready.console,
    token: ready.token,
    pid: ready.pid,
    stderr,
    api: async (operation, input) => (await post(`/api/${operation.replace('.', '/')}`, input)) as never,
    async signIn(name, pin) {
      const answer = (await post('/api/operators/signIn', { name, pin })) as { session: string }
      session = answer.session
    },
    openingUrl: async () => ((await post('/open', {})) as { url: string }).url,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const code = await end('SIGTERM')
      if (code !== 0) throw new Error(`the host ended with ${String(code)}\n${stderr()}`)
    },
    kill: async () => void (await end('SIGKILL')),
  }
}
