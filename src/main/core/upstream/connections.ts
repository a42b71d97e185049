import type { SecretPath } from '#shared/contract/profile.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { CoreContext } from '../context.ts'
import type { EffectiveSettings, Settings } from '../settings/types.ts'
import { campusBase, CAMPUS, createCampusClient } from './campus.ts'
import { VendorClient } from './client.ts'
import { createImrClient, IMR } from './imr.ts'
import { Limiter } from './pacing.ts'
import { SkewMeter } from './skew.ts'
import type { CampusClient } from './types-campus.ts'
import type { ImrClient } from './types.ts'
import type { WaterClient } from './types-water.ts'
import type { Access, Credentials, Vendor } from './vendor.ts'
import { createWaterClient, WATER } from './water.ts'
import { credentialsOf, secretPathOf, type WaterAuth } from './water-auth.ts'

/** What the settings say of how to reach a system; parts may be missing. */
export type Stored = Omit<Access, 'baseUrl' | 'account' | 'password' | 'credentials'> & {
  readonly baseUrl: string | null
  /** empty where there is no log-in */
  readonly account: string | null
}

/** What differs between the systems; everything else is the same for all of them. */
export interface Plug<C> {
  readonly vendor: Vendor
  /** null: nothing is secret (W-02) */
  secretPath(values: EffectiveSettings): SecretPath | null
  /** what the secret makes of every request, where there is no log-in */
  credentials?(values: EffectiveSettings, secret: string): Credentials
  stored(values: EffectiveSettings): Stored
  /** the address as requests need it, from that a person typed */
  base(baseUrl: string): string
  client(client: VendorClient, settings: Settings): C
}

export const IMR_PLUG: Plug<ImrClient> = {
  vendor: IMR,
  secretPath: () => 'upstreams.imr.password',
  stored({ upstreams }) {
    const { baseUrl = null, account = null, ...rest } = upstreams.imr
    return { ...rest, baseUrl, account }
  },
  base: (baseUrl) => baseUrl,
  client: (client, settings) =>
    createImrClient(client, {
      zone: settings.zone,
      dailyTypeCode: settings.values().upstreams.imr.dailyTypeCode ?? null,
    }),
}

export const CAMPUS_PLUG: Plug<CampusClient> = {
  vendor: CAMPUS,
  secretPath: () => 'upstreams.campus.password',
  stored({ upstreams }) {
    const { baseUrl = null, account = null, minIntervalMs } = upstreams.campus
    // C-01: JSON only; C-48: a gap per endpoint
    return { baseUrl, account, minIntervalMs, bodyEncoding: 'json', limiterScope: 'endpoint' }
  },
  base: campusBase,
  client: (client, settings) =>
    createCampusClient(client, {
      zone: settings.zone,
      rechargeType: settings.values().upstreams.campus.rechargeType,
    }),
}

/** Rows a page is asked for, where nobody said otherwise (W-13). */
const WATER_PAGE = 100
/** Between two requests of one endpoint, as at the campus system (C-48); the document names none. */
const WATER_GAP_MS = 500

export const waterAuth = ({ upstreams }: EffectiveSettings): WaterAuth =>
  upstreams.water.auth ?? { kind: 'none' }

export const WATER_PLUG: Plug<WaterClient> = {
  vendor: WATER,
  secretPath: (values) => secretPathOf(waterAuth(values)),
  credentials: (values, secret) => credentialsOf(waterAuth(values), secret),
  stored({ upstreams }) {
    const { baseUrl = null, minIntervalMs = WATER_GAP_MS } = upstreams.water
    return { baseUrl, account: '', minIntervalMs, bodyEncoding: 'json', limiterScope: 'endpoint' }
  },
  base: (baseUrl) => baseUrl,
  client: (client, settings) =>
    createWaterClient(client, {
      zone: settings.zone,
      pageSize: settings.values().upstreams.water.pageSize ?? WATER_PAGE,
    }),
}

/** A system that can be reached as the settings stand. */
export interface Connection<C> {
  readonly client: VendorClient
  readonly api: C
  readonly skew: SkewMeter
  readonly limiter: Limiter
  readonly access: Access
}

/** Connects when first asked, and anew after a change of its settings. */
export interface Link<C> {
  /** null: not configured, or its password is locked away */
  get(): Connection<C> | null
  drop(): void
}

export function createLink<C>(ctx: CoreContext, settings: Settings, plug: Plug<C>): Link<C> {
  let connection: Connection<C> | null = null
  return {
    get: () => (connection ??= connect(ctx, settings, plug)),
    drop() {
      connection?.client.close()
      connection?.limiter.close()
      connection = null
    },
  }
}

function connect<C>(ctx: CoreContext, settings: Settings, plug: Plug<C>): Connection<C> | null {
  const access = accessOf(settings, plug)
  if (!access) return null
  const { http, clock, random, log } = ctx.ports
  const { vendor } = plug
  const skew = new SkewMeter(log, vendor.source)
  const limiter = new Limiter(clock, { gapMs: access.minIntervalMs, scope: access.limiterScope })
  const onState = () => ctx.events.emit({ type: 'changed', area: 'system' })
  const client = new VendorClient({ vendor, access, http, clock, random, log, limiter, skew, onState })
  return { client, api: plug.client(client, settings), skew, limiter, access }
}

function accessOf<C>(settings: Settings, plug: Plug<C>): Access | null {
  const values = settings.values()
  const { baseUrl, account, ...rest } = plug.stored(values)
  const path = plug.secretPath(values)
  const password = path === null ? '' : passwordOf(settings, path)
  if (!baseUrl || (plug.vendor.login && !account) || (path !== null && !password)) return null
  const { bodyEncoding, minIntervalMs, limiterScope } = rest
  const credentials = plug.credentials?.(values, password ?? '')
  return {
    baseUrl: plug.base(baseUrl),
    account: account ?? '',
    password: password ?? '',
    bodyEncoding,
    minIntervalMs,
    limiterScope,
    credentials,
  }
}

/** Secrets that cannot be opened here are as good as none: the settings say so themselves. */
export function passwordOf(settings: Settings, path: SecretPath): string | null {
  try {
    return settings.secret(path)
  } catch (error) {
    if (error instanceof SitedeskError && error.code === 'SECRETS_LOCKED') return null
    throw error
  }
}
