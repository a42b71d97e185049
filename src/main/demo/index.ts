import { performance } from 'node:perf_hooks'
import type { DemoControl } from '#core/context.ts'
import type { Radio } from '#core/chargers/radio.ts'
import type { Clock } from '#core/ports.ts'
import { createClock } from '#main/adapters/clock.ts'
import { ROLES } from '#shared/contract/define.ts'
import type { DemoFault, ImrFault, WaterFault } from '#shared/contract/demo.ts'
import type { SiteProfile } from '#shared/contract/profile.ts'
import { DEFAULT_ZONE, parseZone } from '#shared/time.ts'
import { startCampusVendor, type CampusControl, type CampusFaultKind } from './campus/index.ts'
import { chargerFaults, chargerRows, isChargerFault, knownChargers } from './chargers/index.ts'
import { setChargerFault, trainingAir, type AirTiming, type DemoAir } from './chargers/index.ts'
import { attendanceStory, DESK_PHONE } from './attendance/index.ts'
import { DEMO_CREDENTIALS } from './charging/credentials.ts'
import { demoBooks, SERVICE_BP } from './charging/index.ts'
import { Gatekeeper, type Fields } from './gatekeeper.ts'
import { pictureAt } from './imr/camera.ts'
import { ImrFaults } from './imr/faults.ts'
import { answerImr, type ImrParts } from './imr/server.ts'
import { createVendorSite, type VendorSite } from './imr/site.ts'
import { startLoopback, type Loopback } from './loopback.ts'
import { startMiniProgram } from './miniprogram/index.ts'
import { linksOf } from './water/devices.ts'
import { startWaterVendor, type WaterFaultKind, type WaterVendor } from './water/index.ts'

export interface DemoOptions {
  readonly seed?: number
  readonly meters?: number
  /** the first so many meters are read every hour */
  readonly hourly?: number
  /** days of history before the start */
  readonly days?: number
  /** rooms of the campus platform besides those with IMR meters */
  readonly flats?: number
  /** 0: any free one */
  readonly port?: number
  readonly campusPort?: number
  readonly waterPort?: number
  /** least milliseconds between two calls of one endpoint: the 2-second rule at demo speed */
  readonly gapMs?: number
  readonly now?: () => number
  readonly monotonic?: () => number
  /** of the simulated chargers, which wait and repeat */
  readonly clock?: Clock
  readonly radioTiming?: AirTiming
}

export interface DemoSite extends DemoControl {
  /** base of the IMR system */
  readonly imrUrl: string
  readonly account: string
  readonly password: string
  readonly gapMs: number
  readonly days: number
  /** what the vendor knows, for tests that compare */
  readonly site: VendorSite
  /** base of the campus platform, with a slash at its end */
  readonly campusUrl: string
  readonly campusAccount: string
  readonly campusPassword: string
  /** the campus platform's own books and faults */
  readonly campus: CampusControl
  /** the water system: its address, its token, what it knows */
  readonly water: Pick<WaterVendor, 'url' | 'token' | 'site'>
  /** the simulated chargers around */
  readonly air: DemoAir
  /** what `bluetooth.adapter: demo` opens here */
  openRadio(): Radio
  faults(): DemoFault[]
  close(): Promise<void>
}

const ACCOUNT = 'demo-campus'
const PASSWORD = 'only-on-loopback'
const DEFAULTS = { seed: 20_260_101, meters: 2000, hourly: 100, days: 365, gapMs: 20 }

