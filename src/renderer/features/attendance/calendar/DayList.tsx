import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AttendanceRecord } from '#shared/contract/attendance.ts'
import { DAY, formatDay } from '#shared/time.ts'
import { useRead } from '../../../api/queries.ts'
import { useFormat } from '../../../app/site.tsx'
import { DetailDrawer } from '../../../ui/DetailDrawer.tsx'
import { EmptyState, Reading } from '../../../ui/states.tsx'
import { Hours } from '../Hours.tsx'
import { recordPath, recordsPath } from '../paths.ts'
import { RecordBody } from '../records/RecordBody.tsx'
import { RecordState } from '../RecordState.tsx'
import { useSpanText } from '../Span.tsx'

interface Props {
  readonly projectId: string
  readonly user: string
  /** start of the day; null: none chosen */
  readonly day: number | null
}

/** The shifts that began on the chosen day. */
export function DayList({ projectId, user, day }: Props) {
  const { t } = useTranslation()
  const { date, zone } = useFormat()
  const [open, setOpen] = useState<AttendanceRecord | null>(null)
  const at = day ?? 0
  const read = useRead(
    'attendance.records',
    { projectId, ...(user === '' ? {} : { user }), from: at, to: at + DAY, limit: 500 },
    { enabled: day !== null && projectId !== '', keepPrevious: false },
  )
  if (day === null) return null
  const text = formatDay(day, zone)
  return (
    <section className="sd-panel att-day-list">
      <header className="sd-panel-head">
        <h2 className="sd-figure">{date(day)}</h2>
        <Link
          to={recordsPath({ project: projectId, from: text, to: text, ...(user === '' ? {} : { user }) })}
        >
          {t('attendance.calendar.dayAll')}
        </Link>
      </header>
      <Reading read={read}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState what={t('attendance.calendar.dayEmpty')} />
          ) : (
            <ul className="att-shifts">
              {rows.map((row) => (
                <Shift key={row.recordId} row={row} onOpen={setOpen} />
              ))}
            </ul>
          )
        }
      </Reading>
      <DetailDrawer
        row={open}
        title={(row) => row.userName}
        body={recordBody}
        link={(row) => recordPath(row.recordId)}
        onClose={() => setOpen(null)}
      />
    </section>
  )
}

const recordBody = (row: AttendanceRecord) => <RecordBody recordId={row.recordId} />

function Shift({ row, onOpen }: { row: AttendanceRecord; onOpen: (row: AttendanceRecord) => void }) {
  const { t } = useTranslation()
  const { clock } = useSpanText()
  const quiet = row.state === 'closed' && row.pendingCorrectionId === null
  return (
    <li>
      <button type="button" onClick={() => onOpen(row)}>
        <span>{row.userName}</span>
        <span className="sd-figure">{clock(row)}</span>
        <Hours minutes={row.minutes} short />
        {quiet ? null : row.pendingCorrectionId === null ? (
          <RecordState of={row} />
        ) : (
          <span className="att-waits">{t('attendance.records.waiting')}</span>
        )}
      </button>
    </li>
  )
}
