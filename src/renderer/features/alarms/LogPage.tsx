import { useMemo } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ALARM_RULES } from '#shared/alarms.ts'
import { EVENT_KINDS } from './event-kinds.ts'
import { useFormat, useSite } from '../../app/site.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { AlarmNav } from './AlarmNav.tsx'
import { detailOf } from './History.tsx'
import { spanOf } from './list-input.ts'
import { nameOf, vendorWords, wordsOf } from './words.ts'
import './alarms.css'

type Row = RowOf<'alarms.events'>

const columns = (t: TFunction, time: (at: number) => string): Column<Row>[] => [
  {
    key: 'at',
    title: t('alarms.log.at'),
    width: 110,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  {
    key: 'kind',
    title: t('alarms.log.kind'),
    width: 110,
    render: (row) => t(`alarms.event.${row.kind}`),
    export: { format: 'text', words: wordsOf(EVENT_KINDS, (key) => t(`alarms.event.${key}`)) },
  },
  {
    key: 'rule',
    title: t('alarms.ruleTitle'),
    width: 170,
    render: (row) => t(`alarms.rule.${row.rule}`),
    export: { format: 'text', words: wordsOf(ALARM_RULES, (key) => t(`alarms.rule.${key}`)) },
  },
  {
    key: 'name',
    title: t('alarms.about'),
    width: 240,
    render: (row) => nameOf(t, row),
    export: { format: 'text', words: vendorWords(t) },
  },
  {
    key: 'operator',
    title: t('alarms.log.who'),
    width: 100,
    render: (row) => row.operator ?? t('alarms.byItself'),
  },
  {
    key: 'comment',
    title: t('alarms.log.said'),
    width: 240,
    render: (row) =>
      [detailOf(t, row, row.rule, time), row.comment ?? ''].filter((part) => part !== '').join(' · '),
  },
]

/** Every step of every alarm (处理记录). */
export function LogPage() {
  const { t } = useTranslation()
  const { zone } = useSite()
  const { time } = useFormat()
  const shown = useMemo(() => columns(t, time), [t, time])
  return (
    <ListPage
      operation="alarms.events"
      title={t('alarms.log.title')}
      purpose={t('alarms.log.purpose')}
      columns={shown}
      filters={[
        { kind: 'day', key: 'from', label: t('alarms.filter.from') },
        { kind: 'day', key: 'to', label: t('alarms.filter.to') },
      ]}
      input={(values) => spanOf(values, zone)}
      rowKey={(row) => row.id}
      export="alarms.events"
      actions={<AlarmNav />}
      empty={{ what: t('alarms.log.empty') }}
    />
  )
}
