import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import { useWrite } from '../../../api/queries.ts'
import { formatMoney } from '../../../app/format.ts'
import { MayButton } from '../../../app/why-not.tsx'
import type { Column, RowOf } from '../../../ui/column.ts'
import { Code, Facts, Money, State, Time } from '../../../ui/figures.tsx'
import { ListPart } from '../../../ui/ListPart.tsx'
import { ordersPath } from '../paths.ts'
import { DecisionSheet } from '../Sheet.tsx'

type Task = RowOf<'orders.refundTasks'>

/** Money that came for orders settled or given up meanwhile. */
export function RefundTasks() {
  const { t } = useTranslation()
  const columns = useMemo(() => taskColumns(t), [t])
  return (
    <ListPart
      operation="orders.refundTasks"
      label={t('charging.abnormal.tab.refunds')}
      columns={columns}
      filters={[
        {
          kind: 'select',
          key: 'done',
          label: t('charging.refunds.state'),
          options: [
            { value: 'no', label: t('charging.refunds.waiting') },
            { value: 'yes', label: t('charging.refunds.done') },
          ],
        },
      ]}
      input={({ done }) => (done === undefined ? {} : { done: done === 'yes' })}
      rowKey={(row) => row.id}
      export="orders.refundTasks"
      empty={{ what: t('charging.refunds.empty'), todo: t('charging.refunds.emptyTodo') }}
      drawer={{ title: (row) => formatMoney(row.amountFen), body: taskBody }}
    />
  )
}

const taskColumns = (t: TFunction): readonly Column<Task>[] => [
  {
    key: 'raisedAt',
    title: t('charging.refunds.raisedAt'),
    width: 105,
    render: (row) => <Time at={row.raisedAt} />,
    export: { format: 'time' },
  },
  {
    key: 'state',
    title: t('charging.refunds.state'),
    width: 80,
    render: (row) => <TaskState row={row} />,
    export: false,
  },
  {
    key: 'amountFen',
    title: t('charging.refunds.amount'),
    width: 100,
    align: 'right',
    render: (row) => <Money fen={row.amountFen} />,
    export: { format: 'money' },
  },
  { key: 'reason', title: t('charging.refunds.reason'), width: 260 },
  {
    key: 'orderId',
    title: t('charging.refunds.orderId'),
    width: 180,
    render: (row) => <Code>{row.orderId}</Code>,
  },
  { key: 'doneBy', title: t('charging.refunds.doneBy'), width: 90 },
  {
    key: 'doneAt',
    title: t('charging.refunds.doneAt'),
    width: 105,
    render: (row) => <Time at={row.doneAt} />,
    export: { format: 'time' },
  },
  { key: 'note', title: t('charging.refunds.note'), width: 180 },
  { key: 'providerId', title: t('charging.refunds.provider'), width: 180, hidden: true },
]

function TaskState({ row }: { row: Task }) {
  const { t } = useTranslation()
  if (row.doneAt !== null) return t('charging.refunds.done')
  return <State tone="attention">{t('charging.refunds.waiting')}</State>
}

const taskBody = (row: Task) => <TaskDrawer row={row} />

function TaskDrawer({ row }: { row: Task }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const done = useWrite('orders.refundDone', { onSuccess: () => setAsking(false) })
  const facts = [
    { label: t('charging.refunds.amount'), value: <Money fen={row.amountFen} /> },
    { label: t('charging.refunds.reason'), value: row.reason },
    {
      label: t('charging.refunds.orderId'),
      value: (
        <Link to={ordersPath({ query: row.orderId })}>
          <Code>{row.orderId}</Code>
        </Link>
      ),
    },
    { label: t('charging.refunds.provider'), value: <Code>{row.providerId}</Code> },
  ]
  const end = [
    { label: t('charging.refunds.doneBy'), value: row.doneBy },
    { label: t('charging.refunds.doneAt'), value: <Time at={row.doneAt} /> },
    { label: t('charging.refunds.note'), value: row.note },
  ]
  return (
    <div className="sd-stack">
      {row.doneAt === null ? (
        <div className="sd-actions">
          <MayButton operation="orders.refundDone" type="primary" onClick={() => setAsking(true)}>
            {t('charging.refunds.action')}
          </MayButton>
        </div>
      ) : null}
      <Facts facts={row.doneAt === null ? facts : [...facts, ...end]} />
      <DecisionSheet
        title={asking ? t('charging.refunds.title', { money: formatMoney(row.amountFen) }) : null}
        facts={facts}
        text={t('charging.refunds.text')}
        action={t('charging.refunds.action')}
        reason={{
          label: t('charging.refunds.note'),
          hint: t('charging.refunds.noteHint'),
          needed: t('charging.refunds.noteNeeded'),
          least: 2,
        }}
        busy={done.isPending}
        error={done.error}
        onSure={(note) => done.mutate({ id: row.id, note })}
        onClose={() => {
          done.reset()
          setAsking(false)
        }}
      />
    </div>
  )
}
