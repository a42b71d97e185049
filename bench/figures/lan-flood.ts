import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '#core/store/store.ts'
import type { Bench, Figure } from '../lib/harness.ts'
import { built, startHost, type Host } from '../lib/host.ts'
import { percentile, send } from '../lib/lan-load.ts'
import { APP, deviceCode, JAM, MANAGER, signedRead, userOf } from '../lib/lan-site.ts'
import { benchPorts } from '../lib/ports.ts'

const PIN = '482913'
const CALLS = 300
const PAUSE_MS = 10
const CAPACITY_CALLS = 6000
const ORDERS = 10_000
/** What one phone may send by default, all at once and then each second. */
const LISTS_PER_SECOND = 20

/**
 * A desk operation while the LAN service gets twice what it can answer, and while one phone asks for all orders of a
 * manager who has many: the same call without it is the floor. The host is the built one, the flood comes from a process
 * of its own, the limit per address is off.
 */
export const bench: Bench = {
  name: 'lan-flood',
  async run() {
    await built()
    const directory = mkdtempSync(join(tmpdir(), 'sitedesk-flood-'))
    await seedOrders(directory)
    const host = await startHost(directory, { config: configIn(directory) })
    try {
      await host.signIn('bench', PIN)
      await host.api('devices.register', { deviceCode: 'D000000', btName: 'BUC_000000000000' })
      const { url } = (await host.api('lan.status', {})) as { url: string }
      const one = Array.from({ length: CAPACITY_CALLS }, () => signedRead(0))
      const capacity = (await send(url, one, 32)).perSecond
      const quiet = await deskCalls(host)
      const calls = await whileFlooded(host, [url, String(capacity * 2), '64', 'calls'])
      const lists = await whileFlooded(host, [
        url,
        String(LISTS_PER_SECOND),
        String(LISTS_PER_SECOND),
        'lists',
      ])
      return [
        { name: 'lan-capacity', value: capacity, unit: 'calls/s', ratio: null, target: null },
        { name: 'desk-p99-quiet', value: percentile(quiet, 0.99), unit: 'ms', ratio: null, target: null },
        {
          name: 'desk-p99-flooded',
          value: percentile(calls, 0.99),
          unit: 'ms',
          ratio: percentile(calls, 0.99) / percentile(quiet, 0.99),
          target: { kind: 'most', of: 'ratio', limit: 10 },
        },
        longest('desk-longest-flooded', calls),
        longest('desk-longest-lists', lists),
      ]
    } finally {
      await host.stop()
      rmSync(directory, { recursive: true, force: true })
    }
  },
}

const longest = (name: string, times: readonly number[]): Figure => ({
  name,
  value: percentile(times, 1),
  unit: 'ms',
  ratio: null,
  target: { kind: 'most', of: 'value', limit: 100 },
})

async function whileFlooded(host: Host, args: readonly string[]): Promise<number[]> {
  const flood = fork(join(import.meta.dirname, '../lib/lan-flood-process.ts'), args)
  try {
    await once(flood, 'message', { signal: AbortSignal.timeout(20_000) })
    return await deskCalls(host)
  } finally {
    const over = once(flood, 'exit')
    flood.kill()
    await over
  }
}

/** A manager with many orders, all of them paid. */
async function seedOrders(directory: string): Promise<void> {
  const store = await openStore(benchPorts(directory), directory)
  await store.site.write(() => {
    const at = '2026-01-01 08:00:00'
    store.site.statement('INSERT INTO manager_info (manager, setupTime) VALUES (?, ?)').run(MANAGER, at)
    const order = store.site.statement(
      `INSERT INTO order_info (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, cash, payTime, manager)
       VALUES (?, ?, ?, ?, 150, 2, 300, ?, 300, ?, ?)`,
    )
    for (let i = 0; i < ORDERS; i += 1) {
      const time = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString().slice(0, 19).replace('T', ' ')
      order.run(`B${String(i).padStart(8, '0')}`, userOf(i), deviceCode(i), (i % 4) + 1, time, time, MANAGER)
    }
  })
  await store.close()
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
