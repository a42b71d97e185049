import type { TFunction } from 'i18next'
import { ALARM_RULES, ALARM_STATES, SEVERITIES } from '#shared/alarms.ts'
import type { AlarmRow } from '#shared/contract/alarms.ts'
import type { Column } from '../../ui/column.ts'
import { State, Time } from '../../ui/figures.tsx'
import { aboutOf, figureOf, SEVERITY_TONE, STATE_TONE, vendorWords, wordsOf } from './words.ts'

const time = (
  key: 'raisedAt' | 'acknowledgedAt' | 'clearedAt' | 'snoozedUntil',
  title: string,
  hidden = false,
): Column<AlarmRow> => ({
  key,
  title,
  width: 105,
  hidden,
  render: (row) => <Time at={row[key]} />,
  export: { format: 'time' },
})

export const alarmColumns = (t: TFunction): Column<AlarmRow>[] => [
  {
    key: 'severity',
    title: t('alarms.severityTitle'),
    width: 80,
    sortable: true,
    render: (row) => <State tone={SEVERITY_TONE[row.severity]}>{t(`alarms.severity.${row.severity}`)}</State>,
    export: { format: 'text', words: wordsOf(SEVERITIES, (key) => t(`alarms.severity.${key}`)) },
  },
  { ...time('raisedAt', t('alarms.raisedAt')), sortable: true },
  {
    key: 'rule',
    title: t('alarms.ruleTitle'),
    width: 170,
    sortable: true,
    render: (row) => t(`alarms.rule.${row.rule}`),
    export: { format: 'text', words: wordsOf(ALARM_RULES, (key) => t(`alarms.rule.${key}`)) },
  },
  {
    key: 'name',
    title: t('alarms.about'),
    width: 260,
    sortable: true,
    render: (row) => aboutOf(t, row),
    export: [
      { format: 'text', words: vendorWords(t) },
      { format: 'integer', key: 'members', title: t('alarms.members') },
    ],
  },
  {
    key: 'figure',
    title: t('alarms.figure'),
    width: 100,
    align: 'right',
    render: (row) => <span className="sd-figure">{figureOf(t, row.rule, row.value)}</span>,
    export: { format: 'decimal' },
  },
  {
    key: 'state',
    title: t('alarms.state'),
    width: 110,
    render: (row) => <AlarmState row={row} t={t} />,
    export: { format: 'text', words: wordsOf(ALARM_STATES, (key) => t(`alarms.stateName.${key}`)) },
  },
  { key: 'assignee', title: t('alarms.assignee'), width: 90 },
  time('acknowledgedAt', t('alarms.acknowledgedAt'), true),
  { key: 'acknowledgedBy', title: t('alarms.acknowledgedBy'), width: 90, hidden: true },
  time('clearedAt', t('alarms.clearedAt'), true),
  { key: 'clearedBy', title: t('alarms.clearedBy'), width: 90, hidden: true },
  time('snoozedUntil', t('alarms.snoozedUntil'), true),
]

export function AlarmState({ row, t }: { row: AlarmRow; t: TFunction }) {
  if (row.snoozedUntil !== null) return <State>{t('alarms.snoozed')}</State>
  return <State tone={STATE_TONE[row.state]}>{t(`alarms.stateName.${row.state}`)}</State>
}
