import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { clockHours, decimalHours } from '#shared/hours.ts'
import { DAY, formatDay } from '#shared/time.ts'
import { useSite } from '../../app/site.tsx'
import { Person } from '../attendance/Person.tsx'
import { heatShare } from './grid.ts'
import type { Lock } from './lock.ts'
import { LockMark } from './LockMark.tsx'

export type MonthSheet = Output<'attendance.sheet'>
type Row = MonthSheet['rows'][number]

/** Workers by day, in hours; a column that is locked says so. */
export function MonthGrid({ sheet, lock }: { sheet: MonthSheet; lock: Lock | null }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const days = Array.from({ length: sheet.days }, (_, i) => sheet.from + i * DAY)
  const workers = sheet.rows.filter(({ kind }) => kind === 'worker')
  const most = Math.max(1, ...workers.flatMap((row) => row.days.map((minutes) => minutes ?? 0)))
  return (
    <section className="ts-scroll" tabIndex={0} role="region" aria-label={t('timesheets.sheet.title')}>
      <table className="ts-grid">
        <thead>
          <tr>
            <th scope="col">{t('attendance.person')}</th>
            <th scope="col">{t('timesheets.days')}</th>
            <th scope="col">{t('timesheets.hoursClock')}</th>
            <th scope="col">{t('timesheets.hoursDecimal')}</th>
            {days.map((day, i) => (
              <th key={day} scope="col" title={formatDay(day, zone)}>
                <LockMark lock={lock} at={day} />
                {i + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {workers.map((row) => (
            <Line key={row.user} row={row} most={most} />
          ))}
        </tbody>
        <tfoot>
          {sheet.rows
            .filter(({ kind }) => kind === 'total')
            .map((row) => (
              <Line key="total" row={row} most={most} />
            ))}
        </tfoot>
      </table>
    </section>
  )
}

function Line({ row, most }: { row: Row; most: number }) {
  const { t } = useTranslation()
  const total = row.kind === 'total'
  return (
    <tr>
      <th scope="row">{total ? t('timesheets.total') : <Person name={row.userName} phone={row.user} />}</th>
      <td data-sum="">{total ? '' : row.daysWorked}</td>
      <td data-sum="">{clockHours(row.minutes)}</td>
      <td data-sum="">{row.totalHours}</td>
      {row.days.map((minutes, i) => (
        <td
          key={i}
          {...(minutes === null ? {} : { title: decimalHours(minutes) })}
          {...(total ? {} : { style: { '--share': `${heatShare(minutes, most)}%` } as object })}
        >
          {minutes === null ? '' : clockHours(minutes)}
        </td>
      ))}
    </tr>
  )
}
