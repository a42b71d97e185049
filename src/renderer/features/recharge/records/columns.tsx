import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { INTENT_STATES } from '#shared/intent-states.ts'
import type { IntentRow } from '#shared/contract/recharge.ts'
import type { Column } from '../../../ui/column.ts'
import { RoomName } from '../../../ui/RoomName.tsx'
import { Code, Money, State, Time } from '../../../ui/figures.tsx'
import { TENDERS } from '../remembered.ts'
import { toneOf } from '../states.ts'

export function StateOf({ row }: { row: Pick<IntentRow, 'state'> }) {
  const { t } = useTranslation()
  return <State tone={toneOf(row.state)}>{t(`recharge.state.${row.state}`)}</State>
}

type Columns = readonly Column<IntentRow>[]

export const recordColumns = (t: TFunction): Columns => [
  {
    key: 'createdAt',
    title: t('recharge.records.at'),
    width: 104,
    render: (row) => <Time at={row.createdAt} />,
    export: { format: 'time' },
  },
  {
    key: 'roomPath',
    title: t('recharge.records.room'),
    width: 220,
    render: (row) => <RoomName path={row.roomPath} />,
  },
  {
    key: 'amountFen',
    title: t('recharge.records.amount'),
    width: 104,
    align: 'right',
    render: (row) => <Money fen={row.amountFen} />,
    export: { format: 'money' },
  },
  {
    key: 'tender',
    title: t('recharge.tender.label'),
    width: 80,
    render: (row) => t(`recharge.tender.${row.tender}`),
    export: {
      format: 'text',
      words: Object.fromEntries(TENDERS.map((one) => [one, t(`recharge.tender.${one}`)])),
    },
  },
  {
    key: 'state',
    title: t('recharge.records.state'),
    width: 96,
    render: (row) => <StateOf row={row} />,
    export: {
      format: 'text',
      words: Object.fromEntries(INTENT_STATES.map((one) => [one, t(`recharge.state.${one}`)])),
    },
  },
  { key: 'operator', title: t('recharge.records.operator'), width: 80 },
  {
    key: 'receiptNo',
    title: t('recharge.records.receiptNo'),
    width: 130,
    render: (row) => <Code>{row.receiptNo ?? ''}</Code>,
  },
  {
    key: 'outTradeNo',
    title: t('recharge.records.orderNo'),
    width: 190,
    render: (row) => <Code>{row.outTradeNo}</Code>,
  },
  ...hidden(t),
]

const hidden = (t: TFunction): Columns => [
  {
    key: 'balanceBeforeFen',
    title: t('recharge.records.before'),
    width: 104,
    align: 'right',
    hidden: true,
    render: (row) => <Money fen={row.balanceBeforeFen} />,
    export: { format: 'money' },
  },
  {
    key: 'balanceAfterFen',
    title: t('recharge.records.after'),
    width: 104,
    align: 'right',
    hidden: true,
    render: (row) => <Money fen={row.balanceAfterFen} />,
    export: { format: 'money' },
  },
  {
    key: 'endedAt',
    title: t('recharge.records.endedAt'),
    width: 104,
    hidden: true,
    render: (row) => <Time at={row.endedAt} />,
    export: { format: 'time' },
  },
]
