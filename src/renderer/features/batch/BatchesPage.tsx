import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../ui/ListPage.tsx'
import { Facts } from '../../ui/figures.tsx'
import { batchFacts } from './facts.tsx'
import { batchColumns } from './columns.tsx'
import { Drop } from './Drop.tsx'
import type { Batch } from './tones.ts'
import './batch.css'

const NO_INPUT = {}

/** Many recharges from a sheet (批量充值): hand one in, see those handed in before. */
export function BatchesPage() {
  const { t } = useTranslation()
  const columns = useMemo(() => batchColumns(t), [t])
  return (
    <ListPage
      operation="recharge.batchList"
      title={t('batch.title')}
      purpose={t('batch.purpose')}
      columns={columns}
      input={() => NO_INPUT}
      rowKey={(row) => row.id}
      export="recharge.batchList"
      above={<Drop />}
      empty={{ what: t('batch.empty'), todo: t('batch.emptyTodo') }}
      drawer={{
        title: (row) => row.fileName,
        body: essentials,
        link: (row) => `/recharge/batch/${encodeURIComponent(row.id)}`,
      }}
    />
  )
}

const essentials = (row: Batch) => <Essentials batch={row} />

function Essentials({ batch }: { batch: Batch }) {
  const { t } = useTranslation()
  return <Facts facts={batchFacts(batch, t)} />
}
