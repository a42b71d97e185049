import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Bench } from '../lib/harness.ts'
import { startTicker, type Blocks } from '../lib/ticker.ts'
import { built, startHost, type Host } from '../lib/host.ts'
import { bigFolder, METERS } from '../lib/site.ts'
import type { VendorAddress } from '../lib/vendor-process.ts'

/** 48 pages of 1,000 rows each. */
const DAYS = 5
/** The demo's own pace; a real vendor allows a page every 2.2 s (I-32). */
const PACE_MS = 22
const LIMIT_MS = 180_000
const OPERATOR = { name: 'bench', pin: '482913' }
const lib = join(import.meta.dirname, '../lib')

interface Job {
  readonly state: string
  readonly done: number
}

async function finished(host: Host, id: string): Promise<Job> {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end;) {
    const job = (await host.api('jobs.get', { id })) as Job
    if (job.state !== 'running' && job.state !== 'queued') return job
    await pause(1000)
  }
  throw new Error(`the sync took longer than ${LIMIT_MS} ms`)
}

async function readings(host: Host): Promise<number> {
  const { store } = (await host.api('system.status', {})) as { store: { readings: number } }
  return store.readings
}

/** The longest time the main thread took nothing else while a sync of full pages filled ten million readings. */
async function run() {
  await built()
  const big = await bigFolder()
  const folder = `${big}.block`
  rmSync(folder, { recursive: true, force: true })
  cpSync(big, folder, { recursive: true })
  const vendor = fork(join(lib, 'vendor-process.ts'), [String(DAYS)])
  const [address] = (await once(vendor, 'message')) as [VendorAddress]
  const config = `${folder}.json`
  const profile = {
    zone: '+08:00',
    operators: [{ ...OPERATOR, roles: ['admin'] }],
    upstreams: { imr: { ...address, minIntervalMs: PACE_MS } },
    sync: { everyMinutes: 0, historyDays: DAYS, rereadDays: 1 },
  }
  writeFileSync(config, JSON.stringify(profile), { mode: 0o600 })
  const host = await startHost(folder, { config, nodeArgs: ['--import', join(lib, 'block-probe.ts')] })
  await host.signIn(OPERATOR.name, OPERATOR.pin)
  const before = await readings(host)
  host.child.send('settle')
  await once(host.child, 'message')
  host.child.send('measure')
  const idle = startTicker()
  const { jobId } = (await host.api('sync.start', { source: 'imr' })) as { jobId: string }
  const job = await finished(host, jobId)
  host.child.send('tell')
  const [blocks] = (await once(host.child, 'message')) as [Blocks]
  const floor = idle()
  const stored = (await readings(host)) - before
  await host.stop()
  vendor.disconnect()
  for (const path of [folder, config]) rmSync(path, { recursive: true, force: true })
  if (job.state !== 'done' || stored < DAYS * 20 * METERS)
    throw new Error(`the sync ended ${job.state} with ${stored} readings`)
  return { blocks, floor, stored }
}

export const bench: Bench = {
  name: 'main-thread-block',
  async run() {
    const { blocks, floor, stored } = await run()
    return [
      {
        name: 'main-thread-block',
        value: blocks.longest,
        unit: 'ms',
        ratio: blocks.longest / floor.longest,
        target: { kind: 'most', of: 'value', limit: 30 },
      },
      // an idle thread at the same time: what the machine itself does to a timer
      { name: 'main-thread-block-floor', value: floor.longest, unit: 'ms', ratio: null, target: null },
      // the same gaps less the time others had the processors, and this thread's processor time alone
      ...(blocks.longestOwn === null
        ? []
        : [
            {
              name: 'main-thread-block-own',
              value: blocks.longestOwn,
              unit: 'ms',
              ratio: null,
              target: null,
            },
          ]),
      { name: 'main-thread-block-cpu', value: blocks.longestCpu, unit: 'ms', ratio: null, target: null },
      { name: 'main-thread-block-readings', value: stored, unit: 'rows', ratio: null, target: null },
    ]
  },
}
