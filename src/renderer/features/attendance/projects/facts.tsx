import { useTranslation } from 'react-i18next'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { useFormat } from '../../../app/site.tsx'
import { Figure, State, Time, type Fact } from '../../../ui/figures.tsx'
import { Person } from '../Person.tsx'
import { projectState } from './columns.tsx'

export function useProjectFacts(row: AttendanceProject): readonly Fact[] {
  const { t } = useTranslation()
  const { date } = useFormat()
  const keeper =
    row.keeper === null ? (
      <State tone="attention">{t('attendance.noKeeper')}</State>
    ) : (
      <Person name={row.keeperName} phone={row.keeper} whole />
    )
  const roles = row.roles.map((role) => t(`attendance.roleName.${role}`)).join(' · ')
  const state = projectState(t, row, date)
  return [
    { label: t('attendance.keeper'), value: keeper },
    { label: t('attendance.projects.since'), value: <Time at={row.keeperSince} /> },
    { label: t('attendance.owner'), value: <Person name={row.ownerName} phone={row.owner} whole /> },
    { label: t('attendance.projects.createdAt'), value: <Time at={row.createdAt} /> },
    { label: t('attendance.projects.role'), value: roles === '' ? t('common.none') : roles },
    { label: t('attendance.projects.members'), value: <Figure value={row.members} /> },
    { label: t('attendance.projects.open'), value: <Figure value={row.open} /> },
    { label: t('attendance.projects.pending'), value: <Figure value={row.pending} /> },
    { label: t('attendance.projects.corrections'), value: <Figure value={row.corrections} /> },
    ...(state === '' ? [] : [{ label: t('attendance.state'), value: state }]),
  ]
}
