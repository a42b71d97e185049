import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type {
  ReconciliationClass,
  ReconciliationDay,
  ReconciliationRecord,
} from '#shared/contract/reconciliation.ts'
import { useRead } from '../../api/queries.ts'
import { Code, Facts, Money, Time } from '../../ui/figures.tsx'
import { PaperHead, PaperPage, Signatures } from '../../ui/PaperPage.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'
import { Reading } from '../../ui/states.tsx'
import { CLASSES, restOf } from './classes.ts'
import { SumsTable } from './SumsTable.tsx'
import './reconciliation.css'

/** Rows of a class on paper; more belong in a file. */
const MOST_ROWS = 1000

/** A day on paper: the sums, and one by one what did not match. */
export function PrintDay() {
  const { t } = useTranslation()
  const { day = '' } = useParams()
  const read = useRead('reconciliation.get', { day }, { keepPrevious: false })
  const title = t('reconciliation.print.title')
  return (
    <PaperPage
      title={`${title} ${day}`}
      back={{ to: `/reconciliation?day=${day}`, label: t('reconciliation.title') }}
      ready={read.data !== undefined}
    >
      <Reading read={read}>{(data) => <Sheet title={title} day={data} />}</Reading>
    </PaperPage>
  )
}

function Sheet({ title, day }: { title: string; day: ReconciliationDay }) {
  const { t } = useTranslation()
  const rest = CLASSES.filter((one) => one !== 'matched' && day[one].count > 0)
  return (
    <>
      <PaperHead title={title} of={day.day} />
      <Facts
        facts={[
          { label: t('reconciliation.state'), value: t(`reconciliation.stateName.${day.state}`) },
          { label: t('reconciliation.scope'), value: t(`reconciliation.scopeName.${day.scope}`) },
          { label: t('reconciliation.ranAt'), value: <Time at={day.ranAt} /> },
          {
            label: t('reconciliation.rooms'),
            value: t('reconciliation.roomsOf', { done: day.roomsDone, total: day.rooms }),
          },
          { label: t('reconciliation.sign.signedBy'), value: day.signedBy },
          { label: t('reconciliation.sign.note'), value: day.note },
        ]}
      />
      <section className="paper-block">
        <h2>{t('reconciliation.print.sums')}</h2>
        <SumsTable day={day} classes={CLASSES} />
      </section>
      <section>
        <h2>{t('reconciliation.print.rest')}</h2>
        {restOf(day) === 0 ? <p>{t('reconciliation.print.restNone')}</p> : null}
        {rest.map((one) => (
          <ClassRows key={one} day={day.day} one={one} />
        ))}
      </section>
      <Signatures names={[t('reconciliation.print.maker'), t('reconciliation.print.supervisor')]} />
    </>
  )
}

function ClassRows({ day, one }: { day: string; one: ReconciliationClass }) {
  const { t } = useTranslation()
  const read = useRead('reconciliation.records', { day, class: one, limit: MOST_ROWS })
  return (
    <Reading read={read} lines={3}>
      {({ rows, total }) => (
        <SheetTable
          className="rec-paper"
          columns={recordColumns(t)}
          rows={rows}
          rowKey={(row) => row.outTradeNo}
          caption={
            <>
              {t(`reconciliation.class.${one}`)} · {t(`reconciliation.hint.${one}`)}
              {total > rows.length ? ` · ${t('reconciliation.print.cut', { n: rows.length })}` : ''}
            </>
          }
        />
      )}
    </Reading>
  )
}

const recordColumns = (t: TFunction): SheetColumn<ReconciliationRecord>[] => [
  { key: 'at', title: t('reconciliation.at'), cell: (row) => <Time at={row.at} /> },
  {
    key: 'room',
    title: t('reconciliation.room'),
    align: 'left',
    wrap: true,
    cell: (row) => row.roomPath.join(' / '),
  },
  {
    key: 'orderNo',
    title: t('reconciliation.orderNo'),
    align: 'left',
    cell: (row) => <Code>{row.outTradeNo}</Code>,
  },
  { key: 'here', title: t('reconciliation.here'), cell: (row) => <Money fen={row.hereFen} /> },
  { key: 'upstream', title: t('reconciliation.upstream'), cell: (row) => <Money fen={row.upstreamFen} /> },
]
