import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { startOfHour } from '#shared/time.ts'
import { useSite } from '../../app/site.tsx'
import { applyChange, parseView, type MeterView, type ViewChange } from './view-state.ts'

/** What the page shows, kept in its URL; the same object as long as URL and hour are the same. */
export function useView(): { view: MeterView; change: (change: ViewChange) => void } {
  const site = useSite()
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const hour = startOfHour(site.now(), site.zone)
  const view = useMemo(() => parseView(new URLSearchParams(text), hour, site.zone), [text, hour, site.zone])
  const change = useCallback(
    (next: ViewChange) => setParams((before) => applyChange(before, next), { replace: true }),
    [setParams],
  )
  return { view, change }
}
