import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../../api/queries.ts'
import { useFormat } from '../../../app/site.tsx'
import { Facts, State, Time, type Fact } from '../../../ui/figures.tsx'
import { Notice, Reading } from '../../../ui/states.tsx'
import { CorrectionActs } from '../corrections/CorrectionActs.tsx'
import { Waits } from '../corrections/Waits.tsx'
import { Change } from '../Change.tsx'
import { Hours } from '../Hours.tsx'
import { isShut } from '../locks.ts'
import { Person } from '../Person.tsx'
import { RecordState } from '../RecordState.tsx'
import { ShiftSpan } from '../Span.tsx'
import { Thread } from '../Thread.tsx'
import { RecordActs } from './RecordActs.tsx'

export type WholeRecord = Output<'attendance.record'>

/** One shift whole: what counts, what waits, and everything that happened to it. */
export function RecordBody({ recordId }: { recordId: string }) {
  const read = useRead('attendance.record', { recordId }, { keepPrevious: false })
  return <Reading read={read}>{(record) => <Whole record={record} />}</Reading>
}

function Whole({ record }: { record: WholeRecord }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Waiting record={record} />
      <RecordActs record={record} />
      <Facts facts={useRecordFacts(record)} />
      <section>
        <h3 className="att-h3">{t('attendance.records.thread')}</h3>
        <Thread facts={record.thread} />
      </section>
    </div>
  )
}

/** The correction that waits: who has to answer, and for how long already. */
export function Waiting({ record }: { record: WholeRecord }) {
  const pending = record.corrections.find(({ state }) => state === 'pending')
  if (!pending) return null
  return (
    <Notice>
      <Change of={pending} />
      <Waits correction={pending} />
      {pending.note === '' ? null : <span>{pending.note}</span>}
      <CorrectionActs correction={pending} locked={isShut(record)} />
    </Notice>
  )
}

export function useRecordFacts(record: WholeRecord): readonly Fact[] {
  const { t } = useTranslation()
  const corrected =
    record.corrected === 0
      ? t('common.none')
      : t('attendance.records.correctedTimes', { n: record.corrected })
  return [
    { label: t('attendance.project'), value: record.projectName },
    { label: t('attendance.person'), value: <Person name={record.userName} phone={record.user} whole /> },
    { label: t('attendance.state'), value: <RecordState of={record} /> },
    { label: t('attendance.records.shift'), value: <ShiftSpan of={record} /> },
    { label: t('attendance.hours'), value: <Hours minutes={record.minutes} /> },
    { label: t('attendance.records.requestedAt'), value: <Time at={record.requestedAt} /> },
    { label: t('attendance.records.decidedAt'), value: <Time at={record.decidedAt} /> },
    { label: t('attendance.records.corrected'), value: corrected },
    ...(record.reason === '' ? [] : [{ label: t('attendance.reasonLabel'), value: record.reason }]),
    ...(record.subscribed
      ? [{ label: t('attendance.gang.notice'), value: t('attendance.records.subscribed') }]
      : []),
    ...(record.locked ? [{ label: t('attendance.records.lock'), value: <Locked record={record} /> }] : []),
  ]
}

function Locked({ record: { overriddenUntil } }: { record: WholeRecord }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  if (overriddenUntil === null) return <State tone="attention">{t('attendance.records.locked')}</State>
  return <>{t('attendance.records.overridden', { time: time(overriddenUntil) })}</>
}
