import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useRead } from '../../../api/queries.ts'
import { DetailPage } from '../../../ui/DetailPage.tsx'
import { Reading } from '../../../ui/states.tsx'
import { FactTable } from '../FactTable.tsx'
import { recordsPath } from '../paths.ts'
import { RecordState } from '../RecordState.tsx'
import { RecordActs } from './RecordActs.tsx'
import { useRecordFacts, Waiting, type WholeRecord } from './RecordBody.tsx'
import '../attendance.css'

/** One shift: what counts at the left, everything that happened to it at the right. */
export function RecordPage() {
  const { recordId = '' } = useParams()
  const read = useRead('attendance.record', { recordId }, { keepPrevious: false })
  return <Reading read={read}>{(record) => <Whole record={record} />}</Reading>
}

function Whole({ record }: { record: WholeRecord }) {
  const { t } = useTranslation()
  return (
    <DetailPage
      title={record.userName}
      purpose={record.projectName}
      state={<RecordState of={record} />}
      back={{ to: recordsPath({ project: record.projectId }), label: t('attendance.records.back') }}
      actions={<RecordActs record={record} />}
      facts={useRecordFacts(record)}
      above={<Waiting record={record} />}
      main={
        <>
          <header className="sd-panel-head">
            <h2>{t('attendance.records.thread')}</h2>
          </header>
          <FactTable facts={record.thread} />
        </>
      }
    />
  )
}
