import type { Source } from '#shared/contract/index.ts'
import type { sourceState } from '#shared/contract/system.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { z } from '#shared/z.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import type { Settings } from '../settings/types.ts'
import { VendorClient, type ClientStatus } from './client.ts'
import { testImr, type Candidate } from './connection-test.ts'
import { createImrClient, IMR } from './imr.ts'
import { Limiter } from './pacing.ts'
import { readPages } from './paging.ts'
import { SkewMeter } from './skew.ts'
import type { CallOptions, ImrClient, PagingEnd, PagingRequest } from './types.ts'
import type { Access } from './vendor.ts'

export { gateOf, imrMeterKind, onlineOf } from './meter-types.ts'
export { UpstreamError } from './types.ts'
export type * from './types.ts'

export interface UpstreamStatus {
  readonly state: z.infer<typeof sourceState>
  readonly lastError: ClientStatus['lastError']
  /** the vendor's clock minus ours, ms (F-25) */
  readonly clockSkewMs: number | null
}

/** The vendor systems, as the settings say they can be reached. */
export interface Upstreams {
  /** null: not configured, or its password is locked away */
  imr(): ImrClient | null
  status(source: Source): UpstreamStatus
  /** epoch ms up to which a window may be asked for: the earlier of both clocks, less 2 minutes (F-25) */
  windowEnd(source: Source): number
  readPages<R>(request: PagingRequest<R>, options?: CallOptions): Promise<PagingEnd>
  readonly handlers: Pick<AreaHandlers<'settings'>, 'settings.testConnection'>
  close(): void
}

interface Connection {
  readonly client: VendorClient
  readonly imr: ImrClient
  readonly skew: SkewMeter
  readonly limiter: Limiter
  readonly access: Access
}

export function createUpstreams(ctx: CoreContext, { settings }: { settings: Settings }): Upstreams {
  const { clock } = ctx.ports
  let connection: Connection | null = null
  const connected = () => (connection ??= connect(ctx, settings))
  const disconnect = () => {
    connection?.client.close()
    connection?.limiter.close()
    connection = null
  }
  const stopListening = settings.onChange((paths) => {
    if (!paths.some((path) => path.startsWith('upstreams.imr'))) return
    disconnect()
    ctx.events.emit({ type: 'changed', area: 'system' })
  })
  return {
    imr: () => connected()?.imr ?? null,
    status: (source) => (source === 'imr' ? statusOf(connected()) : UNCONFIGURED),
    windowEnd: (source) =>
      ((source === 'imr' && connected()?.skew) || new SkewMeter(ctx.ports.log, source)).windowEnd(
        clock.now(),
      ),
    readPages,
    handlers: {
      'settings.testConnection': async (call, input) => {
        const result = await runTest(ctx, settings, connected(), candidateOf(settings, call, input.imr ?? {}))
        // what is stored works again: nobody need change it first (F-04)
        if (result.ok && !input.imr && connection?.client.status.state === 'stopped') disconnect()
        return result
      },
    },
    close() {
      stopListening()
      disconnect()
    },
  }
}

const UNCONFIGURED: UpstreamStatus = { state: 'unconfigured', lastError: null, clockSkewMs: null }

const statusOf = (connection: Connection | null): UpstreamStatus =>
  connection ? { ...connection.client.status, clockSkewMs: connection.skew.value } : UNCONFIGURED

function connect(ctx: CoreContext, settings: Settings): Connection | null {
  const access = accessOf(settings)
  if (!access) return null
  const { http, clock, random, log } = ctx.ports
  const skew = new SkewMeter(log, IMR.source)
  const limiter = new Limiter(clock, { gapMs: access.minIntervalMs, scope: access.limiterScope })
  const onState = () => ctx.events.emit({ type: 'changed', area: 'system' })
  const client = new VendorClient({
    vendor: IMR,
    access,
    http,
    clock,
    random,
    log,
    limiter,
    skew,
    onState,
  })
  const dailyTypeCode = settings.values().upstreams.imr.dailyTypeCode ?? null
  return {
    client,
    imr: createImrClient(client, { zone: settings.zone, dailyTypeCode }),
    skew,
    limiter,
    access,
  }
}

function accessOf(settings: Settings): Access | null {
  const { baseUrl, account, bodyEncoding, minIntervalMs, limiterScope } = settings.values().upstreams.imr
  const password = passwordOf(settings)
  if (!baseUrl || !account || !password) return null
  return { baseUrl, account, password, bodyEncoding, minIntervalMs, limiterScope }
}

/** Secrets that cannot be opened here are as good as none: the settings say so themselves. */
function passwordOf(settings: Settings): string | null {
  try {
    return settings.secret('upstreams.imr.password')
  } catch (error) {
    if (error instanceof SitedeskError && error.code === 'SECRETS_LOCKED') return null
    throw error
  }
}

type Given = Partial<Record<'baseUrl' | 'account' | 'password', string | undefined>> & {
  bodyEncoding?: 'json' | 'form' | undefined
}

function candidateOf(settings: Settings, call: Call, given: Given): Candidate {
  const stored = settings.values().upstreams.imr
  const baseUrl = given.baseUrl ?? stored.baseUrl ?? null
  const elsewhere = baseUrl !== null && hostOf(baseUrl) !== hostOf(stored.baseUrl ?? baseUrl)
  const isAdmin = call.operator?.roles.includes('admin') ?? false
  // only who may read or change the stored password by other means can send it to another host
  const own = elsewhere && !isAdmin ? null : passwordOf(settings)
  return {
    baseUrl,
    account: given.account ?? stored.account ?? null,
    password: given.password ?? own,
    bodyEncoding: given.bodyEncoding ?? stored.bodyEncoding,
  }
}

const hostOf = (baseUrl: string) => new URL(baseUrl.trim()).host

/** With the account in use the test keeps to its gaps; another account has its own. */
async function runTest(
  ctx: CoreContext,
  settings: Settings,
  connection: Connection | null,
  candidate: Candidate,
) {
  const { http, clock, log } = ctx.ports
  const { minIntervalMs, limiterScope } = settings.values().upstreams.imr
  const same =
    connection?.access.baseUrl === candidate.baseUrl && connection?.access.account === candidate.account
  const limiter =
    same && connection
      ? connection.limiter
      : new Limiter(clock, { gapMs: minIntervalMs, scope: limiterScope })
  return testImr({ http, clock, skew: new SkewMeter(log, IMR.source), limiter }, candidate)
}
