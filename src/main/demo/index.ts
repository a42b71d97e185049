import { performance } from 'node:perf_hooks'
import { ROLES } from '#shared/contract/define.ts'
import type { DemoFault } from '#shared/contract/demo.ts'
import type { SiteProfile } from '#shared/contract/profile.ts'
import { DEFAULT_ZONE, parseZone } from '#shared/time.ts'
import { Faults } from './faults.ts'
import { Gatekeeper } from './gatekeeper.ts'
import { startVendorServer, type VendorServer } from './server.ts'
import { createVendorSite, type VendorSite } from './site.ts'

export interface DemoOptions {
  readonly seed?: number
  readonly meters?: number
  /** the first so many meters are read every hour */
  readonly hourly?: number
  /** days of history before the start */
  readonly days?: number
  /** 0: any free one */
  readonly port?: number
  /** least milliseconds between two calls of one endpoint: the 2-second rule at demo speed */
  readonly gapMs?: number
  readonly now?: () => number
  readonly monotonic?: () => number
}

export interface DemoSite {
  /** base of the IMR system */
  readonly imrUrl: string
  readonly account: string
  readonly password: string
  readonly gapMs: number
  readonly days: number
  /** what the vendor knows, for tests that compare */
  readonly site: VendorSite
  /** switches a fault on or off; a number: for so many requests */
  setFault(kind: DemoFault, on: boolean | number): Promise<void>
  faults(): DemoFault[]
  close(): Promise<void>
}

const ACCOUNT = 'demo-campus'
const PASSWORD = 'only-on-loopback'
const DEFAULTS = { seed: 20_260_101, meters: 2000, hourly: 100, days: 365, gapMs: 20 }

/** The simulated vendor of a believable campus; nothing of it leaves 127.0.0.1. */
export async function startDemoSite(options: DemoOptions = {}): Promise<DemoSite> {
  const { seed, meters, hourly, days, gapMs } = { ...DEFAULTS, ...options }
  const now = options.now ?? Date.now
  const monotonic = options.monotonic ?? (() => performance.now())
  const zone = parseZone(DEFAULT_ZONE) ?? 0
  const site = createVendorSite({ seed, meters, hourly: Math.min(hourly, meters), days, zone, now })
  const gate = new Gatekeeper({ account: ACCOUNT, password: PASSWORD, gapMs, now, monotonic })
  const faults = new Faults()
  const server = await startVendorServer({ site, gate, faults }, options.port)
  return {
    imrUrl: `http://127.0.0.1:${server.port}`,
    account: ACCOUNT,
    password: PASSWORD,
    gapMs,
    days,
    site,
    setFault: (kind, on) => setFault({ server, gate, faults }, kind, on),
    faults: () => faults.active(),
    close: () => server.shut(),
  }
}

async function setFault(
  { server, gate, faults }: { server: VendorServer; gate: Gatekeeper; faults: Faults },
  kind: DemoFault,
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
  const { imrUrl: baseUrl, account, password, gapMs } = demo
  return {
    siteName: '演示园区',
    zone: DEFAULT_ZONE,
    operators: [{ name: 'demo', pin: '135790', roles: [...ROLES] }],
    upstreams: { imr: { baseUrl, account, password, minIntervalMs: gapMs + SPARE_MS } },
    sync: { everyMinutes: 5, historyDays: demo.days, rereadDays: 3 },
    lan: { host: '127.0.0.1', port: 0 },
    bluetooth: { adapter: 'demo' },
  }
}