/** The simulated vendors of a believable campus; nothing of it leaves 127.0.0.1. */
export async function startDemoSite(options: DemoOptions = {}): Promise<DemoSite> {
  const { seed, meters, hourly, days, gapMs } = { ...DEFAULTS, ...options }
  const now = options.now ?? Date.now
  const monotonic = options.monotonic ?? (() => performance.now())
  const zone = parseZone(DEFAULT_ZONE) ?? 0
  const site = createVendorSite({ seed, meters, hourly: Math.min(hourly, meters), days, zone, now })
  const gate = new Gatekeeper({ account: ACCOUNT, password: PASSWORD, gapMs, now, monotonic })
  const imr = { site, gate, faults: new ImrFaults() }
  const answer = (path: string, fields: Fields) => answerImr(imr, path, fields)
  const picture = (path: string) => pictureAt(site, path)
  const server = await startLoopback({ answer, picture, forms: true, now, port: options.port })
  site.pictures.base = `http://127.0.0.1:${server.port}`
  const { flats, campusPort, waterPort } = options
  const campus = await startCampusVendor({ site, flats, gapMs, port: campusPort, now, monotonic })
  const water = await startWaterVendor({ site, rooms: campus.rooms, port: waterPort })
  const clock = options.clock ?? createClock()
  const air = trainingAir(clock, options.radioTiming)
  let lanUrl = (): string | null => null
  const miniProgram = await startMiniProgram({
    air,
    openRadio: () => air.openRadio(),
    clock,
    lanUrl: () => lanUrl(),
    labels: knownChargers(),
    zone,
  })
  return {
    imrUrl: `http://127.0.0.1:${server.port}`,
    account: ACCOUNT,
    password: PASSWORD,
    gapMs,
    days,
    site,
    campusUrl: campus.url,
    campusAccount: campus.account,
    campusPassword: campus.password,
    campus,
    water,
    air,
    openRadio: () => air.openRadio(),
    chargers: () => chargerRows(air),
    knownChargers: knownChargers(),
    waterLinks: linksOf(seed, water.site.devices),
    books: demoBooks,
    attendance: attendanceStory,
    miniProgramUrl: miniProgram.url,
    serve: (desk) => void (lanUrl = () => desk.lanUrl()),
    async setFault(kind, on, place = {}) {
      if (isChargerFault(kind)) setChargerFault(air, kind, on, place)
      else if (isWater(kind)) await water.setFault(kind.slice(WATER.length) as WaterFaultKind, on)
      else if (isImr(kind)) await setImrFault(imr, server, kind, on)
      else await campus.setFault(kind.slice(CAMPUS.length) as CampusFaultKind, on, place.endpoint)
    },
    faults: () => [...imr.faults.active(), ...vendorFaults(campus, water), ...chargerFaults(air)],
    async close() {
      await Promise.all([server.shut(), campus.close(), water.close(), miniProgram.close()])
    },
  }
}

const vendorFaults = (campus: CampusControl, water: WaterVendor): DemoFault[] => [
  ...campus.faults().map((kind) => `${CAMPUS}${kind}` as const),
  ...water.faults().map((kind) => `${WATER}${kind}` as const),
]

const CAMPUS = 'campus.'
const WATER = 'water.'
const isWater = (kind: DemoFault): kind is WaterFault => kind.startsWith(WATER)
const isImr = (kind: DemoFault): kind is ImrFault =>
  !kind.startsWith(CAMPUS) && !isWater(kind) && !isChargerFault(kind)

async function setImrFault(
  { gate, faults }: ImrParts,
  server: Loopback,
  kind: ImrFault,
  on: boolean | number,
): Promise<void> {
  if (kind === 'tokenExpiry') {
    if (on) gate.expireTokens()
    return
  }
  faults.set(kind, on)
  if (kind === 'stall' && !on) server.letGo()
  if (kind === 'down') await (on ? server.shut() : server.open())
}

/** Added to the vendor's gap, so that a timer that fires early is not refused. */
const SPARE_MS = 2

/** What a host passes as its profile with `--demo` (interfaces §1). */
export function demoProfile(demo: DemoSite): SiteProfile {
  const { imrUrl: baseUrl, account, password } = demo
  const minIntervalMs = demo.gapMs + SPARE_MS
  return {
    siteName: '演示园区',
    zone: DEFAULT_ZONE,
    operators: [{ name: 'demo', pin: '135790', roles: [...ROLES], phone: DESK_PHONE }],
    upstreams: {
      imr: { baseUrl, account, password, minIntervalMs },
      campus: {
        baseUrl: demo.campusUrl,
        account: demo.campusAccount,
        password: demo.campusPassword,
        minIntervalMs,
        orderPrefix: 'dmo',
      },
      water: {
        baseUrl: demo.water.url,
        auth: { kind: 'bearer', token: demo.water.token },
        minIntervalMs: 1,
        pageSize: 1000,
      },
    },
    sync: { everyMinutes: 5, historyDays: demo.days, rereadDays: 3 },
    lan: {
      enabled: true,
      host: '127.0.0.1',
      port: 0,
      user: DEMO_CREDENTIALS.user,
      manager: DEMO_CREDENTIALS.manager,
      httpJam: DEMO_CREDENTIALS.jam,
      wechat: { kind: 'simulator' },
      payment: { kind: 'offline' },
      cashOutServiceBp: SERVICE_BP,
    },
    bluetooth: { adapter: 'demo' },
  }
}
