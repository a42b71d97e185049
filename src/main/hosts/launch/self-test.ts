import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCore, type Core } from '#core/core.ts'
import type { Ports } from '#core/ports.ts'
import { createPorts } from '#main/adapters/ports.ts'
import { noblePart, type NoblePart } from '#main/adapters/radio/self-test.ts'
import { workerBeside } from '#main/adapters/workers.ts'
import type { WebHost } from '../web/server.ts'
import { VERSION } from './version.ts'

/** Of a program that hangs it is known, too, that it does not work. */
const WITHIN_MS = 30_000

export interface SelfTestOptions {
  readonly host: 'desktop' | 'headless'
  /** the worker is built beside the entry */
  readonly entryUrl: string
  /** the built page */
  readonly page: string
}

interface Check {
  readonly name: 'store' | 'worker' | 'bluetooth' | 'loopback'
  readonly ok: boolean
  readonly detail: string
}

/** One line of JSON on stdout (docs/automation.md). */
export interface SelfTestReport {
  readonly event: 'selfTest'
  readonly ok: boolean
  readonly version: string
  readonly host: SelfTestOptions['host']
  readonly electron: string | null
  readonly node: string
  readonly platform: string
  readonly arch: string
  readonly bluetooth: NoblePart
  readonly checks: readonly Check[]
}

/**
 * Whether this copy of the program can work on this computer: opens a throw-away store, loads both native modules,
 * runs a worker, and answers on loopback with the page and one operation. Touches no data folder, no adapter and no
 * network.
 */
export async function selfTest(options: SelfTestOptions): Promise<SelfTestReport> {
  const directory = mkdtempSync(join(tmpdir(), 'sitedesk-self-test-'))
  const bluetooth = noblePart(createRequire(import.meta.url))
  try {
    const checks = await Promise.race([runChecks(options, directory, bluetooth), late()])
    return report(options, bluetooth, checks)
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

function report({ host }: SelfTestOptions, bluetooth: NoblePart, checks: readonly Check[]): SelfTestReport {
  const { electron = null, node } = process.versions as { electron?: string; node: string }
  const { platform, arch } = process
  const ok = checks.every((check) => check.ok)
  return { event: 'selfTest', ok, version: VERSION, host, electron, node, platform, arch, bluetooth, checks }
}

async function runChecks(
  { entryUrl, page }: SelfTestOptions,
  directory: string,
  { state, reason, expected }: NoblePart,
): Promise<Check[]> {
  const opened: { ports?: Ports; core?: Core; web?: WebHost } = {}
  const radio: Check = {
    name: 'bluetooth',
    ok: state === 'loaded' || expected,
    detail: reason ?? 'loaded',
  }
  try {
    const store = await check('store', async () => {
      opened.ports = createPorts({
        directory,
        workerUrl: workerBeside(entryUrl),
        log: { mirror: () => undefined },
      })
      opened.core = await openCore(opened.ports, { version: VERSION, directory, demo: false })
      const db = opened.ports.sql.open(join(directory, 'site.db'), { durable: true, readonly: true })
      const row = db.statement<{ version: string }>('SELECT sqlite_version() AS version').get()
      db.close()
      return `SQLite ${row?.version ?? ''}`
    })
    const worker = await check('worker', async () => {
      const salt = new Uint8Array(16)
      await opened.ports?.workers.run('hashPin', { pin: '482913', salt })
      return 'answers'
    })
    const loopback = await check('loopback', async () => {
      if (!opened.core || !opened.ports) throw new Error('the store did not open')
      const { startWebHost } = await import('../web/server.ts')
      const { core, ports } = opened
      opened.web = await startWebHost({
        core,
        log: ports.log,
        page,
        port: 0,
        now: () => ports.clock.monotonic(),
      })
      return await askHost(opened.web)
    })
    return [store, worker, radio, loopback]
  } finally {
    await opened.web?.close()
    await opened.core?.close()
  }
}

/** A page and an operation, as the browser and a script ask for them. */
async function askHost({ url, token }: WebHost): Promise<string> {
  const page = await fetch(`${url}/icon.svg`)
  if (page.status !== 200) throw new Error(`the page answers ${page.status}`)
  await page.arrayBuffer()
  const hello = await fetch(`${url}/api/system/hello`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: '{}',
  })
  const said = (await hello.json()) as { version?: string }
  if (hello.status !== 200 || said.version !== VERSION) throw new Error(`the API answers ${hello.status}`)
  return url
}

async function check(name: Check['name'], work: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await work() }
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

const late = () =>
  new Promise<Check[]>((resolve) => {
    setTimeout(
      () => resolve([{ name: 'store', ok: false, detail: `not done within ${WITHIN_MS} ms` }]),
      WITHIN_MS,
    ).unref()
  })
