import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { openCore } from '#core/core.ts'
import { loadDriver } from '#main/adapters/sqlite.ts'
import { connectHci, loadVirtualNoble, type Noble } from '../../tests/radio/air/index.ts'
import { poweredOn } from '../../tests/radio/support/central.ts'
import type { AirRequest, ChargerAir } from './charger-air.ts'
import { benchPorts } from './ports.ts'

export interface ChargerSite {
  /** an operation as a screen calls it: who, may they, checked, done, audited, durable */
  call<T>(operation: string, input: unknown): Promise<T>
  /** a bare connection of its own to site.db */
  readonly raw: BetterSqlite3.Database
  /** noble by hand on the other adapter of the same air */
  readonly noble: Noble
  power(name: string, on: boolean): Promise<void>
  close(): Promise<void>
}

export const chargerName = (index: number) =>
  `BUC_${(0xb0_00_00_00_00_00 + index).toString(16).toUpperCase()}`

/** The console and the bare stack, each with an adapter of its own on the same air. */
export async function openChargerSite(count: number, on: number): Promise<ChargerSite> {
  const names = Array.from({ length: count }, (_, index) => chargerName(index))
  const air = fork(
    join(import.meta.dirname, 'charger-air.ts'),
    [names.join(','), names.slice(0, on).join(',')],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  )
  const [{ adapters }] = (await once(air, 'message')) as [ChargerAir]
  const directory = mkdtempSync(join(tmpdir(), 'sitedesk-chargers-'))
  const ports = benchPorts(directory)
  const core = await openCore(ports, {
    version: '0.0.0-bench',
    directory,
    demo: false,
    autoSignIn: 'bench',
    profile: {
      bluetooth: { adapter: adapters[0] },
      operators: [{ name: 'bench', pin: '864209', roles: ['admin', 'supervisor', 'installer'] }],
    },
  })
  core.startBackground()
  const client = await connectHci(adapters[1])
  const { noble, close } = loadVirtualNoble(client)
  await poweredOn(noble)
  const raw = new (loadDriver())(join(directory, 'site.db'), { readonly: true })
  let lastId = 0
  return {
    noble,
    raw,
    call: (operation, input) => core.call({ door: 'inproc', screen: 'bench' }, operation, input) as never,
    async power(name, on) {
      const id = ++lastId
      air.send({ id, name, on } satisfies AirRequest)
      for (;;) {
        const [answer] = (await once(air, 'message')) as [{ id: number }]
        if (answer.id === id) return
      }
    },
    async close() {
      raw.close()
      await core.close()
      close()
      client.close()
      air.kill()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
