import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { useKeyHint, usePageKey } from '../../app/keys.tsx'
import { BackLink } from '../../ui/BackLink.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { Calculator } from './Calculator.tsx'
import { lanPath, requestPath } from './paths.ts'
import { useRequestColumns, type RequestRow } from './request-columns.tsx'
import { requestInput, useRequestFilters } from './request-filters.ts'
import { RequestBrief } from './RequestBrief.tsx'
import './lan.css'

/** Requests as they come; paused, the list stands still at the newest of that moment. */
export function RequestsPage() {
  const { t } = useTranslation()
  const [stoodAt, setStoodAt] = useState<string | null>(null)
  const newest = useRead('lan.requests', { limit: 1 }).data?.rows[0]?.id
  const toggle = () => setStoodAt(stoodAt === null ? (newest ?? '0') : null)
  usePageKey('p', 'lan.requests.key.pause', toggle)
  useKeyHint('Enter', 'common.key.open')
  const paused = stoodAt !== null
  return (
    <div className="sd-page" data-template="list">
      <BackLink to={lanPath} label={t('lan.requests.back')} />
      <PageHead
        title={t('lan.requests.title')}
        purpose={t('lan.requests.purpose')}
        aside={<Liveness paused={paused} newer={paused && newest !== undefined && newest !== stoodAt} />}
        actions={
          <Button
            icon={paused ? <CaretRightOutlined /> : <PauseOutlined />}
            aria-pressed={paused}
            onClick={toggle}
          >
            {t(paused ? 'lan.requests.resume' : 'lan.requests.pause')}
          </Button>
        }
      />
      <div className="lan-inspector">
        <RequestList upTo={stoodAt} />
        <aside>
          <Calculator />
        </aside>
      </div>
    </div>
  )
}

function Liveness({ paused, newer }: { paused: boolean; newer: boolean }) {
  const { t } = useTranslation()
  const text = t(newer ? 'lan.requests.pausedNewer' : paused ? 'lan.requests.paused' : 'lan.requests.live')
  return (
    <span className="sd-chip" data-tone={paused ? 'attention' : undefined} role="status">
      {text}
    </span>
  )
}

const brief = ({ id }: RequestRow) => <RequestBrief id={id} />

function RequestList({ upTo }: { upTo: string | null }) {
  const { t } = useTranslation()
  const status = useRead('lan.status', {}).data
  const [params] = useSearchParams()
  const filtered = params.get('address')
  const addresses = [...new Set([...(filtered ? [filtered] : []), ...(status?.lastMinute.addresses ?? [])])]
  const off = status?.state === 'off'
  return (
    <ListPart
      operation="lan.requests"
      label={t('lan.requests.title')}
      columns={useRequestColumns()}
      filters={useRequestFilters(addresses)}
      input={(values) => ({ ...requestInput(values), ...(upTo === null ? {} : { upTo }) })}
      rowKey={({ id }: RequestRow) => id}
      export="lan.requests"
      empty={{
        what: t(off ? 'lan.requests.emptyOff' : 'lan.requests.empty'),
        ...(off ? {} : { todo: t('lan.requests.emptyTodo') }),
      }}
      drawer={{
        title: ({ endpoint }) => endpoint,
        body: brief,
        link: ({ id }) => requestPath(id),
      }}
    />
  )
}
