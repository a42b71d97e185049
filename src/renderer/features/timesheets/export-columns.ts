import type { TFunction } from 'i18next'
import type { Output } from '#shared/contract/index.ts'
import type { Column, ExportFormat } from '../../ui/column.ts'
import type { Grouping } from './grid.ts'

type StatRow = Output<'attendance.statistics'>['rows'][number]

/** Both ways of writing hours, whatever the screen shows. */
export function exportColumns(t: TFunction, group: Grouping): Column<StatRow>[] {
  const column = (key: string, title: string, format: ExportFormat) => ({
    key,
    title,
    width: 0,
    cell: () => null,
    export: { format },
  })
  return [
    ...(group === 'user' ? [] : [column('projectName', t('attendance.project'), 'text')]),
    ...(group === 'project'
      ? []
      : [column('userName', t('attendance.person'), 'text'), column('user', t('attendance.phone'), 'text')]),
    column('bucket', t('timesheets.begins'), 'day'),
    column('minutes', t('timesheets.hoursDecimal'), 'hours'),
    column('minutes', t('timesheets.hoursClock'), 'duration'),
    column('count', t('timesheets.shifts'), 'integer'),
    column('open', t('timesheets.open'), 'integer'),
    column('pending', t('timesheets.pending'), 'integer'),
  ]
}
