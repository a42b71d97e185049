import { useTranslation } from 'react-i18next'
import { PORTS } from '#shared/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useRead } from '../../../api/queries.ts'
import { formatNumber } from '../../../app/format.ts'
import { useSite, useTick } from '../../../app/site.tsx'
import { useFilters } from '../../../ui/filters.ts'
import { leftMs } from '../../chargers/countdown.ts'
import { PORT_FILTERS, portsInput } from './list-input.ts'

/** As many as one answer holds; a larger registry shows its count alone. */
const MOST = 1000
const STATES = ['charging', 'ended', 'free', 'broken', 'unknown'] as const
type Counted = (typeof STATES)[number]

/** Ports by what they are now: a time that ran out since the report counts as over, not as charging. */
export function countPorts(rows: readonly DeviceRow[], now: number): Readonly<Record<Counted, number>> {
  const counts: Record<Counted, number> = { charging: 0, ended: 0, free: 0, broken: 0, unknown: 0 }
  for (const { ports, portsAt } of rows) {
    // a charger that never reported has its four ports all the same
    counts.unknown += PORTS.length - ports.length
    for (const { state, minutes, at } of ports) {
      const over = state === 'charging' && leftMs(minutes ?? 0, at ?? portsAt ?? 0, now) === 0
      counts[portsAt === null ? 'unknown' : over ? 'ended' : state] += 1
    }
  }
  return counts
}

/** Over the whole filter. */
function PortTotals({ total }: { total: number }) {
  const { t } = useTranslation()
  const { now } = useSite()
  useTick()
  const { values } = useFilters(PORT_FILTERS)
  const { data } = useRead('devices.list', { ...portsInput(values), limit: MOST }, { enabled: total <= MOST })
  if (!data || total > MOST) return null
  const counts = countPorts(data.rows, now())
  return STATES.filter((state) => counts[state] > 0).map((state) => (
    <span key={state} className="sd-figure">
      {t(`charging.ports.total.${state}`, { n: formatNumber(counts[state]) })}
    </span>
  ))
}

export const portTotals = ({ total }: { total: number }) => <PortTotals total={total} />
