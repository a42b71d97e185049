import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useRead } from '../../../api/queries.ts'
import { DeskPage, Panel } from '../../../ui/DeskPage.tsx'
import { Money } from '../../../ui/figures.tsx'
import { Reading } from '../../../ui/states.tsx'
import type { IntentDetail } from '../desk/use-reason.ts'
import { StateOf } from './columns.tsx'
import { Events } from './Events.tsx'
import { Receipt, RecordFacts, RefundPaper } from './RecordBody.tsx'
import { RecordActions } from './RecordActions.tsx'
import '../desk/desk.css'

/** One recharge as a page of its own: to be linked to, and to be settled in peace. */
export function RecordPage() {
  const { intentId = '' } = useParams()
  const intent = useRead('recharge.get', { id: intentId }, { keepPrevious: false })
  return <Reading read={intent}>{(data) => <Page intent={data} />}</Reading>
}

function Page({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  return (
    <DeskPage
      back={{ to: '/recharge/records', label: t('recharge.records.title') }}
      title={intent.roomPath.join(' / ')}
      purpose={t('recharge.detail.title')}
      aside={<StateOf row={intent} />}
      side={
        <Panel>
          <RecordFacts intent={intent} />
        </Panel>
      }
    >
      <Panel title={t('recharge.detail.actions')} extra={<Money fen={intent.amountFen} large />}>
        <div className="sd-stack">
          <Receipt intent={intent} />
          <RefundPaper intent={intent} />
          <RecordActions intent={intent} />
        </div>
      </Panel>
      <Panel title={t('recharge.detail.history')}>
        <Events intent={intent} />
      </Panel>
    </DeskPage>
  )
}
