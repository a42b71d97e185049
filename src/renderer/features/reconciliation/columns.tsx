import type { TFunction } from 'i18next'
import { INTENT_STATES } from '#shared/intent-states.ts'
import type { ReconciliationDay, ReconciliationRecord } from '#shared/contract/reconciliation.ts'
import type { Column } from '../../ui/column.ts'
import { Code, Money, State, Time } from '../../ui/figures.tsx'
import { RoomName } from '../../ui/RoomName.tsx'
import { CLASSES, CLASS_TONES, DAY_TONES } from './classes.ts'

const compared = (t: TFunction): readonly Column<ReconciliationRecord>[] => [
  {
    key: 'class',
    title: t('reconciliation.classLabel'),
    width: 84,
    render: (row) => <State tone={CLASS_TONES[row.class]}>{t(`reconciliation.class.${row.class}`)}</State>,
    export: {
      format: 'text',
      words: Object.fromEntries(CLASSES.map((one) => [one, t(`reconciliation.class.${one}`)])),
    },
  },
  {
    key: 'at',
    title: t('reconciliation.at'),
    width: 104,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  {
    key: 'roomPath',
    title: t('reconciliation.room'),
    width: 200,
    render: (row) => <RoomName path={row.roomPath} />,
  },
  {
    key: 'hereFen',
    title: t('reconciliation.here'),
    width: 104,
    align: 'right',
    render: (row) => <Money fen={row.hereFen} />,
    export: { format: 'money' },
  },
  {
    key: 'upstreamFen',
    title: t('reconciliation.upstream'),
    width: 104,
    align: 'right',
    render: (row) => <Money fen={row.upstreamFen} />,
    export: { format: 'money' },
  },
]

const origin = (t: TFunction): readonly Column<ReconciliationRecord>[] => [
  {
    key: 'state',
    title: t('reconciliation.intentState'),
    width: 90,
    render: (row) => (row.state === null ? '' : t(`recharge.state.${row.state}`)),
    export: {
      format: 'text',
      words: Object.fromEntries(INTENT_STATES.map((state) => [state, t(`recharge.state.${state}`)])),
    },
  },
  { key: 'operator', title: t('reconciliation.operator'), width: 92 },
  {
    key: 'outTradeNo',
    title: t('reconciliation.orderNo'),
    width: 220,
    render: (row) => <Code>{row.outTradeNo}</Code>,
  },
  {
    key: 'tradeType',
    title: t('reconciliation.channel'),
    width: 84,
    render: (row) => channel(t, row.tradeType),
    export: {
      format: 'text',
      words: { '1': t('recharge.room.tradeType.1'), '2': t('recharge.room.tradeType.2') },
    },
  },
]

export const recordColumns = (t: TFunction) => [...compared(t), ...origin(t)]

/** The vendor's channel codes (C-22); others as sent. */
export function channel(t: TFunction, code: string | null): string {
  return code === '1' || code === '2' ? t(`recharge.room.tradeType.${code}`) : (code ?? '')
}

const DAY_STATES = ['none', 'running', 'partial', 'complete', 'signed'] as const

export const dayColumns = (t: TFunction): readonly Column<ReconciliationDay>[] => [
  {
    key: 'day',
    title: t('reconciliation.day'),
    width: 100,
    render: (row) => <span className="sd-figure">{row.day}</span>,
  },
  {
    key: 'state',
    title: t('reconciliation.state'),
    width: 90,
    render: (row) => <State tone={DAY_TONES[row.state]}>{t(`reconciliation.stateName.${row.state}`)}</State>,
    export: {
      format: 'text',
      words: Object.fromEntries(DAY_STATES.map((one) => [one, t(`reconciliation.stateName.${one}`)])),
    },
  },
  {
    key: 'scope',
    title: t('reconciliation.scope'),
    width: 130,
    render: (row) => t(`reconciliation.scopeName.${row.scope}`),
    export: {
      format: 'text',
      words: { touched: t('reconciliation.scopeName.touched'), all: t('reconciliation.scopeName.all') },
    },
  },
  ...CLASSES.map((one): Column<ReconciliationDay> => ({
    key: `${one}.count`,
    title: t(`reconciliation.class.${one}`),
    width: 92,
    align: 'right',
    render: (row) => (
      <span className="sd-figure sd-state" data-tone={row[one].count > 0 ? CLASS_TONES[one] : 'neutral'}>
        {row[one].count}
      </span>
    ),
    export: { format: 'integer' },
  })),
  {
    key: 'matched.hereFen',
    title: t('reconciliation.matchedAmount'),
    width: 110,
    align: 'right',
    render: (row) => <Money fen={row.matched.hereFen} />,
    export: { format: 'money' },
  },
  {
    key: 'ranAt',
    title: t('reconciliation.ranAt'),
    width: 104,
    render: (row) => <Time at={row.ranAt} />,
    export: { format: 'time' },
  },
  { key: 'signedBy', title: t('reconciliation.sign.signedBy'), width: 84 },
  { key: 'note', title: t('reconciliation.sign.note'), width: 120 },
]
