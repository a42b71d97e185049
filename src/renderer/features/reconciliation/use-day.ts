import { DAY, formatDay } from '#shared/time.ts'
import { useSite } from '../../app/site.tsx'
import { useFilters } from '../../ui/filters.ts'
import { asClass } from './classes.ts'
import type { ReconciliationClass } from '#shared/contract/reconciliation.ts'

/** The day and class looked at, kept in the URL; today where none is named. */
export function useDay() {
  const { zone, now } = useSite()
  const { values, set } = useFilters(['day', 'class'])
  const today = formatDay(now(), zone)
  const named = values['day']
  const day = named !== undefined && isDay(named) ? named : today
  return {
    day,
    today,
    class: asClass(values['class']),
    go: (to: string) => {
      if (isDay(to) && to <= today) set({ day: to === today ? '' : to, class: '' })
    },
    choose: (one: ReconciliationClass | null) => set({ class: one ?? '' }),
  }
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && dayStart(text) !== null

/** In UTC: only for stepping from day to day. */
function dayStart(text: string): number | null {
  const at = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at
}

export function stepDay(day: string, days: number): string {
  return new Date((dayStart(day) ?? 0) + days * DAY).toISOString().slice(0, 10)
}
