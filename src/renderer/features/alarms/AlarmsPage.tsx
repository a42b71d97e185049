import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/contract/alarms.ts'
import { useRead } from '../../api/queries.ts'
import { useSite } from '../../app/site.tsx'
import { useFilters, type Filter } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { Notice } from '../../ui/states.tsx'
import { AlarmDrawer } from './AlarmDrawer.tsx'
import { AlarmNav } from './AlarmNav.tsx'
import { alarmColumns } from './columns.tsx'
import { listInput, STATES } from './list-input.ts'
import { MarkBar } from './MarkBar.tsx'
import { subjectPath } from './paths.ts'
import { useMarked } from './use-marked.ts'
import { aboutOf, ruleOptions, severityOptions } from './words.ts'
import './alarms.css'

/** The alarm centre (告警): what is the matter, who sees to it, and what became of it. */
export function AlarmsPage() {
  const { t } = useTranslation()
  const { zone } = useSite()
  const columns = useMemo(() => alarmColumns(t), [t])
  const marked = useMarked()
  const title = (row: AlarmRow) => t(`alarms.rule.${row.rule}`)
  return (
    <ListPage
      operation="alarms.list"
      title={t('alarms.title')}
      purpose={t('alarms.purpose')}
      columns={columns}
      filters={useAlarmFilters()}
      input={(values) => listInput(values, zone)}
      rowKey={(row) => row.id}
      export="alarms.list"
      actions={<AlarmNav />}
      above={
        <>
          <DigestNotice />
          {marked.rows.length > 0 ? <MarkBar rows={marked.rows} clear={marked.clear} /> : null}
        </>
      }
      marks={{
        has: marked.has,
        toggle: marked.toggle,
        title: t('alarms.mark'),
        label: (row) => t('alarms.markOf', { name: `${title(row)} ${aboutOf(t, row)}` }),
      }}
      empty={{ what: t('alarms.empty'), todo: t('alarms.emptyTodo') }}
      drawer={{ title, body: drawer, link: subjectPath }}
    />
  )
}

const drawer = (row: AlarmRow, close: () => void) => <AlarmDrawer key={row.id} row={row} close={close} />

const stateWord = (t: TFunction, state: (typeof STATES)[number]) => {
  if (state === 'all') return t('common.list.all')
  return state === 'snoozed' ? t('alarms.snoozed') : t(`alarms.stateName.${state}`)
}

function useAlarmFilters(): readonly Filter[] {
  const { t } = useTranslation()
  const names = useRead('alarms.assignees', {}).data?.names ?? []
  return [
    { kind: 'search', key: 'query', label: t('alarms.filter.query'), width: 170 },
    {
      kind: 'select',
      key: 'state',
      label: t('alarms.filter.open'),
      width: 100,
      options: STATES.map((value) => ({
        value,
        label: stateWord(t, value),
      })),
    },
    {
      kind: 'select',
      key: 'rule',
      label: t('alarms.ruleTitle'),
      width: 140,
      options: ruleOptions(t),
      typed: true,
    },
    {
      kind: 'select',
      key: 'severity',
      label: t('alarms.severityTitle'),
      width: 84,
      options: severityOptions(t),
    },
    {
      kind: 'select',
      key: 'assignee',
      label: t('alarms.assignee'),
      width: 96,
      typed: true,
      options: names.map((value) => ({ value, label: value })),
    },
    { kind: 'day', key: 'from', label: t('alarms.filter.from') },
    { kind: 'day', key: 'to', label: t('alarms.filter.to') },
  ]
}

/** The list shows what one digest stands for: says so, and leads back. */
function DigestNotice() {
  const { t } = useTranslation()
  const { values, set } = useFilters(['digest'])
  const id = values['digest']
  const digest = useRead('alarms.get', { id: id ?? '' }, { enabled: id !== undefined, keepPrevious: false })
  if (id === undefined) return null
  const { alarm } = digest.data ?? {}
  return (
    <Notice>
      <span>{alarm ? `${t(`alarms.rule.${alarm.rule}`)}: ${aboutOf(t, alarm)}` : t('alarms.inDigest')}</span>
      <div className="sd-actions">
        <Button size="small" onClick={() => set({ digest: '', state: '' })}>
          {t('alarms.allAlarms')}
        </Button>
      </div>
    </Notice>
  )
}
