import type { Source } from '#shared/contract/index.ts'
import type { AreaHandlers, Call, CoreContext } from '../context.ts'
import type { Settings } from '../settings/types.ts'
import { testVendor, type Candidate, type Trial } from './connection-test.ts'
import {
  CAMPUS_PLUG,
  IMR_PLUG,
  passwordOf,
  WATER_PLUG,
  waterAuth,
  type Link,
  type Plug,
} from './connections.ts'
import { CAMPUS_TRIAL, IMR_TRIAL, WATER_TRIAL } from './connection-trials.ts'
import { Limiter } from './pacing.ts'
import { SkewMeter } from './skew.ts'
import { credentialsOf, secretIn, secretPathOf, type WaterAuth } from './water-auth.ts'

const PLUGS: Readonly<Record<Source, Plug<unknown>>> = {
  imr: IMR_PLUG,
  campus: CAMPUS_PLUG,
  water: WATER_PLUG,
}
const TRIALS: Readonly<Record<Source, Trial>> = {
  imr: IMR_TRIAL,
  campus: CAMPUS_TRIAL,
  water: WATER_TRIAL,
}

type Given = Partial<Record<'baseUrl' | 'account' | 'password', string | undefined>> & {
  bodyEncoding?: 'json' | 'form' | undefined
  auth?: WaterAuth | undefined
}

/** Tries an account as it is stored, with what the caller gave in its place. */
export function createTestHandler(
  ctx: CoreContext,
  settings: Settings,
  links: Readonly<Record<Source, Link<unknown>>>,
): AreaHandlers<'settings'>['settings.testConnection'] {
  return async (call, input) => {
    const { source } = input
    const link = links[source]
    // connected before the test, so that a link that stopped while testing is seen
    const before = link.get()
    const candidate = candidateOf(settings, call, source, input[source] ?? {})
    const result = await runTest(ctx, settings, link, source, candidate)
    // what is stored works again: nobody need change it first (F-04)
    if (result.ok && !input[source] && before?.client.status.state === 'stopped') link.drop()
    return result
  }
}

function candidateOf(settings: Settings, call: Call, source: Source, given: Given): Candidate {
  const plug = PLUGS[source]
  const stored = plug.stored(settings.values())
  const baseUrl = given.baseUrl ?? stored.baseUrl
  const elsewhere = baseUrl !== null && hostOf(baseUrl) !== hostOf(stored.baseUrl ?? baseUrl)
  const isAdmin = call.operator?.roles.includes('admin') ?? false
  // only who may read or change the stored password by other means can send it to another host
  const keep = !elsewhere || isAdmin
  if (source === 'water') return waterCandidate(settings, baseUrl, given.auth, keep)
  const path = plug.secretPath(settings.values())
  const own = keep && path !== null ? passwordOf(settings, path) : null
  return {
    baseUrl: baseUrl === null ? null : plug.base(baseUrl),
    account: given.account ?? stored.account,
    password: given.password ?? own,
    bodyEncoding: given.bodyEncoding ?? stored.bodyEncoding,
  }
}

/** The stored secret goes along with the stored way only. */
function waterCandidate(
  settings: Settings,
  baseUrl: string | null,
  given: WaterAuth | undefined,
  keep: boolean,
): Candidate {
  const stored = waterAuth(settings.values())
  const auth = given ?? stored
  const path = secretPathOf(auth)
  const own = path !== null && keep && auth.kind === stored.kind ? passwordOf(settings, path) : null
  const password = path === null ? '' : (secretIn(auth) ?? own)
  return {
    baseUrl,
    account: '',
    password,
    bodyEncoding: 'json',
    credentials: credentialsOf(auth, password ?? ''),
  }
}

const hostOf = (baseUrl: string) => new URL(baseUrl.trim()).host

/** With the account in use the test keeps to its gaps; another account has its own. */
async function runTest(
  ctx: CoreContext,
  settings: Settings,
  link: Link<unknown>,
  source: Source,
  candidate: Candidate,
) {
  const { http, clock, log } = ctx.ports
  const { minIntervalMs, limiterScope } = PLUGS[source].stored(settings.values())
  const used = link.get()
  const same = used?.access.baseUrl === candidate.baseUrl && used?.access.account === candidate.account
  const limiter =
    same && used ? used.limiter : new Limiter(clock, { gapMs: minIntervalMs, scope: limiterScope })
  return testVendor({ http, clock, skew: new SkewMeter(log, source), limiter }, TRIALS[source], candidate)
}
