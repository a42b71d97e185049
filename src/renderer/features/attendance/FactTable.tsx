import { useTranslation } from 'react-i18next'
import type { z } from '#shared/z.ts'
import type { attendanceFact } from '#shared/contract/attendance.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { Time } from '../../ui/figures.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { SheetTable } from '../../ui/SheetTable.tsx'
import { useFactText } from './fact-text.ts'
import { Person } from './Person.tsx'

export type AttendanceFact = z.infer<typeof attendanceFact>

const when = ({ at }: AttendanceFact) => <Time at={at} />
const who = (fact: AttendanceFact) => <Who fact={fact} />

/** What happened, oldest first: who, when, old and new. */
export function FactTable({ facts }: { facts: readonly AttendanceFact[] }) {
  const { t } = useTranslation()
  const code = useCodeText()
  const detail = useFactText()
  if (facts.length === 0) return <EmptyState what={t('attendance.projects.logEmpty')} />
  return (
    <SheetTable
      rows={facts}
      rowKey={(fact) => fact.id}
      columns={[
        { key: 'at', title: t('attendance.projects.at'), cell: when },
        {
          key: 'by',
          title: t('attendance.projects.by'),
          align: 'left',
          cell: who,
        },
        {
          key: 'what',
          title: t('attendance.projects.what'),
          align: 'left',
          cell: (fact) => code('attendance.fact', fact.kind),
        },
        {
          key: 'detail',
          title: t('attendance.projects.detail'),
          align: 'left',
          wrap: true,
          cell: detail,
        },
      ]}
    />
  )
}

/** Whose phone, and who pressed the key where that was done at the desk. */
export function Who({ fact }: { fact: AttendanceFact }) {
  const { t } = useTranslation()
  const { byRole, byName, byPhone, operator } = fact
  return (
    <span>
      {t(`attendance.sideName.${byRole}`)}{' '}
      {byRole === 'desk' ? null : <Person name={byName} phone={byPhone} />}
      {operator === null ? null : (
        <span className="sd-quiet"> {t('attendance.records.atDesk', { name: operator })}</span>
      )}
    </span>
  )
}
