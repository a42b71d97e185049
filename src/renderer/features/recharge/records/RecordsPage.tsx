import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { INTENT_STATES } from '#shared/intent-states.ts'
import type { IntentRow } from '#shared/contract/recharge.ts'
import { useSite } from '../../../app/site.tsx'
import { Money } from '../../../ui/figures.tsx'
import type { Filter } from '../../../ui/filters.ts'
import { ListPage } from '../../../ui/ListPage.tsx'
import { TENDERS } from '../remembered.ts'
import { recordColumns } from './columns.tsx'
import { recordInput } from './list-input.ts'
import { RecordBody } from './RecordBody.tsx'
import '../desk/desk.css'

/** 充值记录: every recharge, filtered in the URL, with what was posted in total. */
export function RecordsPage() {
  const { t } = useTranslation()
  const { zone, hello } = useSite()
  return (
    <ListPage
      operation="recharge.list"
      title={t('recharge.records.title')}
      purpose={t('recharge.records.purpose')}
      columns={recordColumns(t)}
      rowKey={(row) => row.id}
      filters={filters(t, hello.names)}
      input={(values) => recordInput(values, zone)}
      empty={{
        what: t('recharge.records.empty'),
        todo: t('recharge.records.emptyTodo'),
        action: (
          <Link to="/recharge">
            <Button type="primary">{t('recharge.records.toDesk')}</Button>
          </Link>
        ),
      }}
      drawer={DRAWER}
      totals={totals}
      export="recharge.list"
    />
  )
}

const oneRecord = (row: IntentRow) => <RecordBody key={row.id} id={row.id} />
const DRAWER = {
  title: (row: IntentRow) => row.roomPath.join(' / '),
  body: oneRecord,
  link: (row: IntentRow) => `/recharge/records/${encodeURIComponent(row.id)}`,
}

const totals = ({ appliedFen }: { appliedFen: number }) => <Applied fen={appliedFen} />

function Applied({ fen }: { fen: number }) {
  const { t } = useTranslation()
  return (
    <span className="rd-total">
      {t('recharge.records.applied')} <Money fen={fen} />
    </span>
  )
}

const filters = (t: TFunction, names: readonly string[]): Filter[] => [
  { kind: 'search', key: 'query', label: t('recharge.records.search'), width: 170 },
  {
    kind: 'select',
    key: 'state',
    label: t('recharge.records.state'),
    options: [
      { value: 'UNKNOWN,DISPUTED', label: t('recharge.records.unsettled') },
      { value: 'needsPerson', label: t('recharge.records.needsPerson') },
      ...INTENT_STATES.map((value) => ({ value, label: t(`recharge.state.${value}`) })),
    ],
  },
  {
    kind: 'select',
    key: 'operator',
    label: t('recharge.records.operator'),
    options: names.map((name) => ({ value: name, label: name })),
    width: 120,
  },
  {
    kind: 'select',
    key: 'tender',
    label: t('recharge.tender.label'),
    options: TENDERS.map((value) => ({ value, label: t(`recharge.tender.${value}`) })),
    width: 100,
  },
  { kind: 'day', key: 'from', label: t('recharge.records.from') },
  { kind: 'day', key: 'to', label: t('recharge.records.to') },
]
