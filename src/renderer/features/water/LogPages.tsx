import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DAY, HOUR } from '#shared/time.ts'
import { useFormat } from '../../app/site.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { Facts, State, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { ToSync } from './ToSync.tsx'
import { codeOf, deviceOf, given, rawFacts, time, useWordFilter } from './parts.tsx'
import { devicePath } from './paths.ts'

type Job = RowOf<'water.schedules'>
type Entry = RowOf<'water.operations'>

const jobColumns = (t: TFunction, now: number): Column<Job>[] => [
  {
    key: 'execution_status',
    title: t('water.schedules.state'),
    width: 100,
    render: (row) => <State tone={row.failed ? 'bad' : 'neutral'}>{row.execution_status}</State>,
  },
  { key: 'operation_type', title: t('water.schedules.type'), width: 120 },
  deviceOf('water_meter_number', t('water.device')),
  { key: 'user_name', title: t('water.user'), width: 90 },
  codeOf('user_code', t('water.userCode'), 110),
  {
    key: 'execution_count',
    title: t('water.schedules.times'),
    width: 80,
    align: 'right',
    render: (row) => row.execution_count ?? row.raw?.['execution_count'] ?? '',
    export: { format: 'integer' },
  },
  time('created_at', t('water.schedules.created')),
  {
    key: 'age',
    title: t('water.schedules.age'),
    width: 80,
    align: 'right',
    render: (row) => ageOf(t, now, row.created_at),
    export: false,
  },
  {
    ...time<Job>('execution_time', t('water.schedules.executed')),
    render: (row) => row.raw?.['execution_time'] ?? <Time at={row.execution_time} />,
  },
]

function ageOf(t: TFunction, now: number, at: number | null): string {
  if (at === null) return ''
  const hours = Math.max(0, Math.floor((now - at) / HOUR))
  const days = Math.floor((now - at) / DAY)
  return days > 0 ? t('water.schedules.days', { n: days }) : t('water.schedules.hours', { n: hours })
}

/** WE-5: jobs, failed ones first (定时任务). */
export function SchedulesPage() {
  const { t } = useTranslation()
  const format = useFormat()
  const now = format.now()
  const status = useWordFilter('schedules', 'status', t('water.schedules.state'))
  const shown = useMemo(() => jobColumns(t, now), [t, now])
  return (
    <ListPage
      operation="water.schedules"
      title={t('water.schedules.title')}
      purpose={t('water.schedules.purpose')}
      columns={shown}
      rowKey={(row) =>
        `${row.user_code} ${row.water_meter_number} ${row.operation_type} ${row.created_at ?? ''}`
      }
      filters={[
        { kind: 'text', key: 'device', label: t('water.device') },
        status,
        {
          kind: 'select',
          key: 'outcome',
          label: t('water.schedules.outcome'),
          options: [
            { value: 'failed', label: t('water.schedules.failed') },
            { value: 'others', label: t('water.schedules.others') },
          ],
        },
      ]}
      input={(f) => ({
        ...given({ watcher_num: f['device'], status: f['status'] }),
        ...(f['outcome'] ? { failed: f['outcome'] === 'failed' } : {}),
      })}
      empty={{ what: t('water.notYet'), action: <ToSync /> }}
      asOf={(answer) => answer.asOf}
      totals={(answer) => t('water.schedules.failedCount', { n: answer.failed })}
      export="water.schedules"
      drawer={{
        title: (row) => row.operation_type,
        body: jobDrawer(t),
        link: (row) => devicePath(row.water_meter_number),
      }}
    />
  )
}

const jobDrawer = (t: TFunction) =>
  function JobDrawer(row: Job) {
    return (
      <Facts
        facts={[
          { label: t('water.schedules.state'), value: row.execution_status },
          { label: t('water.device'), value: row.water_meter_number },
          { label: t('water.user'), value: row.user_name },
          { label: t('water.userCode'), value: row.user_code },
          { label: t('water.schedules.created'), value: <Time at={row.created_at} /> },
          { label: t('water.schedules.executed'), value: <Time at={row.execution_time} /> },
          ...rawFacts(row),
        ]}
      />
    )
  }

const entryColumns = (t: TFunction): Column<Entry>[] => [
  time('operation_time', t('water.at')),
  { key: 'log_type', title: t('water.operations.type'), width: 140 },
  deviceOf('device_code', t('water.device')),
  { key: 'operator', title: t('water.operations.operator'), width: 120 },
  codeOf('ip_address', t('water.operations.ip')),
]

/** WE-4: who did what to which meter (操作日志). */
export function OperationsPage() {
  const { t } = useTranslation()
  const type = useWordFilter('operations', 'type', t('water.operations.type'))
  const shown = useMemo(() => entryColumns(t), [t])
  return (
    <ListPage
      operation="water.operations"
      title={t('water.operations.title')}
      purpose={t('water.operations.purpose')}
      columns={shown}
      rowKey={(row) =>
        `${row.operation_time ?? ''} ${row.device_code} ${row.operator} ${row.log_type} ${row.ip_address}`
      }
      filters={[
        type,
        { kind: 'text', key: 'device', label: t('water.device') },
        { kind: 'text', key: 'ip', label: t('water.operations.ip') },
      ]}
      input={(f) => given({ opt_type: f['type'], device_code: f['device'], ip_address: f['ip'] })}
      empty={{ what: t('water.notYet'), action: <ToSync /> }}
      asOf={(answer) => answer.asOf}
      export="water.operations"
    />
  )
}
