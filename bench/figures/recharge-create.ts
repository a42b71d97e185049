import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAudit } from '#core/audit/index.ts'
import type { Call, CoreContext } from '#core/context.ts'
import { createEvents } from '#core/events.ts'
import { createJobs } from '#core/jobs/index.ts'
import { createLedger, createRecharge } from '#core/recharge/index.ts'
import { createSettings } from '#core/settings/index.ts'
import { openStore } from '#core/store/store.ts'
import { createUpstreams, type CampusClient, type Upstreams } from '#core/upstream/index.ts'
import { loadDriver } from '#main/adapters/sqlite.ts'
import { alternate, type Bench } from '../lib/harness.ts'
import { benchPorts } from '../lib/ports.ts'

const ROUNDS = 200
const SAME_ROW = `
  INSERT INTO raw_intent (id, out_trade_no, state, room_id, room_path, amount_fen, tender, operator, memory, created_at)
  VALUES (?, ?, 'DRAFT', ?, '["a","b","c"]', ?, 'card', 'bench', '{}', ?)`

/** `recharge.create` until the intent, its event and its audit row are durable, against one raw durable insert. */
export const bench: Bench = {
  name: 'recharge-create',
  async run() {
    const directory = mkdtempSync(join(tmpdir(), 'sitedesk-recharge-'))
    const ports = benchPorts(directory)
    const store = await openStore(ports, directory)
    const campus = { baseUrl: 'http://127.0.0.1:9', account: 'a', password: 'p' }
    const options = { version: '0', directory, demo: false, profile: { upstreams: { campus } } }
    const ctx: CoreContext = { ports, store, options, events: createEvents(ports.log) }
    const settings = await createSettings(ctx)
    const audit = createAudit(ctx)
    const real = createUpstreams(ctx, { settings })
    const recharge = await createRecharge(ctx, {
      settings,
      upstreams: silent(real),
      ledger: createLedger(ctx),
      operators: { secondPerson: () => Promise.reject(new Error('nobody else is here')) },
      jobs: await createJobs(ctx),
      shifts: { openShiftOf: () => null, counted: () => false },
      rooms: {
        locate: (id) => ({ id, path: ['a', 'b', id], level: 103, active: true, selectable: true }),
        allRooms: () => [],
        balanceOf: () => null,
        resolveName: () => Promise.resolve(null),
        touch: () => Promise.resolve(),
        refresh: () => Promise.resolve(),
      },
    })
    const raw = new (loadDriver())(join(directory, 'raw.db'))
    raw.pragma('journal_mode = WAL')
    raw.pragma('synchronous = FULL')
    raw.exec(`CREATE TABLE raw_intent (id TEXT PRIMARY KEY, out_trade_no TEXT NOT NULL UNIQUE, state TEXT, room_id TEXT,
      room_path TEXT, amount_fen INTEGER, tender TEXT, operator TEXT, memory TEXT, created_at INTEGER) WITHOUT ROWID`)
    const insert = raw.prepare(SAME_ROW)
    let made = 0
    const ms = await alternate(ROUNDS, {
      floor: () => insert.run(`floor-${++made}`, `no-${made}`, `H-${made}`, 5000, 1),
      create: () =>
        recharge.handlers['recharge.create'](callOf(ctx, audit), {
          intentId: `intent-${++made}`,
          roomId: `H-${made}`,
          amountFen: 5000,
          tender: 'card',
        }),
    })
    await recharge.close()
    real.close()
    raw.close()
    await ports.workers.close()
    await store.close()
    rmSync(directory, { recursive: true, force: true })
    return [
      { name: 'recharge-create', value: ms.create, unit: 'ms', ratio: ms.create / ms.floor, target: null },
    ]
  },
}

/** A platform that never answers: what is measured ends before it would. */
function silent(upstreams: Upstreams): Upstreams {
  const recharge: CampusClient['recharge'] = (_request, options) =>
    new Promise((resolve) => {
      const end = () => resolve({ kind: 'unknown', error: new Error('closed') })
      options?.signal?.addEventListener('abort', end, { once: true })
    })
  const client = { recharge } as CampusClient
  return {
    ...upstreams,
    campus: () => client,
    status: () => ({ state: 'live', lastError: null, clockSkewMs: null }),
  }
}

const callOf = (ctx: CoreContext, audit: ReturnType<typeof createAudit>): Call => ({
  caller: { door: 'inproc' },
  operator: { operatorId: 'bench', name: 'bench', roles: ['cashier'] },
  note: () => undefined,
  commit: (work) =>
    ctx.store.site.write(() => {
      const value = work()
      audit.append({ operator: 'bench', door: 'inproc', operation: 'recharge.create', outcome: 'ok' })
      return value
    }),
})
