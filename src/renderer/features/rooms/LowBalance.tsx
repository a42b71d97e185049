import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { Filter } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { lowColumns, type LowRow } from './low-columns.tsx'
import { lowInput } from './low-input.ts'
import { LowDrawer } from './LowDrawer.tsx'
import { roomPath } from './paths.ts'
import './rooms.css'

/** Rooms that run out of money (低余额). */
export function LowBalance() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const columns = useMemo(() => lowColumns(t), [t])
  const filters: readonly Filter[] = [
    { kind: 'money', key: 'below', label: t('rooms.low.below'), placeholder: t('rooms.low.belowDefault') },
    { kind: 'search', key: 'query', label: t('rooms.low.search') },
  ]
  return (
    <ListPage
      operation="rooms.lowBalance"
      title={t('rooms.low.title')}
      purpose={t('rooms.low.purpose')}
      columns={columns}
      filters={filters}
      input={lowInput}
      rowKey={(row) => row.id}
      asOf={(answer) => answer.asOf}
      export="rooms.lowBalance"
      empty={{ what: t('rooms.low.empty'), todo: t('rooms.low.emptyTodo') }}
      actions={
        <Link to={`/print/notices?${params.toString()}`}>
          <Button icon={<PrinterOutlined />}>{t('rooms.low.notices')}</Button>
        </Link>
      }
      drawer={{
        title: (row) => row.path.at(-1) ?? row.name,
        body: drawer,
        link: (row) => roomPath(row.id),
      }}
    />
  )
}

const drawer = (row: LowRow) => <LowDrawer row={row} />
