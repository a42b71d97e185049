import { performance } from 'node:perf_hooks'
import type { CampusEndpoint } from '#shared/contract/demo.ts'
import type { Fen } from '#shared/money.ts'
import { DEFAULT_ZONE, parseZone, SECOND } from '#shared/time.ts'
import { Gatekeeper, type Fields } from '../gatekeeper.ts'
import { createVendorSite, type VendorSite } from '../imr/site.ts'
import { startLoopback, type Loopback, type Reply } from '../loopback.ts'
import { CampusFaults, placeOf, type CampusFaultKind } from './faults.ts'
import { sumFen } from './ledger.ts'
import type { DemoRoom } from './rooms.ts'
import { createCampusSite, type CampusSite } from './site.ts'
import { answerCampus, tokenMaker, type CampusParts } from './vendor.ts'

export type { CampusFaultKind } from './faults.ts'
export type { DemoRoom } from './rooms.ts'

export interface CampusOptions {
  /** whose meters are in the rooms; else a small site of its own */
  readonly site?: VendorSite | undefined
  /** rooms besides those with IMR meters */
  readonly flats?: number | undefined
  readonly account?: string
  readonly password?: string
  /** least milliseconds between two calls of one endpoint */
  readonly gapMs?: number
  /** milliseconds until a recharge struck by `lateApply` is applied */
  readonly lateMs?: number
  /** 0 or absent: any free one */
  readonly port?: number | undefined
  readonly now?: () => number
  readonly monotonic?: () => number
}

/** A recharge that was received in this run and is applied. */
export interface AppliedRecharge {
  readonly outTradeNo: string
  readonly roomId: string
  readonly amountFen: Fen
  /** epoch ms */
  readonly at: number
}

export interface CampusControl {
  readonly rooms: readonly DemoRoom[]
  /** in the order they were received */
  ledger(): AppliedRecharge[]
  appliedFen(): Fen
  /** undefined for a room that is none */
  balanceOf(roomId: string): Fen | undefined
  /** requests an endpoint got so far, whatever became of them */
  calls(endpoint: CampusEndpoint): number
  /**
   * `on`: true until switched off, a number for so many requests. No endpoint: at all but login; faults that lose
   * the answer to something done: at the recharge.
   */
  setFault(kind: CampusFaultKind, on: boolean | number, endpoint?: CampusEndpoint): Promise<void>
  faults(): CampusFaultKind[]
  /** all faults off, held requests let go, the port open */
  heal(): Promise<void>
}

export interface CampusVendor extends CampusControl {
  /** base of the campus platform, with a slash at its end */
  readonly url: string
  readonly account: string
  readonly password: string
  readonly gapMs: number
  /** the same without a socket, for a test that has no time for one: `api/user/…` in, what would be sent out */
  answer(path: string, fields: Fields): Reply
  close(): Promise<void>
}

const DEFAULTS = { account: 'demo-desk', password: 'desk-on-loopback', gapMs: 0, lateMs: 8 * SECOND }
const SMALL = { seed: 20_260_101, meters: 60, hourly: 3, days: 30 }
/** One flat for so many IMR meters: 400 on the campus of the demo. */
const METERS_A_FLAT = 5

/** The campus platform on a loopback port of its own (spec §1). */
export async function startCampusVendor(options: CampusOptions = {}): Promise<CampusVendor> {
  const { account, password, gapMs, lateMs } = { ...DEFAULTS, ...options }
  const now = options.now ?? Date.now
  const monotonic = options.monotonic ?? (() => performance.now())
  const meters = options.site ?? createVendorSite({ ...SMALL, zone: parseZone(DEFAULT_ZONE) ?? 0, now })
  const site = createCampusSite(meters, options.flats ?? Math.floor(meters.meters.length / METERS_A_FLAT))
  const issue = tokenMaker(account, password, now)
  const gate = new Gatekeeper({ account, password, gapMs, now, monotonic, issue })
  const parts: CampusParts = { site, gate, faults: new CampusFaults(), lateMs, calls: new Map() }
  const answer = (path: string, fields: Fields) => answerCampus(parts, path, fields)
  const server = await startLoopback({ answer, forms: false, now, port: options.port })
  return {
    url: `http://127.0.0.1:${server.port}/api/user/`,
    account,
    password,
    gapMs,
    answer,
    ...controlOf(site, parts, server),
    close: () => server.shut(),
  }
}

function controlOf(site: CampusSite, parts: CampusParts, server: Loopback): CampusControl {
  const { faults, gate, calls } = parts
  return {
    rooms: site.rooms,
    ledger: () =>
      site.ledger
        .applied()
        .map(({ outTradeNo, roomId, amountFen, at }) => ({ outTradeNo, roomId, amountFen, at })),
    appliedFen: () => sumFen(site.ledger.applied()),
    balanceOf(roomId) {
      const room = site.room(roomId)
      return room && site.balance(room)
    },
    calls: (endpoint) => calls.get(endpoint) ?? 0,
    async setFault(kind, on, endpoint) {
      if (kind === 'tokenExpiry') return on ? gate.expireTokens() : undefined
      faults.set(kind, on, placeOf(kind, endpoint))
      if ((kind === 'stall' || kind === 'stallApplied') && on === false) server.letGo()
      if (kind === 'down') await (on ? server.shut() : server.open())
    },
    faults: () => faults.active(),
    async heal() {
      faults.clear()
      server.letGo()
      await server.open()
    },
  }
}
