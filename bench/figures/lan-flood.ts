import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from '../lib/harness.ts'
import { built, startHost, type Host } from '../lib/host.ts'
import { percentile, send } from '../lib/lan-load.ts'
import { APP, JAM, signedRead } from '../lib/lan-site.ts'

const PIN = '482913'
const CALLS = 300
const PAUSE_MS = 10
const CAPACITY_CALLS = 6000

/**
 * A desk operation while the LAN service gets twice what it can answer: the same call without it is the floor. The
 * host is the built one, the flood comes from a process of its own, the limit per address is off.
 */
export const bench: Bench = {
  name: 'lan-flood',
  async run() {
    await built()
    const directory = mkdtempSync(join(tmpdir(), 'sitedesk-flood-'))
    const host = await startHost(directory, { config: configIn(directory) })
    try {
      await host.signIn('bench', PIN)
      await host.api('devices.register', { deviceCode: 'D000000', btName: 'BUC_000000000000' })
      const { url } = (await host.api('lan.status', {})) as { url: string }
      const one = Array.from({ length: CAPACITY_CALLS }, () => signedRead(0))
      const capacity = (await send(url, one, 32)).perSecond
      const quiet = await deskCalls(host)
      const flood = fork(join(import.meta.dirname, '../lib/lan-flood-process.ts'), [
        url,
        String(capacity * 2),
        '64',
      ])
      await once(flood, 'message', { signal: AbortSignal.timeout(20_000) })
      const flooded = await deskCalls(host)
      flood.kill()
      const p99 = percentile(flooded, 0.99)
      return [
        { name: 'lan-capacity', value: capacity, unit: 'calls/s', ratio: null, target: null },
        { name: 'desk-p99-quiet', value: percentile(quiet, 0.99), unit: 'ms', ratio: null, target: null },
        {
          name: 'desk-p99-flooded',
          value: p99,
          unit: 'ms',
          ratio: p99 / percentile(quiet, 0.99),
          target: { kind: 'most', of: 'ratio', limit: 10 },
        },
        {
          name: 'desk-longest-flooded',
          value: percentile(flooded, 1),
          unit: 'ms',
          ratio: null,
          target: { kind: 'most', of: 'value', limit: 100 },
        },
      ]
    } finally {
      await host.stop()
      rmSync(directory, { recursive: true, force: true })
    }
  },
}

function configIn(directory: string): string {
  const file = join(directory, 'config.json')
  const lan = {
    enabled: true,
    host: '127.0.0.1',
    port: 0,
    perAddressPerSecond: 0,
    user: APP,
    manager: APP,
    httpJam: JAM,
  }
  writeFileSync(file, JSON.stringify({ operators: [{ name: 'bench', pin: PIN, roles: ['admin'] }], lan }), {
    mode: 0o600,
  })
  return file
}

/** What a cashier's screen asks for, one after the other: milliseconds of each. */
async function deskCalls(host: Host): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < CALLS; i += 1) {
    const began = performance.now()
    await host.api('shifts.list', {})
    times.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  return times
}
