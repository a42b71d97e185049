import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReconciliationDay } from '#shared/contract/reconciliation.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { State } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { Notice, Reading } from '../../ui/states.tsx'
import { DAY_TONES } from './classes.ts'
import { ClassTiles } from './ClassTiles.tsx'
import { recordColumns } from './columns.tsx'
import { DayBar } from './DayBar.tsx'
import { recordBody } from './RecordDrawer.tsx'
import { RunButtons } from './RunButtons.tsx'
import { RunningLine } from './RunningLine.tsx'
import { SignDay } from './SignDay.tsx'
import { useDay } from './use-day.ts'
import './reconciliation.css'

/** One day held against the platform (对账): five classes, every record in one of them. */
export function DayPage() {
  const { t } = useTranslation()
  const chosen = useDay()
  const { day } = chosen
  const read = useRead('reconciliation.get', { day }, { keepPrevious: false })
  const columns = useMemo(() => recordColumns(t), [t])
  const input = { day, ...(chosen.class ? { class: chosen.class } : {}) }
  return (
    <ListPage
      operation="reconciliation.records"
      title={t('reconciliation.title')}
      purpose={t('reconciliation.purpose')}
      columns={columns}
      input={() => input}
      rowKey={(row) => `${row.class}:${row.outTradeNo}`}
      export="reconciliation.records"
      actions={
        <>
          <Link to="/reconciliation/days">{t('reconciliation.daysTitle')}</Link>
          <Link to={`/print/reconciliation/${day}`}>
            <Button icon={<PrinterOutlined />}>{t('reconciliation.print.action')}</Button>
          </Link>
        </>
      }
      above={
        <>
          <div className="rec-bar">
            <DayBar day={day} today={chosen.today} go={chosen.go} />
            {read.data ? <DayState day={read.data} /> : null}
            <span className="sd-spring" />
            {read.data ? <DayActions day={read.data} /> : null}
          </div>
          <Reading read={read} lines={2}>
            {(data) => (
              <>
                {data.state === 'running' && data.jobId !== null ? <RunningLine jobId={data.jobId} /> : null}
                {data.endedSince > 0 ? (
                  <Notice>{t('reconciliation.endedSince', { n: data.endedSince })}</Notice>
                ) : null}
                <ClassTiles day={data} chosen={chosen.class} choose={chosen.choose} />
              </>
            )}
          </Reading>
        </>
      }
      empty={useEmpty(read.data, chosen.class !== undefined)}
      drawer={{
        title: (row) => row.roomPath.at(-1) ?? row.roomId,
        body: recordBody,
      }}
    />
  )
}

function DayState({ day }: { day: ReconciliationDay }) {
  const { t } = useTranslation()
  const format = useFormat()
  const ran = [
    day.ranAt === null ? '' : format.time(day.ranAt),
    day.state === 'none' ? '' : t(`reconciliation.scopeName.${day.scope}`),
    day.rooms === 0 ? '' : t('reconciliation.roomsOf', { done: day.roomsDone, total: day.rooms }),
    day.signedBy === null ? '' : `${t('reconciliation.sign.signedBy')} ${day.signedBy}`,
  ]
  return (
    <span>
      <State tone={DAY_TONES[day.state]}>{t(`reconciliation.stateName.${day.state}`)}</State>{' '}
      <span className="sd-quiet">{ran.filter(Boolean).join(' · ')}</span>
    </span>
  )
}

function DayActions({ day }: { day: ReconciliationDay }) {
  return (
    <span className="sd-actions">
      <RunButtons day={day} />
      <SignDay day={day} />
    </span>
  )
}

function useEmpty(day: ReconciliationDay | undefined, byClass: boolean) {
  const { t } = useTranslation()
  if (byClass && day?.state !== 'none') return { what: t('reconciliation.emptyClass') }
  if (day === undefined || day.state === 'none')
    return { what: t('reconciliation.emptyNone'), todo: t('reconciliation.emptyNoneTodo') }
  return { what: t('reconciliation.emptyDay'), todo: t('reconciliation.emptyDayTodo') }
}
