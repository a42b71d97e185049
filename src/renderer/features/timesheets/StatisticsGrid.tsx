import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clockHours, decimalHours } from '#shared/hours.ts'
import { formatDay } from '#shared/time.ts'
import { useSite } from '../../app/site.tsx'
import { Person } from '../attendance/Person.tsx'
import { heatShare, sumOf, type Grid, type GridRow, type Grouping, type Unit } from './grid.ts'

/** Lines drawn before somebody asks for all. */
const DRAWN = 60

interface Props {
  readonly grid: Grid
  readonly buckets: readonly number[]
  readonly unit: Unit
  readonly group: Grouping
  readonly decimal: boolean
}

/** Heat and figures in one table: each cell carries both, so that it reads without seeing colours. */
export function StatisticsGrid(props: Props) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const { grid, buckets } = props
  const rows = all ? grid.rows : grid.rows.slice(0, DRAWN)
  const written = props.decimal ? decimalHours : clockHours
  const label = t('timesheets.statistics.grid')
  return (
    <section className="ts-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="ts-grid">
        <thead>
          <tr>
            <th scope="col">{t(`timesheets.statistics.groupName.${props.group}`)}</th>
            <th scope="col">{t('timesheets.total')}</th>
            <th scope="col">{t('timesheets.shifts')}</th>
            {buckets.map((bucket) => (
              <BucketHead key={bucket} at={bucket} unit={props.unit} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Line key={row.key} row={row} group={props.group} most={grid.most} written={written} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('timesheets.total')}</th>
            <td>{written(sumOf(grid.rows.map(({ minutes }) => minutes)) ?? 0)}</td>
            <td>{sumOf(grid.rows.map(({ count }) => count)) ?? 0}</td>
            {grid.totals.map((minutes, i) => (
              <td key={buckets[i]}>{minutes === null ? '' : written(minutes)}</td>
            ))}
          </tr>
        </tfoot>
      </table>
      {grid.rows.length > rows.length ? (
        <Button onClick={() => setAll(true)}>
          {t('timesheets.statistics.all', { n: grid.rows.length })}
        </Button>
      ) : null}
    </section>
  )
}

/** `3` of a day, `03-02` of a week, `2026-03` of a month; the first of a month says which one. */
function BucketHead({ at, unit }: { at: number; unit: Unit }) {
  const { zone } = useSite()
  const day = formatDay(at, zone)
  const short =
    unit === 'month' ? day.slice(0, 7) : unit === 'week' ? day.slice(5) : String(Number(day.slice(8)))
  return (
    <th scope="col" title={day}>
      {unit === 'day' && short === '1' ? day.slice(5) : short}
    </th>
  )
}

function Line(props: { row: GridRow; group: Grouping; most: number; written: (minutes: number) => string }) {
  const { row, group, written } = props
  return (
    <tr>
      <th scope="row">
        {group === 'user' ? null : row.projectName}
        {group === 'both' ? ' · ' : null}
        {group === 'project' ? null : <Person name={row.userName} phone={row.user} />}
      </th>
      <td data-sum="">{written(row.minutes)}</td>
      <td data-sum="">{row.count}</td>
      {row.cells.map((minutes, i) => (
        <td key={i} style={{ '--share': `${heatShare(minutes, props.most)}%` } as object}>
          {minutes === null ? '' : written(minutes)}
        </td>
      ))}
    </tr>
  )
}
