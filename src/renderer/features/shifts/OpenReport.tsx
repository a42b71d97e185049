import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { useRead } from '../../api/queries.ts'
import { usePageKey } from '../../app/keys.tsx'
import { useFormat } from '../../app/site.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { Notice, Reading } from '../../ui/states.tsx'
import { CashDialog, type Direction } from './CashDialog.tsx'
import { isOff, waitingOf } from './figures.ts'
import { DrawerTable } from './DrawerTable.tsx'
import { MovementTable, TenderTable } from './ReportTables.tsx'
import { formatMoney } from '../../app/format.ts'
import { MayButton, useWhyNot } from '../../app/why-not.tsx'

/** X report: the figures of this moment, and what one does with a shift. */
export function OpenReport({ onCount }: { onCount: () => void }) {
  // sales of this minute are not announced by an event of the shift's own
  const report = useRead('shifts.report', {}, { everyMs: 30_000 })
  return (
    <Reading read={report} lines={10}>
      {(data) => <Figures report={data} onCount={onCount} />}
    </Reading>
  )
}

function Figures({ report, onCount }: { report: ShiftReport; onCount: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [cash, setCash] = useState<Direction | null>(null)
  const mayNot = useWhyNot('shifts.close')
  usePageKey('F9', 'shifts.key.count', () => mayNot === null && onCount())
  const waiting = waitingOf(report)
  return (
    <>
      <Panel
        title={`${t('shifts.numberOf', { n: report.number })} · ${report.operator} · ${t('shifts.since', { time: format.time(report.openedAt) })}`}
        extra={<span className="sd-quiet">{t('shifts.report.asOf', { time: format.time(report.at) })}</span>}
      >
        <div className="sd-actions">
          <MayButton operation="shifts.cash" onClick={() => setCash('in')}>
            {t('shifts.cash.in')}
          </MayButton>
          <MayButton operation="shifts.cash" onClick={() => setCash('out')}>
            {t('shifts.cash.out')}
          </MayButton>
          <Link to={`/print/shift/${encodeURIComponent(report.id)}`}>
            <Button icon={<PrinterOutlined />}>{t('shifts.report.x')}</Button>
          </Link>
          <span className="sd-spring" />
          <MayButton operation="shifts.close" type="primary" onClick={onCount}>
            {t('shifts.count.action')} <kbd className="shift-key">F9</kbd>
          </MayButton>
        </div>
      </Panel>
      {isOff(report.differenceFen) && report.countedFen !== null ? (
        <Notice>{t('shifts.diff.kept', { amount: formatMoney(report.countedFen) })}</Notice>
      ) : null}
      {waiting > 0 ? <Notice>{t('shifts.report.waitingHint', { n: waiting })}</Notice> : null}
      <Panel title={t('shifts.report.title')}>
        <TenderTable report={report} />
      </Panel>
      <Panel title={t('shifts.report.drawer')}>
        <DrawerTable report={report} />
      </Panel>
      <Panel title={t('shifts.report.movements')}>
        <MovementTable report={report} />
      </Panel>
      <CashDialog direction={cash} onClose={() => setCash(null)} />
    </>
  )
}
