/**
 * A server in a process of its own, as `argv` says: `service`, the LAN service whole; `bare`, node:http that parses
 * and hashes the same body and reads by a prepared statement, or runs the same checks in one durable transaction a
 * request. Tells its port over IPC.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCharging, type Charging } from '#core/charging/index.ts'
import type { CoreContext } from '#core/context.ts'
import { createDevices } from '#core/devices/index.ts'
import { createEvents } from '#core/events.ts'
import { createSettings } from '#core/settings/index.ts'
import type { SiteDatabase } from '#core/store/store.ts'
import { openStore } from '#core/store/store.ts'
import { createHandle, type HandleParts } from '#main/lan/handle.ts'
import { USUAL_FORMS } from '#main/lan/endpoint.ts'
import { managerEndpoints } from '#main/lan/manager/index.ts'
import { createRoutes } from '#main/lan/request/route.ts'
import { md5 } from '#main/lan/request/signature.ts'
import { isPrivate } from '#main/lan/request/addresses.ts'
import { startLanServer } from '#main/lan/server.ts'
import { userEndpoints } from '#main/lan/user/index.ts'
import { RequestLog } from '#main/lan/inspector/log.ts'
import { btName, deviceCode, DEVICES, JAM, KEYS, MANAGER, USERS, userOf } from './lan-site.ts'
import { benchPorts } from './ports.ts'

const [mode, directory = ''] = process.argv.slice(2)
const ports = benchPorts(directory)
const store = await openStore(ports, directory)
const ctx: CoreContext = {
  ports,
  store,
  options: { version: '0', directory, demo: false },
  events: createEvents(ports.log),
}
const settings = await createSettings(ctx)
const nobody = () => Promise.reject(new Error('nothing is paid for here'))
const charging = createCharging(ctx, {
  settings,
  devices: createDevices(ctx, { settings }),
  operators: { secondPerson: nobody },
  provider: () => ({ kind: 'offline', merchant: null, begin: nobody, query: nobody, close: nobody }),
})
await seed(store.site)
process.send?.({ port: mode === 'service' ? await service() : await bare() })
process.once('disconnect', () => process.exit(0))

async function seed(site: SiteDatabase): Promise<void> {
  if (site.statement('SELECT 1 FROM manager_info').get()) return
  await site.write(() => {
    const at = '2026-01-01 08:00:00'
    site.statement('INSERT INTO manager_info (manager, setupTime) VALUES (?, ?)').run(MANAGER, at)
    const user = site.statement('INSERT INTO user_info (user, setupTime) VALUES (?, ?)')
    for (let i = 0; i < USERS; i += 1) user.run(userOf(i), at)
    const device = site.statement(
      `INSERT INTO device_info (deviceCode, btName, jamCode, chargeFlag, manager, setupTime, updateTime)
       VALUES (?, ?, 'ABCDEF', 0, ?, ?, ?)`,
    )
    for (let i = 0; i < DEVICES; i += 1) device.run(deviceCode(i), btName(i), MANAGER, at, at)
  })
}

function handleParts(db: SiteDatabase, business: Charging): HandleParts {
  const rules = { toleranceS: 300 }
  const config = { keys: KEYS, rules, requireSession: false, failedSessionsPerMinute: 0, forms: USUAL_FORMS }
  const none = () => Promise.reject(new Error('nobody logs in here'))
  return {
    route: createRoutes([...userEndpoints, ...managerEndpoints]),
    charging: business,
    wx: () => ({ kind: 'none', login: none, appId: () => null }),
    db,
    clock: ports.clock,
    log: ports.log,
    config: () => config,
    sayTime: String,
    changed: (area) => ctx.events.emit({ type: 'changed', area }),
  }
}

async function service(): Promise<number> {
  const log = new RequestLog()
  const { port } = await startLanServer(
    {
      handle: createHandle(handleParts(store.site, charging)),
      perAddressPerSecond: () => 0,
      admits: isPrivate,
      seen: (seen) => log.add(seen, Date.now()),
      monotonic: () => performance.now(),
    },
    { host: '127.0.0.1', port: 0 },
  )
  return port
}

/** One BEGIN IMMEDIATE … COMMIT a request, nothing shared. */
function plainTransactions(site: SiteDatabase): SiteDatabase {
  const write = <R>(work: () => R): Promise<R> => {
    site.sql.exec('BEGIN IMMEDIATE')
    try {
      const value = work()
      site.sql.exec('COMMIT')
      return Promise.resolve(value)
    } catch (error) {
      site.sql.exec('ROLLBACK')
      return Promise.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return new Proxy(site, {
    get(target, name) {
      if (name === 'write') return write
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as (...a: unknown[]) => unknown).bind(target) : value
    },
  })
}

async function bare(): Promise<number> {
  const plain = plainTransactions(store.site)
  const handle = createHandle(handleParts(plain, charging))
  const info = store.site.statement('SELECT * FROM device_info WHERE deviceCode = ?')
  const server = createServer((request, response) => {
    void (async () => {
      const bytes = await bodyOf(request)
      let json: string
      if (request.url?.endsWith('getDeviceInfo')) {
        const parsed = JSON.parse(bytes.toString('utf8')) as Record<string, string | number>
        const { signature, ...fields } = parsed
        const names = Object.keys(fields).sort()
        const hash = md5(names.map((name) => `${name}${fields[name]}`).join('') + JAM)
        const row = info.get(String(fields['deviceCode']))
        json = JSON.stringify({ code: 0, message: '成功', data: [row], same: hash === signature })
      } else {
        const type = request.headers['content-type']
        json = (
          await handle({
            method: 'POST',
            url: request.url ?? '',
            contentType: type,
            bytes,
            address: '127.0.0.1',
            gone: () => false,
          })
        ).json
      }
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(json),
      })
      response.end(json)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
