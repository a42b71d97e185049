import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { State } from '../../ui/figures.tsx'
import { Notice, Reading } from '../../ui/states.tsx'
import { waitingOf } from './figures.ts'
import { DrawerTable } from './DrawerTable.tsx'
import { CountedTable, LateTable, MovementTable, TenderTable } from './ReportTables.tsx'
import { shiftFacts } from './shift-facts.tsx'
import { SignOff } from './SignOff.tsx'
import { STATE_TONES } from './tones.ts'
import './shifts.css'

/** One shift: its takings, its drawer, the count, and the sign-off. */
export function ShiftPage() {
  const { shiftId = '' } = useParams()
  const report = useRead('shifts.report', { id: shiftId }, { keepPrevious: false })
  return (
    <Reading read={report} lines={12}>
      {(data) => <OneShift report={data} />}
    </Reading>
  )
}

function OneShift({ report }: { report: ShiftReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const waiting = waitingOf(report)
  return (
    <DetailPage
      title={t('shifts.numberOf', { n: report.number })}
      purpose={`${report.operator} · ${format.time(report.openedAt)} – ${format.time(report.closedAt)}`}
      back={{ to: '/shifts', label: t('shifts.back') }}
      state={<State tone={STATE_TONES[report.state]}>{t(`shifts.stateName.${report.state}`)}</State>}
      actions={
        <>
          <Link to={`/print/shift/${encodeURIComponent(report.id)}`}>
            <Button icon={<PrinterOutlined />}>{t('shifts.print.action')}</Button>
          </Link>
          {report.state === 'signed' ? null : <SignOff report={report} />}
        </>
      }
      {...(waiting > 0 ? { above: <Notice>{t('shifts.report.waitingHint', { n: waiting })}</Notice> } : {})}
      facts={shiftFacts(report, t)}
      main={
        <div className="shift-sheets">
          <section>
            <h3>{t('shifts.report.title')}</h3>
            <TenderTable report={report} />
          </section>
          <section>
            <h3>{t('shifts.report.drawer')}</h3>
            <DrawerTable report={report} />
          </section>
        </div>
      }
      tabs={[
        {
          key: 'count',
          label: t('shifts.report.countSheet'),
          children: (
            <Narrow>
              <CountedTable report={report} />
            </Narrow>
          ),
        },
        {
          key: 'cash',
          label: t('shifts.report.movements'),
          children: <MovementTable report={report} />,
        },
        { key: 'late', label: t('shifts.report.late'), children: <LateTable report={report} /> },
      ]}
    />
  )
}

const Narrow = ({ children }: { children: ReactNode }) => <div className="shift-count">{children}</div>
