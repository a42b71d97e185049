import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { clockHours, decimalHours } from '#shared/hours.ts'
import { formatDay } from '#shared/time.ts'
import type { Input, Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { useFilters } from '../../ui/filters.ts'
import { PageHead } from '../../ui/PageHead.tsx'
import { EmptyState, Notice, Reading } from '../../ui/states.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import { exportColumns } from './export-columns.ts'
import { wantedOf, type Wanted } from './filters.ts'
import { bucketsOf, GROUPS, gridOf, MOST_DAYS, UNITS, unitOf, type Grouping, type Unit } from './grid.ts'
import { StatisticsGrid } from './StatisticsGrid.tsx'
import { SumTiles } from './SumTiles.tsx'
import { useProjects } from './use-projects.ts'
import './timesheets.css'

const KEYS = ['project', 'user', 'from', 'to', 'unit', 'group', 'as']
const BY = { user: ['user'], project: ['project'], both: ['project', 'user'] } as const

/** Worked time by project and worker over days, weeks or months. */
export function StatisticsPage() {
  const { t } = useTranslation()
  const { zone, now } = useSite()
  const state = useFilters(KEYS)
  const projects = useProjects()
  const wanted = wantedOf(state.values, now(), zone)
  const unit = unitOf(wanted.unit, wanted.from, wanted.to)
  const input = inputOf(state.values, wanted, unit)
  const read = useRead('attendance.statistics', input)
  return (
    <div className="sd-page" data-template="list">
      <PageHead
        title={t('timesheets.statistics.title')}
        purpose={t('timesheets.statistics.purpose')}
        aside={read.dataUpdatedAt > 0 ? <AsOf at={read.dataUpdatedAt} failing={read.isError} /> : null}
      />
      <FilterBar
        state={state}
        filters={[
          {
            kind: 'select',
            key: 'project',
            label: t('attendance.project'),
            options: projects.map(({ projectId, projectName }) => ({ value: projectId, label: projectName })),
            typed: true,
            width: 200,
          },
          { kind: 'text', key: 'user', label: t('attendance.phone'), width: 140 },
          { kind: 'day', key: 'from', label: t('timesheets.from') },
          { kind: 'day', key: 'to', label: t('timesheets.to') },
        ]}
      >
        <ExportButton
          list="attendance.statistics"
          input={input}
          name={t('timesheets.statistics.title')}
          columns={exportColumns(t, wanted.group)}
        />
      </FilterBar>
      <Shape wanted={wanted} set={state.set} />
      {unit === wanted.unit ? null : (
        <Notice tone="neutral">{t('timesheets.statistics.asWeeks', { n: MOST_DAYS })}</Notice>
      )}
      <Reading read={read} lines={12}>
        {(data) => <Figures data={data} wanted={wanted} unit={unit} />}
      </Reading>
      <p className="sd-quiet">
        {t('timesheets.statistics.span', {
          from: formatDay(wanted.from, zone),
          to: formatDay(wanted.to - 1, zone),
        })}
      </p>
    </div>
  )
}

function inputOf(
  { project, user }: Readonly<Record<string, string | undefined>>,
  { from, to, group }: Wanted,
  unit: Unit,
): Input<'attendance.statistics'> {
  return {
    ...(project === undefined ? {} : { projectId: project }),
    // a number that is being typed asks for nothing yet
    ...(user !== undefined && /^1\d{10}$/.test(user) ? { user } : {}),
    from,
    to,
    by: [...BY[group], unit],
  }
}

function Shape({ wanted, set }: { wanted: Wanted; set: (changes: Record<string, string>) => void }) {
  const { t } = useTranslation()
  return (
    <div className="ts-shape">
      <Segmented<Grouping>
        aria-label={t('timesheets.statistics.rows')}
        value={wanted.group}
        onChange={(group) => set({ group: group === 'user' ? '' : group })}
        options={GROUPS.map((value) => ({ value, label: t(`timesheets.statistics.groupName.${value}`) }))}
      />
      <Segmented<Unit>
        aria-label={t('timesheets.statistics.columns')}
        value={wanted.unit}
        onChange={(unit) => set({ unit: unit === 'day' ? '' : unit })}
        options={UNITS.map((value) => ({ value, label: t(`timesheets.statistics.unitName.${value}`) }))}
      />
      <Segmented<'clock' | 'decimal'>
        aria-label={t('timesheets.as')}
        value={wanted.decimal ? 'decimal' : 'clock'}
        onChange={(as) => set({ as: as === 'clock' ? '' : as })}
        options={[
          { value: 'clock', label: clockHours(450) },
          { value: 'decimal', label: decimalHours(450) },
        ]}
      />
    </div>
  )
}

function Figures(props: { data: Output<'attendance.statistics'>; wanted: Wanted; unit: Unit }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const { data, wanted, unit } = props
  const buckets = bucketsOf(wanted.from, wanted.to, unit, zone)
  const grid = gridOf(data.rows, buckets)
  return (
    <>
      {data.limited ? <Notice tone="neutral">{t('attendance.limited')}</Notice> : null}
      <SumTiles totals={data.totals} />
      {grid.rows.length === 0 ? (
        <EmptyState what={t('timesheets.statistics.empty')} todo={t('timesheets.statistics.emptyTodo')} />
      ) : (
        <StatisticsGrid {...{ grid, buckets, unit }} group={wanted.group} decimal={wanted.decimal} />
      )}
    </>
  )
}
