import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'undici'
import type { Prepared } from './lan-site.ts'

export interface Server {
  readonly url: string
  stop(): Promise<void>
}

/** `service` or `bare`, each on a data folder of its own. */
export async function startServer(mode: 'service' | 'bare'): Promise<Server> {
  const directory = mkdtempSync(join(tmpdir(), `sitedesk-lan-${mode}-`))
  const child: ChildProcess = fork(join(import.meta.dirname, 'lan-process.ts'), [mode, directory])
  const [{ port }] = (await once(child, 'message', { signal: AbortSignal.timeout(60_000) })) as [
    { port: number },
  ]
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const exit = once(child, 'exit')
      child.kill()
      await exit
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export interface Load {
  readonly perSecond: number
  /** milliseconds of each request, as they ended */
  readonly latencies: readonly number[]
}

/** Sends all of them over so many connections, each as soon as the one before is answered; all must be code 0. */
export async function send(url: string, requests: readonly Prepared[], connections: number): Promise<Load> {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const latencies: number[] = []
  let next = 0
  const worker = async () => {
    for (let one = requests[next++]; one; one = requests[next++]) {
      const began = performance.now()
      const { statusCode, body } = await pool.request({
        path: one.path,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: one.body,
      })
      const text = await body.text()
      latencies.push(performance.now() - began)
      if (statusCode !== 200 || !text.startsWith('{"code":0,')) throw new Error(`${statusCode} ${text}`)
    }
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: connections }, worker))
  const seconds = (performance.now() - began) / 1000
  await pool.close()
  return { perSecond: requests.length / seconds, latencies }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
