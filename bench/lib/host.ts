import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { performance } from 'node:perf_hooks'
import { buildIfStale } from '../../scripts/build-if-stale.ts'

const ENTRY = join(import.meta.dirname, '../../out/main/headless.js')

export interface Host {
  readonly child: ChildProcess
  readonly url: string
  /** from the start of the process to its ready line */
  readonly readyMs: number
  api(operation: string, input: unknown): Promise<unknown>
  signIn(name: string, pin: string): Promise<void>
  openingUrl(): Promise<string>
  stop(): Promise<void>
}

export async function built(): Promise<void> {
  if (!(await buildIfStale())) throw new Error('the console could not be built')
}

/** The built browser host on a data folder; `nodeArgs` stand before the entry. */
export async function startHost(
  directory: string,
  options: { readonly config?: string; readonly nodeArgs?: readonly string[] } = {},
): Promise<Host> {
  const args = [...(options.nodeArgs ?? []), ENTRY, '--no-open', '--port', '0', '--data-dir', directory]
  if (options.config !== undefined) args.push('--config', options.config)
  const start = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const [line] = (await once(createInterface(child.stdout as NodeJS.ReadableStream), 'line', {
    signal: AbortSignal.timeout(60_000),
  })) as [string]
  const readyMs = performance.now() - start
  const ready = JSON.parse(line) as { console: string; token: string }
  return { child, readyMs, url: ready.console, ...doorOf(ready), stop: () => stop(child) }
}

function doorOf({ console: url, token }: { console: string; token: string }) {
  let session: string | undefined
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers: Record<string, string> = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    }
    if (session) headers['x-sitedesk-session'] = session
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return response.json()
  }
  const api = (operation: string, input: unknown) => post(`/api/${operation.replace('.', '/')}`, input)
  return {
    api,
    async signIn(name: string, pin: string) {
      session = ((await api('operators.signIn', { name, pin })) as { session: string }).session
    },
    openingUrl: async () => ((await post('/open', {})) as { url: string }).url,
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit', { signal: AbortSignal.timeout(20_000) })
  child.kill('SIGTERM')
  await exit
}
