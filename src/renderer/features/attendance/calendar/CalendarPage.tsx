import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { clockHours, decimalHours } from '#shared/hours.ts'
import type { Output } from '#shared/contract/index.ts'
import { formatDay, parseDateTime, startOfDay } from '#shared/time.ts'
import { useRead } from '../../../api/queries.ts'
import { formatNumber } from '../../../app/format.ts'
import { usePageKey } from '../../../app/keys.tsx'
import { useSite } from '../../../app/site.tsx'
import { useFilters, type FilterState } from '../../../ui/filters.ts'
import { PageHead } from '../../../ui/PageHead.tsx'
import { EmptyState, Reading } from '../../../ui/states.tsx'
import { useLockOf } from '../locks.ts'
import { Party } from '../Party.tsx'
import { Limited } from '../records/RecordsPage.tsx'
import { monthOf, otherMonth } from '../span.ts'
import { projectOptions, useProjects } from '../use-projects.ts'
import { DayList } from './DayList.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import '../attendance.css'

/** A month of one project, of everybody or of one worker; the records of the chosen day beside it. */
export function CalendarPage() {
  const { t } = useTranslation()
  return <Party title={t('attendance.calendar.title')}>{() => <Calendar />}</Party>
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

function useChoice() {
  const { zone, now } = useSite()
  const state = useFilters(['project', 'user', 'month', 'day'])
  const { rows: projects, known } = useProjects()
  const { values } = state
  const asked = values['month'] ?? ''
  const month = MONTH.test(asked) ? asked : monthOf(now(), zone)
  const chosen = parseDateTime(values['day'] ?? '', zone)
  return {
    state,
    projects,
    known,
    projectId: values['project'] ?? projects[0]?.projectId ?? '',
    user: values['user'] ?? '',
    month,
    day: chosen ?? (month === monthOf(now(), zone) ? startOfDay(now(), zone) : null),
  }
}

type Choice = ReturnType<typeof useChoice>

function Calendar() {
  const { t } = useTranslation()
  const choice = useChoice()
  const { projectId, user, month } = choice
  const read = useRead(
    'attendance.calendar',
    { projectId, month, ...(user === '' ? {} : { user }) },
    { enabled: projectId !== '' },
  )
  return (
    <div className="sd-page">
      <PageHead
        title={t('attendance.calendar.title')}
        purpose={t('attendance.calendar.purpose')}
        actions={<Months choice={choice} />}
      />
      {projectId === '' && choice.known ? (
        <EmptyState what={t('attendance.gang.none')} todo={t('attendance.gang.noneTodo')} />
      ) : (
        <Reading read={read} lines={14}>
          {(data) => <Month choice={choice} data={data} />}
        </Reading>
      )}
    </div>
  )
}

function Months({ choice: { month, state } }: { choice: Choice }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const go = (by: number) => state.set({ month: otherMonth(month, by, zone), day: '' })
  usePageKey('PageUp', 'attendance.calendar.key.month', () => go(-1))
  usePageKey('PageDown', 'attendance.calendar.key.month', () => go(1))
  const [year = '', number = ''] = month.split('-')
  return (
    <>
      <Button icon={<LeftOutlined />} aria-label={t('attendance.calendar.previous')} onClick={() => go(-1)} />
      <strong className="sd-figure att-month" aria-live="polite">
        {t('attendance.calendar.month', { year, month: number })}
      </strong>
      <Button icon={<RightOutlined />} aria-label={t('attendance.calendar.next')} onClick={() => go(1)} />
    </>
  )
}

function Month({ choice, data }: { choice: Choice; data: Output<'attendance.calendar'> }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const lockOf = useLockOf()
  const { totals } = data
  const people = new Set(data.rows.map(({ user }) => user)).size
  return (
    <>
      <Pick choice={choice} />
      <div className="att-calendar">
        <MonthGrid
          month={choice.month}
          lock={lockOf(choice.projectId)}
          rows={data.rows}
          day={choice.day}
          onDay={(day) => choice.state.set({ day: formatDay(day, zone) })}
        />
        <DayList projectId={choice.projectId} user={choice.user} day={choice.day} />
      </div>
      <footer className="sd-totals">
        <span className="sd-figure">
          {t('attendance.calendar.total', {
            people: formatNumber(people),
            shifts: formatNumber(totals.count),
            hours: clockHours(totals.minutes),
            decimal: decimalHours(totals.minutes),
          })}
        </span>
        {data.limited ? <Limited /> : null}
      </footer>
    </>
  )
}

function Pick({ choice: { projects, projectId, user, state } }: { choice: Choice }) {
  const { t } = useTranslation()
  const members = useRead(
    'attendance.members',
    { projectId, limit: 1000 },
    { enabled: projectId !== '', keepPrevious: false },
  )
  const set: FilterState['set'] = (changes) => state.set(changes)
  const people = (members.data?.rows ?? []).map((one) => ({ value: one.user, label: one.userName }))
  return (
    <div className="sd-filters">
      <Select
        aria-label={t('attendance.project')}
        value={projectId}
        options={projectOptions(projects).map((one) => ({ ...one }))}
        onChange={(project: string) => set({ project, user: '' })}
        style={{ minWidth: 180 }}
        popupMatchSelectWidth={false}
      />
      <Select
        aria-label={t('attendance.calendar.person')}
        placeholder={t('attendance.calendar.everyone')}
        value={user === '' ? null : user}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        options={people}
        onChange={(next: string | null | undefined) => set({ user: next ?? '' })}
        style={{ width: 160 }}
        popupMatchSelectWidth={false}
      />
    </div>
  )
}
