import { afterEach } from 'vitest'
import { VendorClient } from '#core/upstream/client.ts'
import { CAMPUS, campusBase, createCampusClient } from '#core/upstream/campus.ts'
import { createImrClient, IMR } from '#core/upstream/imr.ts'
import { credentialsOf, type WaterAuth } from '#core/upstream/water-auth.ts'
import { createWaterClient, WATER } from '#core/upstream/water.ts'
import { Limiter } from '#core/upstream/pacing.ts'
import { SkewMeter } from '#core/upstream/skew.ts'
import type { CampusClient, ImrClient, WaterClient } from '#core/upstream/index.ts'
import type { Access, Vendor } from '#core/upstream/vendor.ts'
import type { Http, HttpRequest, Log, Random } from '#core/ports.ts'
import { createHttp } from '#main/adapters/http.ts'
import { FakeClock } from '../fixtures/fake-clock.ts'
import { VendorServer, type VendorOptions } from '../fixtures/vendor-server.ts'
import { startWaterServer, type WaterVendorServer } from '../fixtures/water-vendor.ts'

/** +08:00 */
export const ZONE = 8 * 3_600_000

export class LogBook implements Log {
  readonly lines: string[] = []
  readonly #write = (level: string) => (message: string, data?: Record<string, unknown>) =>
    void this.lines.push(`${level} ${message} ${JSON.stringify(data ?? {})}`)
  readonly debug = this.#write('debug')
  readonly info = this.#write('info')
  readonly warn = this.#write('warn')
  readonly error = this.#write('error')
  recent(): readonly string[] {
    return this.lines
  }
}

/** No jitter: waiting times in tests are the documented ones. */
export const noJitter: Random = {
  uuid: () => '00000000-0000-4000-8000-000000000000',
  bytes: (length) => new Uint8Array(length),
  fraction: () => 0,
}

/** The real HTTP port, counting what is on its way so that a fake clock can stand still meanwhile. */
export class CountingHttp implements Http {
  inFlight = 0
  /** shorter than the real timeouts, for tests of silence */
  totalTimeoutMs: number | null = null
  readonly #http = createHttp()

  async send(request: HttpRequest) {
    this.inFlight++
    try {
      const totalTimeoutMs = this.totalTimeoutMs ?? request.totalTimeoutMs
      return await this.#http.send({ ...request, totalTimeoutMs })
    } finally {
      this.inFlight--
    }
  }
}

export interface Bench {
  readonly server: VendorServer
  readonly clock: FakeClock
  readonly http: CountingHttp
  readonly log: LogBook
  readonly client: VendorClient
  readonly imr: ImrClient
  readonly skew: SkewMeter
  readonly limiter: Limiter
  /** lets the fake time pass until the promise settles */
  run<T>(promise: Promise<T>): Promise<T>
  /** as `run`, for what must fail: the error */
  fails(promise: Promise<unknown>): Promise<Error & { fault?: string; code?: string }>
}

const open: { close(): Promise<void> | void }[] = []

afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
})

export interface BenchOptions extends VendorOptions {
  readonly access?: Partial<Access>
  readonly dailyTypeCode?: string
}

/** A vendor server and an IMR client on it, on a clock that a test moves. */
export async function bench(options: BenchOptions = {}): Promise<Bench> {
  const parts = await assemble(IMR, (url) => url, options)
  const dailyTypeCode = options.dailyTypeCode ?? null
  return { ...parts, imr: createImrClient(parts.client, { zone: () => ZONE, dailyTypeCode }) }
}

export type CampusBench = Omit<Bench, 'imr'> & { readonly campus: CampusClient }

/** The same for the campus system. */
export async function campusBench(options: BenchOptions = {}): Promise<CampusBench> {
  const parts = await assemble(CAMPUS, campusBase, options)
  return { ...parts, campus: createCampusClient(parts.client, { zone: () => ZONE, rechargeType: 2 }) }
}

export type WaterBench = Omit<Bench, 'imr' | 'server'> & {
  readonly water: WaterClient
  readonly server: WaterVendorServer
}

/** The same for the water system, which has no log-in. */
export async function waterBench(auth: WaterAuth = { kind: 'none' }, secret = ''): Promise<WaterBench> {
  const server = await startWaterServer()
  const parts = clientOn(WATER, server, {
    baseUrl: server.url,
    account: '',
    password: secret,
    credentials: credentialsOf(auth, secret),
  })
  return { ...parts, server, water: createWaterClient(parts.client, { zone: () => ZONE, pageSize: 100 }) }
}

async function assemble(
  vendor: Vendor,
  base: (url: string) => string,
  options: BenchOptions,
): Promise<Omit<Bench, 'imr'>> {
  const server = await VendorServer.start(options)
  const parts = clientOn(vendor, server, {
    baseUrl: base(server.url),
    account: server.account,
    password: server.password,
    ...options.access,
  })
  return { ...parts, server }
}

function clientOn(
  vendor: Vendor,
  server: { close(): Promise<void> },
  reached: Pick<Access, 'baseUrl' | 'account' | 'password'> & Partial<Access>,
): Omit<Bench, 'imr' | 'server'> {
  const clock = new FakeClock()
  const http = new CountingHttp()
  const log = new LogBook()
  const skew = new SkewMeter(log, vendor.source)
  const access: Access = {
    bodyEncoding: 'json',
    minIntervalMs: 2200,
    limiterScope: 'endpoint',
    ...reached,
  }
  const limiter = new Limiter(clock, { gapMs: access.minIntervalMs, scope: access.limiterScope })
  const client = new VendorClient({ vendor, access, http, clock, random: noJitter, log, limiter, skew })
  open.push(client, limiter, server)
  const run = <T>(promise: Promise<T>) => clock.until(promise, () => http.inFlight > 0)
  const fails = (promise: Promise<unknown>) =>
    run(
      promise.then(
        () => {
          throw new Error('it should have failed')
        },
        (error: unknown) => error as Error,
      ),
    )
  return { clock, http, log, client, skew, limiter, run, fails }
}

export const METERS = 'meter/meterList'
export const LATEST = 'meter/readMeter'
export const HISTORY = 'meter/readMeterList'
export const RECORDS = 'meter/readMeterDataList'
export const INSTRUCT = 'meter/meterInstruct'
export const BANDS = 'meter/peaksValleysRead'
export const CAMERA = 'meter/cameraRead'
export const LOGIN = 'user/login'

/** One day in the zone: 2026-02-28. */
export const DAY_WINDOW = {
  from: Date.UTC(2026, 1, 28) - ZONE,
  to: Date.UTC(2026, 2, 1) - ZONE,
}

export const meterRow = (n: number, more: object = {}) => ({
  project_code: 'zc',
  deviceId: `20200500${5000 + n}`,
  deviceName: `meter ${n}`,
  tableNo: `0000000${1000 + n}`,
  tableAddress: '7栋',
  tableType: '2',
  onlineAt: '2026-02-28 10:00:08',
  netStatis: '在线',
  gate: '合闸',
  user_code: `u${n}`,
  user_name: `user ${n}`,
  house_number: `${n}`,
  ...more,
})

export const readingRow = (n: number, more: object = {}) => ({
  deviceId: `20200500${5000 + n}`,
  tableNo: `0000000${1000 + n}`,
  reading: `${300 + n}.60`,
  readTime: '2026-02-28 10:30:28',
  ...more,
})

export const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n))
