import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useWhyNot } from '../../app/why-not.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { Code, Facts, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import { WithReason } from '../../ui/states.tsx'
import { ProtectSheet } from './CommandButtons.tsx'
import { meterPath } from './paths.ts'
import { ProtectPicker } from './ProtectPicker.tsx'

type Row = RowOf<'meters.protected'>

const columns = (t: TFunction): readonly Column<Row>[] => [
  {
    key: 'tableNo',
    title: t('meterData.command.meter'),
    width: 140,
    render: (row) => (
      <Link to={meterPath(row.meterId)}>
        <Code>{row.tableNo}</Code>
      </Link>
    ),
  },
  { key: 'place', title: t('meterData.protect.place'), width: 170 },
  { key: 'house', title: t('meterData.protect.house'), width: 110 },
  { key: 'user', title: t('meterData.command.user'), width: 110 },
  { key: 'reason', title: t('meterData.protect.reason'), width: 260 },
  { key: 'by', title: t('meterData.protect.by'), width: 100 },
  {
    key: 'at',
    title: t('meterData.protect.at'),
    width: 110,
    render: (row) => <Time at={row.at} />,
    export: { format: 'time' },
  },
]

/** Supplies that a trip of a selection never reaches (保电名单). */
export function ProtectedPage() {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const shown = useMemo(() => columns(t), [t])
  const reason = useWhyNot('meters.protect')
  return (
    <>
      <ListPage
        operation="meters.protected"
        title={t('meterData.protect.title')}
        purpose={t('meterData.protect.text')}
        columns={shown}
        rowKey={(row) => row.meterId}
        filters={[{ kind: 'search', key: 'query', label: t('meterData.protect.search') }]}
        input={(values) => (values['query'] ? { query: values['query'] } : {})}
        export="meters.protected"
        empty={{ what: t('meterData.protect.empty'), todo: t('meterData.protect.emptyTodo') }}
        actions={
          <WithReason reason={reason}>
            <Button type="primary" disabled={reason !== null} onClick={() => setAdding(true)}>
              {t('meterData.protect.add')}
            </Button>
          </WithReason>
        }
        drawer={{
          title: (row) => row.tableNo,
          body: oneProtected,
          link: (row) => meterPath(row.meterId),
        }}
      />
      {adding ? <ProtectPicker onClose={() => setAdding(false)} /> : null}
    </>
  )
}

const oneProtected = (row: Row, close: () => void) => <OneProtected row={row} onGone={close} />

function OneProtected({ row, onGone }: { row: Row; onGone: () => void }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const reason = useWhyNot('meters.protect')
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          {
            label: t('meterData.command.where'),
            value: [row.place, row.house, row.user].filter(Boolean).join(' · '),
          },
          { label: t('meterData.protect.reason'), value: row.reason },
          { label: t('meterData.protect.by'), value: row.by },
          { label: t('meterData.protect.at'), value: <Time at={row.at} /> },
        ]}
      />
      <div className="sd-actions">
        <WithReason reason={reason}>
          <Button danger disabled={reason !== null} onClick={() => setAsking(true)}>
            {t('meterData.protect.remove')}
          </Button>
        </WithReason>
      </div>
      {asking ? (
        <ProtectSheet
          meter={{ id: row.meterId, tableNo: row.tableNo }}
          protect={false}
          onClose={() => setAsking(false)}
          onSaved={onGone}
        />
      ) : null}
    </div>
  )
}
