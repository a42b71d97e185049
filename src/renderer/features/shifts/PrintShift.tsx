import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { Facts } from '../../ui/figures.tsx'
import { PaperHead, PaperPage, Signatures } from '../../ui/PaperPage.tsx'
import { Reading } from '../../ui/states.tsx'
import { waitingOf } from './figures.ts'
import { DrawerTable } from './DrawerTable.tsx'
import { CountedTable, LateTable, MovementTable, TenderTable } from './ReportTables.tsx'
import { shiftFacts } from './shift-facts.tsx'

/** The shift report on paper; of an open shift the X report. */
export function PrintShift() {
  const { t } = useTranslation()
  const { shiftId = '' } = useParams()
  const report = useRead('shifts.report', { id: shiftId }, { keepPrevious: false })
  const open = report.data?.state === 'open'
  const title = t(open ? 'shifts.print.xTitle' : 'shifts.print.title')
  const of = report.data ? t('shifts.numberOf', { n: report.data.number }) : ''
  return (
    <PaperPage
      title={`${title} ${of}`.trim()}
      back={open ? { to: '/shifts', label: t('shifts.back') } : { to: `/shifts/${shiftId}`, label: of }}
      ready={report.data !== undefined}
    >
      <Reading read={report}>{(data) => <Sheet title={title} of={of} report={data} />}</Reading>
    </PaperPage>
  )
}

function Sheet({ title, of, report }: { title: string; of: string; report: ShiftReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const waiting = waitingOf(report)
  return (
    <>
      <PaperHead
        title={title}
        of={`${of} · ${t('shifts.report.asOf', { time: format.full(report.at).slice(0, 16) })}`}
      />
      <Facts facts={shiftFacts(report, t)} />
      <section className="paper-block">
        <h2>{t('shifts.report.title')}</h2>
        <TenderTable report={report} />
        {waiting > 0 ? <p>{t('shifts.report.waitingHint', { n: waiting })}</p> : null}
      </section>
      <div className="paper-pair paper-block">
        <section>
          <h2>{t('shifts.report.drawer')}</h2>
          <DrawerTable report={report} />
        </section>
        <section>
          <h2>{t('shifts.report.countSheet')}</h2>
          <CountedTable report={report} />
        </section>
      </div>
      <section>
        <h2>{t('shifts.report.movements')}</h2>
        <MovementTable report={report} />
      </section>
      {report.late.length > 0 ? (
        <section>
          <h2>{t('shifts.report.late')}</h2>
          <LateTable report={report} />
        </section>
      ) : null}
      <Signatures names={[t('shifts.print.cashier'), t('shifts.print.supervisor')]} />
    </>
  )
}
