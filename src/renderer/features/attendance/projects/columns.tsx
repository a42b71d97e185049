import type { TFunction } from 'i18next'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import type { Column } from '../../../ui/column.ts'
import { Figure, State, Time } from '../../../ui/figures.tsx'
import { Person } from '../Person.tsx'

type Columns = readonly Column<AttendanceProject>[]
type DayText = (at: number) => string

const people = (t: TFunction, phones: boolean): Columns => [
  {
    key: 'keeperName',
    title: t('attendance.keeper'),
    width: 165,
    render: (row) =>
      row.keeper === null ? (
        <State tone="attention">{t('attendance.noKeeper')}</State>
      ) : (
        <Person name={row.keeperName} phone={row.keeper} />
      ),
  },
  {
    key: 'keeper',
    title: `${t('attendance.keeper')} ${t('attendance.phone')}`,
    width: 120,
    hidden: true,
    render: (row) => <Person name="" phone={row.keeper} />,
    export: phones ? { format: 'text' } : false,
  },
  {
    key: 'ownerName',
    title: t('attendance.owner'),
    width: 165,
    render: (row) => <Person name={row.ownerName} phone={row.owner} />,
  },
  {
    key: 'owner',
    title: `${t('attendance.owner')} ${t('attendance.phone')}`,
    width: 120,
    hidden: true,
    render: (row) => <Person name="" phone={row.owner} />,
    export: phones ? { format: 'text' } : false,
  },
]

const COUNTS = [
  ['members', 80],
  ['open', 75],
  ['pending', 80],
  ['corrections', 105],
] as const

/** Loud where somebody has to answer. */
const counts = (t: TFunction): Columns =>
  COUNTS.map(([key, width]) => ({
    key,
    title: t(`attendance.projects.${key}`),
    width,
    align: 'right' as const,
    render: (row: AttendanceProject) =>
      row[key] > 0 && (key === 'pending' || key === 'corrections') ? (
        <State tone="attention">
          <Figure value={row[key]} />
        </State>
      ) : (
        <Figure value={row[key]} />
      ),
    export: { format: 'integer' as const },
  }))

export const projectColumns = (t: TFunction, phones: boolean, day: DayText): Columns => [
  { key: 'projectName', title: t('attendance.project'), width: 175 },
  ...people(t, phones),
  ...counts(t),
  {
    key: 'roles',
    title: t('attendance.projects.role'),
    width: 95,
    render: (row) => row.roles.map((role) => t(`attendance.roleName.${role}`)).join(' · '),
    export: false,
  },
  {
    key: 'state',
    title: t('attendance.state'),
    width: 150,
    render: (row) => projectState(t, row, day),
    export: false,
  },
  {
    key: 'createdAt',
    title: t('attendance.projects.createdAt'),
    width: 110,
    hidden: true,
    render: (row) => <Time at={row.createdAt} />,
    export: { format: 'time' },
  },
]

export function projectState(t: TFunction, { deletedAt, lock }: AttendanceProject, day: DayText): string {
  if (deletedAt !== null) return t('attendance.deletedProject')
  return lock === null ? '' : t('attendance.projects.locked', { day: day(lock.before) })
}
