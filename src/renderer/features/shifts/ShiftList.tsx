import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ShiftRow } from '#shared/contract/shifts.ts'
import { useSite } from '../../app/site.tsx'
import type { Filter } from '../../ui/filters.ts'
import { Facts, Money, State, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { shiftColumns } from './columns.tsx'
import { Signed } from './Signed.tsx'
import { STATE_TONES } from './tones.ts'

const shiftStates: readonly ShiftRow['state'][] = ['open', 'closed', 'signed']

const listInput = ({ operator, state }: Readonly<Record<string, string | undefined>>) => {
  const known = shiftStates.find((one) => one === state)
  return { ...(operator ? { operator } : {}), ...(known ? { state: known } : {}) }
}

/** Every shift with its cash; a cashier sees his own. */
export function ShiftList() {
  const { t } = useTranslation()
  const { names } = useSite().hello
  const columns = useMemo(() => shiftColumns(t), [t])
  const filters: readonly Filter[] = [
    {
      kind: 'select',
      key: 'operator',
      label: t('shifts.operator'),
      options: names.map((name) => ({ value: name, label: name })),
    },
    {
      kind: 'select',
      key: 'state',
      label: t('shifts.state'),
      options: shiftStates.map((state) => ({ value: state, label: t(`shifts.stateName.${state}`) })),
    },
  ]
  const toDesk = (
    <Link to="/shifts">
      <Button>{t('shifts.back')}</Button>
    </Link>
  )
  return (
    <ListPage
      operation="shifts.list"
      title={t('shifts.list.title')}
      purpose={t('shifts.list.purpose')}
      columns={columns}
      filters={filters}
      input={listInput}
      rowKey={(row) => row.id}
      export="shifts.list"
      actions={toDesk}
      empty={{ what: t('shifts.list.empty'), todo: t('shifts.list.emptyTodo'), action: toDesk }}
      drawer={{
        title: (row) => t('shifts.numberOf', { n: row.number }),
        body: essentials,
        link: (row) => `/shifts/${encodeURIComponent(row.id)}`,
      }}
    />
  )
}

const essentials = (row: ShiftRow) => <Essentials row={row} />

function Essentials({ row }: { row: ShiftRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('shifts.operator'), value: row.operator },
        {
          label: t('shifts.state'),
          value: <State tone={STATE_TONES[row.state]}>{t(`shifts.stateName.${row.state}`)}</State>,
        },
        { label: t('shifts.openedAt'), value: <Time at={row.openedAt} /> },
        { label: t('shifts.closedAt'), value: <Time at={row.closedAt} /> },
        { label: t('shifts.float'), value: <Money fen={row.cashFloatFen} /> },
        { label: t('shifts.expected'), value: <Money fen={row.expectedFen} /> },
        { label: t('shifts.counted'), value: <Money fen={row.countedFen} /> },
        { label: t('shifts.difference'), value: <Signed fen={row.differenceFen} /> },
        { label: t('shifts.differenceReason'), value: row.differenceReason },
        { label: t('shifts.signedBy'), value: row.signedBy },
      ]}
    />
  )
}
