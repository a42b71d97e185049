import { PrinterOutlined, UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AttendanceProject } from '#shared/contract/attendance.ts'
import { useRead } from '../../api/queries.ts'
import { useMay, useSite } from '../../app/site.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { useFilters } from '../../ui/filters.ts'
import { PageHead } from '../../ui/PageHead.tsx'
import { EmptyState, Notice, Reading } from '../../ui/states.tsx'
import { BookDialog } from './BookDialog.tsx'
import { monthOf } from './filters.ts'
import { ImportPeople } from './ImportPeople.tsx'
import { LockBar } from './LockBar.tsx'
import { MonthField } from './MonthField.tsx'
import { printPath } from './paths.ts'
import { MonthGrid } from './MonthGrid.tsx'
import { SumTiles } from './SumTiles.tsx'
import { useProjects } from './use-projects.ts'
import './timesheets.css'

/** A month of a project, a line a worker and a column a day: what is checked, locked, printed and signed. */
export function SheetPage() {
  const { t } = useTranslation()
  const { zone, now } = useSite()
  const state = useFilters(['project', 'month'])
  const projects = useProjects()
  const month = monthOf(state.values['month'], now(), zone)
  const project = projects.find(({ projectId }) => projectId === state.values['project']) ?? projects[0]
  return (
    <div className="sd-page" data-template="list">
      <PageHead
        title={t('timesheets.sheet.title')}
        purpose={t('timesheets.sheet.purpose')}
        actions={project ? <Actions project={project} month={month} /> : null}
      />
      <FilterBar
        state={state}
        filters={[
          {
            kind: 'select',
            key: 'project',
            label: project?.projectName ?? t('attendance.project'),
            options: projects.map(({ projectId, projectName }) => ({ value: projectId, label: projectName })),
            typed: true,
            width: 220,
          },
        ]}
      >
        <MonthField
          value={month}
          onChange={(next) => state.set({ month: next })}
          label={t('timesheets.month')}
        />
      </FilterBar>
      {project ? (
        <Month key={project.projectId} project={project} month={month} />
      ) : (
        <EmptyState what={t('timesheets.sheet.none')} todo={t('timesheets.sheet.noneTodo')} />
      )}
    </div>
  )
}

function Actions({ project, month }: { project: AttendanceProject; month: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'book' | 'people' | null>(null)
  const mayImport = useMay('attendance', 'supervisor') || project.roles.includes('keeper')
  const close = () => setOpen(null)
  return (
    <>
      {mayImport && project.deletedAt === null ? (
        <Button icon={<UploadOutlined />} onClick={() => setOpen('people')}>
          {t('timesheets.importer.open')}
        </Button>
      ) : null}
      <Button onClick={() => setOpen('book')}>{t('timesheets.book.open')}</Button>
      <Link to={printPath(project.projectId, month)}>
        <Button type="primary" icon={<PrinterOutlined />} tabIndex={-1}>
          {t('timesheets.sheet.print')}
        </Button>
      </Link>
      <BookDialog project={project} month={month} open={open === 'book'} onClose={close} />
      <ImportPeople
        projectId={project.projectId}
        projectName={project.projectName}
        open={open === 'people'}
        onClose={close}
      />
    </>
  )
}

function Month({ project, month }: { project: AttendanceProject; month: string }) {
  const { t } = useTranslation()
  const read = useRead('attendance.sheet', { projectId: project.projectId, month })
  return (
    <>
      <LockBar project={project} />
      <Reading read={read} lines={12}>
        {(sheet) => (
          <>
            {sheet.limited ? <Notice tone="neutral">{t('attendance.limited')}</Notice> : null}
            <div className="ts-head">
              <SumTiles totals={sheet.totals} />
              <AsOf at={read.dataUpdatedAt} failing={read.isError} />
            </div>
            {sheet.rows.length < 2 ? (
              <EmptyState what={t('timesheets.sheet.empty')} todo={t('timesheets.sheet.emptyTodo')} />
            ) : (
              <MonthGrid sheet={sheet} lock={project.lock} />
            )}
          </>
        )}
      </Reading>
    </>
  )
}
