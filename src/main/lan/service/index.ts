import { formatDateTime, HOUR, SECOND } from '#shared/time.ts'
import type { LanStatus } from '#shared/contract/lan.ts'
import type { LanParts, LanService } from '#core/context.ts'
import type { Clock } from '#core/ports.ts'
import type { EffectiveSettings } from '#core/settings/types.ts'
import type { WxAuthProvider } from '#core/charging/providers.ts'
import type { Endpoint } from '../endpoint.ts'
import { createHandle, type LanConfig } from '../handle.ts'
import { RequestLog } from '../inspector/log.ts'
import { createSources } from '../request/addresses.ts'
import { ReplayStore } from '../request/replay.ts'
import { createProviderTest } from '../providers/index.ts'
import { createRoutes } from '../request/route.ts'
import type { Keys, VerifyRules } from '../request/verify.ts'
import { mdnsName, networkCards, reachable } from './cards.ts'
import { keysOf, missingOf, publishedOf } from './credentials.ts'
import { createLanHandlers } from './handlers.ts'
import { Listener, type Standing } from './listener.ts'

const TIDY_EVERY = HOUR
/** Screens that show requests ask again at most so often, ms. */
const TELL_EVERY = SECOND

const rulesOf = ({ signature = {}, timestampToleranceS }: EffectiveSettings['lan']): VerifyRules => ({
  ...signature,
  toleranceS: timestampToleranceS,
})

/** The service for mini-programs: on or off as the settings say, on a listener of its own (H-26). */
export function createLanService(
  parts: LanParts,
  endpoints: readonly Endpoint[],
  wx: () => WxAuthProvider,
): LanService {
  const { ctx, settings, charging } = parts
  const { clock } = ctx.ports
  const log = new RequestLog()
  const { keys, forget } = rememberedKeys(parts)
  const rules = () => rulesOf(settings.values().lan)
  const handle = createHandle({
    route: createRoutes(endpoints),
    charging,
    wx,
    changed: (area) => ctx.events.emit({ type: 'changed', area }),
    db: ctx.store.site,
    clock,
    log: ctx.ports.log,
    config: () => configOf(settings.values().lan, { keys: keys(), rules: rules() }),
    sayTime: (at) => formatDateTime(at, settings.zone()),
  })
  const changed = () => ctx.events.emit({ type: 'changed', area: 'lan' })
  const tell = seldom(clock, changed)
  const listener = new Listener(
    {
      handle,
      perAddressPerSecond: () => settings.values().lan.perAddressPerSecond,
      admits: createSources(() => settings.values().lan.sources),
      seen: (seen) => {
        log.add(seen, clock.now())
        tell()
      },
      monotonic: () => clock.monotonic(),
    },
    { wanted: () => settings.values().lan, changed, log: ctx.ports.log, clock },
  )
  const stopListening = settings.onChange((paths) => {
    if (!paths.some((path) => path.startsWith('lan'))) return
    forget()
    void listener.settle()
    changed()
  })
  const stopTidying = keepReplaysShort(parts)
  const standing = () => withAddressOfNow(listener.standing, settings.values().lan.host)
  const status = () => statusOf(parts, { standing: standing(), keys: keys(), log })
  const now = () => clock.now()
  const testProvider = createProviderTest(parts)
  return {
    handlers: createLanHandlers({ settings, log, now, rules, status, listener, testProvider }),
    state: standing,
    begin: () => listener.settle(),
    async close() {
      stopListening()
      stopTidying()
      await listener.close()
    },
  }
}

function configOf(
  { strictPaging, systemTimeFormat, missingTime, mostCoins, ...lan }: EffectiveSettings['lan'],
  given: Pick<LanConfig, 'keys' | 'rules'>,
): LanConfig {
  const { requireSession, failedSessionsPerMinute } = lan
  const forms = { strictPaging, systemTimeFormat, missingTime, mostCoins }
  return { ...given, requireSession, failedSessionsPerMinute, forms }
}

/** Calls `tell` once for all that happens within a second, after it. */
function seldom(clock: Clock, tell: () => void): () => void {
  let due = false
  const later = async () => {
    await clock.sleep(TELL_EVERY)
    due = false
    tell()
  }
  return () => {
    if (due) return
    due = true
    void later()
  }
}

/** A desk that moved to another network has another address there. */
function withAddressOfNow(standing: Standing, host: string): Standing {
  if (standing.url === null) return standing
  return { ...standing, url: reachable(host, Number(new URL(standing.url).port || '80')) }
}

/** Read anew with the settings, and every second for the end of old credentials. */
function rememberedKeys({ ctx, settings }: LanParts): { keys: () => Keys; forget: () => void } {
  let known: { at: number; value: Keys } | null = null
  return {
    keys() {
      const now = ctx.ports.clock.now()
      if (known === null || now - known.at > SECOND || now < known.at)
        known = { at: now, value: keysOf(settings, now) }
      return known.value
    },
    forget() {
      known = null
    },
  }
}

/** Where the time is not looked at, a request is good for ever, and so is its answer (H-12). */
function keepReplaysShort({ ctx: { ports, store }, settings }: LanParts): () => void {
  const replays = new ReplayStore(store.site)
  return ports.clock.every(TIDY_EVERY, () => {
    if (settings.values().lan.timestampToleranceS === 0) return
    store.site
      .write(() => replays.forget(ports.clock.now()))
      .catch((error: unknown) => {
        ports.log.warn('old answers of the LAN service stay', { error: String(error) })
      })
  })
}

function statusOf(
  { ctx, settings }: LanParts,
  { standing, keys, log }: { standing: Standing; keys: Keys; log: RequestLog },
): LanStatus {
  const { host, port, wechat, payment, previous } = settings.values().lan
  const now = ctx.ports.clock.now()
  const rotating = (['user', 'manager'] as const).flatMap((side) => {
    const until = previous?.[side]?.until ?? 0
    return until > now ? [{ side, until }] : []
  })
  return {
    ...standing,
    host,
    port,
    lastMinute: log.lastMinute(now),
    wechat: wechat?.kind ?? 'none',
    payment: payment?.kind ?? 'offline',
    missing: missingOf(keys),
    publishedKeys: publishedOf(keys),
    rotating,
    mdnsName: mdnsName(),
    cards: networkCards(),
    miniProgramUrl: ctx.options.demoSite?.miniProgramUrl ?? null,
  }
}
