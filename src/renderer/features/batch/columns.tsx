import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import { MayButton } from '../../app/why-not.tsx'
import type { Column } from '../../ui/column.ts'
import { Figure, Money, State, Time } from '../../ui/figures.tsx'
import { RoomName } from '../../ui/RoomName.tsx'
import {
  asRowError,
  BATCH_STATES,
  BATCH_TONES,
  ROW_ERRORS,
  ROW_STATES,
  ROW_TONES,
  type Batch,
  type BatchRow,
} from './tones.ts'

export const batchColumns = (t: TFunction): readonly Column<Batch>[] => [
  {
    key: 'createdAt',
    title: t('batch.createdAt'),
    width: 110,
    render: (row) => <Time at={row.createdAt} />,
    export: { format: 'time' },
  },
  { key: 'fileName', title: t('batch.fileName'), width: 240 },
  {
    key: 'state',
    title: t('batch.state'),
    width: 130,
    render: (row) => <State tone={BATCH_TONES[row.state]}>{t(`batch.stateName.${row.state}`)}</State>,
    export: {
      format: 'text',
      words: Object.fromEntries(BATCH_STATES.map((state) => [state, t(`batch.stateName.${state}`)])),
    },
  },
  number('rows', t('batch.rows')),
  number('errors', t('batch.errors')),
  money('amountFen', t('batch.amount')),
  money('postFen', t('batch.toPostFen')),
  number('appliedRows', t('batch.applied')),
  money('appliedFen', t('batch.appliedFen')),
  { key: 'createdBy', title: t('batch.createdBy'), width: 90 },
]

function number(key: 'rows' | 'errors' | 'appliedRows', title: string): Column<Batch> {
  return {
    key,
    title,
    width: 90,
    align: 'right',
    render: (row) => <Figure value={row[key]} />,
    export: { format: 'integer' },
  }
}

function money(key: 'amountFen' | 'postFen' | 'appliedFen', title: string): Column<Batch> {
  return {
    key,
    title,
    width: 120,
    align: 'right',
    render: (row) => <Money fen={row[key]} />,
    export: { format: 'money' },
  }
}

export interface RowActions {
  readonly onRepeat: (row: BatchRow) => void
  readonly onTakeBack: (row: BatchRow) => void
}

export const rowColumns = (t: TFunction, actions: RowActions): readonly Column<BatchRow>[] => [
  { key: 'row', title: t('batch.row'), width: 56, align: 'right', export: { format: 'integer' } },
  {
    key: 'room',
    title: t('batch.room'),
    width: 140,
    render: (row) => <RoomName path={row.room.split(/\s*[/／]\s*/)} />,
  },
  {
    key: 'amountFen',
    title: t('batch.rowAmount'),
    width: 100,
    align: 'right',
    render: (row) =>
      row.amountFen === null ? (
        <span className="batch-raw">{row.amount}</span>
      ) : (
        <Money fen={row.amountFen} />
      ),
    export: { format: 'money' },
  },
  {
    key: 'state',
    title: t('batch.state'),
    width: 90,
    render: (row) => <State tone={ROW_TONES[row.state]}>{t(`batch.rowState.${row.state}`)}</State>,
    export: {
      format: 'text',
      words: Object.fromEntries(ROW_STATES.map((state) => [state, t(`batch.rowState.${state}`)])),
    },
  },
  {
    key: 'error',
    title: t('batch.error'),
    width: 230,
    render: (row) => <Remark t={t} row={row} actions={actions} />,
    export: {
      format: 'text',
      words: Object.fromEntries(ROW_ERRORS.map((code) => [code, t(`batch.rowError.${code}`)])),
    },
  },
  { key: 'note', title: t('batch.note'), width: 90 },
  {
    key: 'intentId',
    title: t('batch.sale'),
    width: 78,
    render: (row) =>
      row.intentId === null ? null : (
        <Link to={`/recharge/records/${encodeURIComponent(row.intentId)}`}>{t('batch.openSale')}</Link>
      ),
    export: false,
  },
]

/** What is wrong with a row, or what a person may say, or said, of it. */
function Remark({ t, row, actions }: { t: TFunction; row: BatchRow; actions: RowActions }) {
  if (row.state === 'same')
    return (
      <MayButton
        operation="recharge.batchRepeat"
        size="small"
        title={t(row.intentId === null ? 'batch.sameLost' : 'batch.sameRow')}
        onClick={() => actions.onRepeat(row)}
      >
        {t('batch.repeat.one')}
      </MayButton>
    )
  if (row.repeatBy === null || row.error !== null) return <RowErrorText t={t} code={row.error} />
  return (
    <>
      {t('batch.repeat.by', { name: row.repeatBy })}
      {row.state === 'ready' || row.state === 'waiting' ? (
        <MayButton
          operation="recharge.batchRepeat"
          type="link"
          size="small"
          onClick={() => actions.onTakeBack(row)}
        >
          {t('batch.repeat.takeBack')}
        </MayButton>
      ) : null}
    </>
  )
}

/** A code of a newer core shows itself. */
function RowErrorText({ t, code }: { t: TFunction; code: string | null }) {
  const known = asRowError(code)
  const text = known ? t(`batch.rowError.${known}`) : (code ?? '')
  return <span title={text}>{text}</span>
}
