import type { TFunction } from 'i18next'
import type { MeterDecision } from '#shared/contract/meter-decisions.ts'
import { formatNumber, NONE } from '../../app/format.ts'
import type { Column } from '../../ui/column.ts'
import { State } from '../../ui/figures.tsx'

const DECISIONS = ['value', 'ignore', 'accept', 'rollover', 'exchange'] as const

/** What was decided, in figures. */
export function valueOf(t: TFunction, one: MeterDecision): string {
  if (one.kind === 'rollover') return t('meters.decision.digits', { n: one.registerDigits ?? 0 })
  if (one.kind === 'exchange') return `${formatNumber(one.oldLast)} → ${formatNumber(one.newFirst)}`
  if (one.value === null) return NONE
  const value = formatNumber(one.value)
  return one.estimated ? `${value} (${t('meters.state.estimated')})` : value
}

/** Decisions about one meter's readings. */
export const decisionColumns = (
  t: TFunction,
  full: (at: number) => string,
): readonly Column<MeterDecision>[] => [...whatColumns(t, full), ...whoColumns(t, full)]

function whatColumns(t: TFunction, full: (at: number) => string): readonly Column<MeterDecision>[] {
  return [
    {
      key: 'at',
      title: t('meters.decision.at'),
      width: 170,
      render: (row) => <span className="sd-figure">{full(row.at)}</span>,
      export: { format: 'time' },
    },
    {
      key: 'kind',
      title: t('meters.decision.what'),
      width: 130,
      render: (row) => t(`meters.decision.kind.${row.kind}`),
      export: { format: 'text', words: wordsOf(t) },
    },
    {
      key: 'value',
      title: t('meters.decision.value'),
      width: 190,
      align: 'right',
      render: (row) => <span className="sd-figure">{valueOf(t, row)}</span>,
      export: [
        { format: 'decimal' },
        { format: 'decimal', key: 'oldLast', title: t('meters.decide.oldLast') },
        { format: 'decimal', key: 'newFirst', title: t('meters.decide.newFirst') },
        { format: 'integer', key: 'registerDigits', title: t('meters.decide.digits') },
        { format: 'decimal', key: 'original', title: t('meters.decision.original') },
      ],
    },
  ]
}

function whoColumns(t: TFunction, full: (at: number) => string): readonly Column<MeterDecision>[] {
  return [
    { key: 'reason', title: t('meters.decide.reason'), width: 220, render: (row) => row.reason },
    {
      key: 'by',
      title: t('meters.decision.by'),
      width: 100,
      render: (row) => row.by ?? t('meters.decision.nobody'),
    },
    {
      key: 'createdAt',
      title: t('meters.decision.createdAt'),
      width: 170,
      render: (row) => <span className="sd-figure">{full(row.createdAt)}</span>,
      export: { format: 'time' },
    },
    {
      key: 'withdrawnAt',
      title: t('meters.table.state'),
      width: 110,
      render: (row) => (
        <State tone={row.withdrawnAt === null ? 'good' : 'neutral'}>
          {t(`meters.decision.state.${row.withdrawnAt === null ? 'counts' : 'withdrawn'}`)}
        </State>
      ),
      export: [
        { format: 'time', title: t('meters.decision.withdrawnAt') },
        { format: 'text', key: 'withdrawnBy', title: t('meters.decision.withdrawnBy') },
        { format: 'text', key: 'withdrawnReason', title: t('meters.decide.withdrawReason') },
      ],
    },
  ]
}

const wordsOf = (t: TFunction) =>
  Object.fromEntries(DECISIONS.map((kind) => [kind, t(`meters.decision.kind.${kind}`)]))
