import { DownloadOutlined } from '@ant-design/icons'
import { Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { downloadBlob } from '../../ui/download.ts'
import { Facts } from '../../ui/figures.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { Calculator } from './Calculator.tsx'
import { asLines } from './parameters.ts'
import { requestsPath } from './paths.ts'
import { Accepted, Answer, Parameters } from './RequestParts.tsx'
import { useRequestFacts } from './use-request-facts.tsx'
import { useLanWords } from './use-words.ts'
import { Why, type Detail } from './Why.tsx'
import './lan.css'

export function RequestPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const read = useRead('lan.request', { id }, { keepPrevious: false })
  const back = <BackLink to={requestsPath} label={t('lan.requests.title')} />
  return (
    <div className="sd-page" data-template="detail">
      {back}
      {read.error?.code === 'NOT_FOUND' ? (
        <EmptyState what={t('lan.requests.gone')} todo={t('lan.requests.goneTodo')} />
      ) : (
        <Reading read={read} lines={10}>
          {(request) => <OneRequest key={request.id} request={request} />}
        </Reading>
      )}
    </div>
  )
}

function OneRequest({ request }: { request: Detail }) {
  const { t } = useTranslation()
  const words = useLanWords()
  const tabs = [
    { key: 'parameters', label: t('lan.one.parameters'), children: <Parameters request={request} /> },
    { key: 'accepted', label: t('lan.one.accepted'), children: <Accepted request={request} /> },
    { key: 'answer', label: t('lan.one.answer'), children: <Answer request={request} /> },
  ]
  return (
    <>
      <PageHead
        title={request.endpoint}
        purpose={`${words.side(request.side)} · ${request.address}`}
        actions={<ExportOne request={request} />}
      />
      <div className="lan-request">
        <div className="sd-stack">
          <Why request={request} />
          <Tabs items={tabs} />
        </div>
        <aside className="sd-stack">
          <section className="sd-panel">
            <Facts facts={useRequestFacts(request)} />
          </section>
          <Calculator
            {...(request.side === null ? {} : { side: request.side })}
            parameters={asLines(request.parameters)}
          />
        </aside>
      </div>
    </>
  )
}

/** What is on the screen as a file, for the integrator of the mini-program. */
function ExportOne({ request }: { request: Detail }) {
  const { t } = useTranslation()
  const write = () => {
    const json = JSON.stringify({ ...request, at: new Date(request.at).toISOString() }, null, 2)
    const name = `${request.endpoint.replaceAll(/\W+/g, '-')}-${request.id}.json`
    downloadBlob(name, new Blob([json], { type: 'application/json' }))
  }
  return (
    <Button icon={<DownloadOutlined />} onClick={write}>
      {t('lan.requests.exportOne')}
    </Button>
  )
}
