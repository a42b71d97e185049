import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import type { Role } from '#shared/contract/define.ts'
import { DEFAULT_ZONE, parseZone, type ZoneOffset } from '#shared/time.ts'
import { ageOf, formatDate, formatFull, formatTime } from './format.ts'

export type Hello = Output<'system.hello'>

export interface Site {
  readonly hello: Hello
  readonly zone: ZoneOffset
  /** the host's clock, epoch ms; the browser's may be wrong */
  now(): number
}

export const SiteContext = createContext<Site | null>(null)

export function siteOf(hello: Hello, receivedAt: number): Site {
  const ahead = hello.now - receivedAt
  return {
    hello,
    zone: parseZone(hello.zone) ?? parseZone(DEFAULT_ZONE) ?? 0,
    now: () => Date.now() + ahead,
  }
}

export function useSite(): Site {
  const site = useContext(SiteContext)
  if (!site) throw new Error('useSite is used outside SiteContext')
  return site
}

/** True when the operator has one of the roles; admin has all (the core decides, this only hides). */
export function useMay(...roles: readonly Role[]): boolean {
  const { operator } = useSite().hello
  return (
    operator !== null && (operator.roles.includes('admin') || roles.some((r) => operator.roles.includes(r)))
  )
}

/** Draws again every `everyMs`, so that ages stay true. */
export function useTick(everyMs = 15_000): void {
  const [, setTick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTick((n) => n + 1), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}

/** Times and ages in the site's zone and the operator's language. */
export function useFormat() {
  const site = useSite()
  const { t } = useTranslation()
  return useMemo(
    () => ({
      zone: site.zone,
      now: site.now,
      /** `MM-DD HH:mm` */
      time: (at: number | null | undefined) => formatTime(at, site.now(), site.zone),
      /** `MM-DD` */
      date: (at: number | null | undefined) => formatDate(at, site.now(), site.zone),
      /** `yyyy-MM-dd HH:mm:ss` */
      full: (at: number) => formatFull(at, site.zone),
      /** `3 分钟前` */
      age: (at: number) => {
        const { unit, n } = ageOf(at, site.now())
        return t(`common.age.${unit}`, { n })
      },
    }),
    [site, t],
  )
}
