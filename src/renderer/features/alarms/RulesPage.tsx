import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ALARM_RULES, SEVERITIES } from '#shared/alarms.ts'
import type { Column, RowOf } from '../../ui/column.ts'
import { Figure, State, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { AlarmNav } from './AlarmNav.tsx'
import { RuleForm } from './RuleForm.tsx'
import { figureOf, SEVERITY_TONE, wordsOf } from './words.ts'
import './alarms.css'

export type RuleRow = RowOf<'alarms.rules'>

const levelsOf = (t: TFunction, { rule, unit, side, two, level, level2 }: RuleRow) => {
  if (unit === null) return t('alarms.rules.holds')
  const sign = side === 'above' ? '≥' : '≤'
  const first = `${sign} ${figureOf(t, rule, level)}`
  return two ? `${first} · ${sign} ${figureOf(t, rule, level2)}` : first
}

const settings = (t: TFunction): Column<RuleRow>[] => [
  {
    key: 'rule',
    title: t('alarms.ruleTitle'),
    width: 200,
    render: (row) => t(`alarms.rule.${row.rule}`),
    export: { format: 'text', words: wordsOf(ALARM_RULES, (key) => t(`alarms.rule.${key}`)) },
  },
  {
    key: 'enabled',
    title: t('alarms.rules.enabled'),
    width: 80,
    render: (row) => <State>{t(row.enabled ? 'alarms.rules.on' : 'alarms.rules.off')}</State>,
    export: { format: 'text', words: { true: t('alarms.rules.on'), false: t('alarms.rules.off') } },
  },
  {
    key: 'severity',
    title: t('alarms.severityTitle'),
    width: 80,
    render: (row) => <State tone={SEVERITY_TONE[row.severity]}>{t(`alarms.severity.${row.severity}`)}</State>,
    export: { format: 'text', words: wordsOf(SEVERITIES, (key) => t(`alarms.severity.${key}`)) },
  },
  {
    key: 'level',
    title: t('alarms.rules.level'),
    width: 180,
    render: (row) => levelsOf(t, row),
    export: [{ format: 'integer' }, { format: 'integer', key: 'level2', title: t('alarms.rules.level2') }],
  },
]

const standing = (t: TFunction): Column<RuleRow>[] => [
  {
    key: 'hysteresis',
    title: t('alarms.rules.hysteresis'),
    width: 100,
    align: 'right',
    render: (row) =>
      row.unit === null ? '' : <span className="sd-figure">{figureOf(t, row.rule, row.hysteresis)}</span>,
    export: { format: 'integer' },
  },
  {
    key: 'delayMinutes',
    title: t('alarms.rules.delay'),
    width: 90,
    align: 'right',
    render: (row) => <Figure value={row.delayMinutes} unit={t('alarms.unit.minutes')} />,
    export: { format: 'integer' },
  },
  {
    key: 'open',
    title: t('alarms.rules.open'),
    width: 80,
    align: 'right',
    render: (row) => <Figure value={row.open} />,
    export: { format: 'integer' },
  },
  {
    key: 'lookedAt',
    title: t('alarms.rules.lookedAt'),
    width: 110,
    render: (row) => <Time at={row.lookedAt} />,
    export: { format: 'time' },
  },
]

const columns = (t: TFunction): Column<RuleRow>[] => [...settings(t), ...standing(t)]

/** What is watched, and from where on (告警规则). */
export function RulesPage() {
  const { t } = useTranslation()
  const shown = useMemo(() => columns(t), [t])
  return (
    <ListPage
      operation="alarms.rules"
      title={t('alarms.rules.title')}
      purpose={t('alarms.rules.purpose')}
      columns={shown}
      rowKey={(row) => row.rule}
      export="alarms.rules"
      actions={<AlarmNav />}
      empty={{ what: t('alarms.rules.empty') }}
      drawer={{
        title: (row) => t(`alarms.rule.${row.rule}`),
        body: form,
        link: (row) => `/alarms?rule=${row.rule}`,
      }}
    />
  )
}

const form = (row: RuleRow) => <RuleForm key={row.rule} row={row} />
