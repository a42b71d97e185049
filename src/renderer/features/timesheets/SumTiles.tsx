import { useTranslation } from 'react-i18next'
import { clockHours, decimalHours } from '#shared/hours.ts'
import { formatNumber } from '../../app/format.ts'

interface Sums {
  readonly minutes: number
  readonly count: number
  readonly open: number
  readonly pending: number
}

/** What all of it comes to; what does not count yet stands apart. */
export function SumTiles({ totals }: { totals: Sums }) {
  const { t } = useTranslation()
  const hours = t('attendance.hoursUnit', { hours: decimalHours(totals.minutes) })
  return (
    <dl className="ts-tiles">
      <Tile label={t('attendance.hours')} value={clockHours(totals.minutes)} hint={hours} />
      <Tile label={t('timesheets.shifts')} value={formatNumber(totals.count)} />
      <Tile
        label={t('timesheets.open')}
        value={formatNumber(totals.open)}
        hint={t('timesheets.notCounted')}
      />
      <Tile
        label={t('timesheets.pending')}
        value={formatNumber(totals.pending)}
        hint={t('timesheets.notCounted')}
      />
    </dl>
  )
}

function Tile({ label, value, hint }: { label: string; value: string; hint?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <strong className="sd-figure">{value}</strong>
        {hint ? <span className="sd-quiet"> {hint}</span> : null}
      </dd>
    </div>
  )
}
