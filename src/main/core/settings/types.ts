import type { problem } from '#shared/contract/system.ts'
import type { SecretPath, SiteSettings } from '#shared/contract/profile.ts'
import type { ZoneOffset } from '#shared/time.ts'
import type { AlarmRule } from '#shared/alarms.ts'
import type { RetentionKind } from '#shared/retention.ts'
import type { RuleValues } from '#shared/contract/alarms.ts'
import type { z } from '#shared/z.ts'
import type { AreaHandlers } from '../context.ts'

export type Problem = z.infer<typeof problem>

type Alarms = NonNullable<SiteSettings['alarms']>
type Upstreams = NonNullable<SiteSettings['upstreams']>
type Filled<T, K extends keyof T> = T & { readonly [P in K]-?: NonNullable<T[P]> }

/** Defaults, what was stored, and the config file on top; secrets are not in it. */
export interface EffectiveSettings extends SiteSettings {
  siteName: string
  zone: string
  autoLockMinutes: number
  sync: Required<NonNullable<SiteSettings['sync']>>
  shifts: Required<NonNullable<SiteSettings['shifts']>>
  upstreams: {
    campus: Filled<NonNullable<Upstreams['campus']>, 'minIntervalMs' | 'rechargeType' | 'orderPrefix'>
    imr: Filled<NonNullable<Upstreams['imr']>, 'minIntervalMs' | 'bodyEncoding' | 'limiterScope'>
    water: NonNullable<Upstreams['water']>
  }
  lan: Filled<
    NonNullable<SiteSettings['lan']>,
    | 'enabled'
    | 'host'
    | 'port'
    | 'perAddressPerSecond'
    | 'sources'
    | 'timestampToleranceS'
    | 'requireSession'
    | 'coinFen'
    | 'cashOutServiceBp'
    | 'strictPaging'
    | 'systemTimeFormat'
    | 'missingTime'
    | 'sessionHours'
    | 'failedSessionsPerMinute'
    | 'cancelWithinS'
    | 'paymentMinutes'
    | 'portReportS'
    | 'mostCoins'
  >
  bluetooth: Filled<
    NonNullable<SiteSettings['bluetooth']>,
    'adapter' | 'connectMs' | 'discoveryMs' | 'replyMs' | 'clockToleranceS' | 'installerMinutes'
  >
  attendance: Required<NonNullable<SiteSettings['attendance']>>
  camera: Required<NonNullable<SiteSettings['camera']>>
  alarms: {
    language: NonNullable<Alarms['language']>
    desktop: Required<NonNullable<Alarms['desktop']>>
    webhook: Filled<NonNullable<Alarms['webhook']>, 'enabled' | 'from'>
    wecom: Filled<NonNullable<Alarms['wecom']>, 'enabled' | 'from'>
    allowPlainHttp: boolean
    rules: Record<AlarmRule, Required<RuleValues>>
  }
  automation: Required<NonNullable<SiteSettings['automation']>>
  backups: { second: { folder?: string | undefined } }
  retention: Record<RetentionKind, { keepDays: number }>
}

export interface Settings {
  values(): EffectiveSettings
  /** null when it has no value; throws SECRETS_LOCKED when it has one that cannot be opened here */
  secret(path: SecretPath): string | null
  zone(): ZoneOffset
  /** after a change is on the disk; the paths that changed, secrets among them */
  onChange(listener: (paths: readonly string[]) => void): () => void
  problems(): Problem[]
  handlers: Omit<AreaHandlers<'settings'>, 'settings.testConnection'>
  /** secrets of the program itself, kept as the others are; null: none, or it cannot be opened here */
  ownSecret(name: string): string | null
  /** only inside `site.write`; throws SECRETS_LOCKED where nothing can be encrypted */
  keepOwnSecret(name: string, value: string | null): void
  /** what secrets are encrypted with, to go along in a sealed copy; null while locked */
  dataKey(): Uint8Array | null
  /**
   * Sets one value in somebody else's transaction; only inside `site.write`. What it returns is to be called when
   * that is on the disk. Throws FIXED_BY_FILE.
   */
  set(path: string, value: unknown): () => void
  /**
   * What the first run says of the site, in somebody else's transaction; only inside `site.write`. What it returns
   * is to be called when that is on the disk. What the file fixes stays.
   */
  begin(first: {
    siteName?: string | undefined
    zone?: string | undefined
    wizard?: boolean | undefined
  }): () => void
}
