import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Column, RowOf } from '../../../ui/column.ts'
import { Code, Facts, Money, State, Time } from '../../../ui/figures.tsx'
import type { Filter } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { RoomName } from '../../../ui/RoomName.tsx'
import { useFailureText } from './failure-text.ts'
import { ReceiptActions } from './ReceiptActions.tsx'
import '../desk/desk.css'

type Row = RowOf<'receipts.list'>
const STATES = ['waiting', 'printed'] as const

/** 收据: those that wait for a printer, and all others to print once more. */
export function ReceiptsPage() {
  const { t } = useTranslation()
  const failure = useFailureText()
  return (
    <ListPage
      operation="receipts.list"
      title={t('receipts.title')}
      purpose={t('receipts.purpose')}
      columns={columns(t, failure)}
      rowKey={(row) => row.id}
      filters={filters(t)}
      input={({ state, query }) => {
        const known = STATES.find((one) => one === state)
        return { ...(known ? { state: known } : {}), ...(query ? { query: query.slice(0, 100) } : {}) }
      }}
      empty={{ what: t('receipts.empty'), todo: t('receipts.emptyTodo') }}
      drawer={DRAWER}
      actions={
        <Link to="/recharge/receipts/template">
          <Button>{t('receipts.template')}</Button>
        </Link>
      }
      export="receipts.list"
    />
  )
}

const oneReceipt = (row: Row) => <OneReceipt row={row} />
const DRAWER = { title: (row: Row) => row.number, body: oneReceipt }

const filters = (t: TFunction): Filter[] => [
  { kind: 'search', key: 'query', label: t('receipts.search') },
  {
    kind: 'select',
    key: 'state',
    label: t('receipts.state'),
    options: STATES.map((value) => ({ value, label: t(`receipts.stateName.${value}`) })),
  },
]

function StateOf({ row }: { row: Row }) {
  const { t } = useTranslation()
  return (
    <State tone={row.state === 'waiting' ? 'attention' : 'neutral'}>
      {t(`receipts.stateName.${row.state}`)}
    </State>
  )
}

const columns = (t: TFunction, failure: (reason: string | null) => string): Column<Row>[] => [
  { key: 'number', title: t('receipts.number'), width: 140, render: (row) => <Code>{row.number}</Code> },
  {
    key: 'state',
    title: t('receipts.state'),
    width: 90,
    render: (row) => <StateOf row={row} />,
    export: {
      format: 'text',
      words: { waiting: t('receipts.stateName.waiting'), printed: t('receipts.stateName.printed') },
    },
  },
  {
    key: 'roomPath',
    title: t('receipts.room'),
    width: 220,
    render: (row) => <RoomName path={row.roomPath} />,
  },
  {
    key: 'amountFen',
    title: t('receipts.amount'),
    width: 110,
    align: 'right',
    render: (row) => <Money fen={row.amountFen} />,
    export: { format: 'money' },
  },
  {
    key: 'at',
    title: t('receipts.at'),
    width: 110,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
  { key: 'operator', title: t('receipts.operator'), width: 90 },
  {
    key: 'copies',
    title: t('receipts.copies'),
    width: 70,
    align: 'right',
    render: (row) => <span className="sd-figure">{row.copies}</span>,
    export: { format: 'integer' },
  },
  { key: 'failure', title: t('receipts.failure'), width: 180, render: (row) => failure(row.failure) },
  {
    key: 'outTradeNo',
    title: t('recharge.records.orderNo'),
    width: 200,
    hidden: true,
    render: (row) => <Code>{row.outTradeNo}</Code>,
  },
]

function OneReceipt({ row }: { row: Row }) {
  const { t } = useTranslation()
  const failure = useFailureText()
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('receipts.room'), value: row.roomPath.join(' / ') },
          { label: t('receipts.amount'), value: <span className="sd-figure">{row.amountWords}</span> },
          { label: t('receipts.state'), value: <StateOf row={row} /> },
          { label: t('receipts.printedAt'), value: <Time at={row.printedAt} /> },
          { label: t('receipts.copies'), value: row.copies },
          { label: t('receipts.failure'), value: failure(row.failure) },
          { label: t('receipts.operator'), value: row.operator },
          { label: t('recharge.records.orderNo'), value: <Code>{row.outTradeNo}</Code> },
        ]}
      />
      <ReceiptActions intentId={row.intentId} printed={row.state === 'printed'} />
      <Link to={`/recharge/records/${row.intentId}`}>{t('recharge.end.record')}</Link>
    </div>
  )
}
