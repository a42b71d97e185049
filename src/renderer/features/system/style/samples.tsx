import { Button, Input } from 'antd'
import { useState } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { MINUTE } from '#shared/time.ts'
import { useFormat } from '../../../app/site.tsx'
import { AsOf } from '../../../ui/AsOf.tsx'
import type { Column } from '../../../ui/column.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DeskPage, Panel } from '../../../ui/DeskPage.tsx'
import { DetailPage } from '../../../ui/DetailPage.tsx'
import { Code, Figure, Money, State, Time } from '../../../ui/figures.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import type { Sort } from '../../../ui/TableHead.tsx'

interface Sample {
  readonly key: string
  readonly place: string
  readonly value: string
  readonly at: number
}

/** Invented rows; the last of them "not here yet". */
const ROWS = 400
const LOADED = 360

const sampleRow = (t: TFunction, now: number, index: number): Sample | undefined =>
  index < LOADED
    ? {
        key: String(202_005_000_000 + index * 37),
        place: t('style.building', { n: 101 + index }),
        value: (1000 + index * 7.25).toFixed(2),
        at: now - index * MINUTE,
      }
    : undefined

const columns = (t: TFunction): Column<Sample>[] => [
  { key: 'key', title: t('style.name'), width: 120, sortable: true, render: (row) => <Code>{row.key}</Code> },
  { key: 'place', title: t('style.place'), width: 150 },
  {
    key: 'value',
    title: t('style.value'),
    width: 90,
    align: 'right',
    render: (row) => <Figure value={row.value} />,
  },
  { key: 'at', title: t('style.at'), width: 100, render: (row) => <Time at={row.at} /> },
]

export function ListSample() {
  const { t } = useTranslation()
  const [now] = useState(useFormat().now)
  const [open, setOpen] = useState<string | null>(null)
  const [sort, setSort] = useState<Sort | null>({ key: 'key', order: 'ascending' })
  return (
    <Panel title={t('style.list')}>
      <DataTable
        label={t('style.list')}
        height={280}
        columns={columns(t)}
        total={ROWS}
        rowAt={(index) => sampleRow(t, now, index)}
        rowKey={(row) => row.key}
        onOpen={(row) => setOpen(row.key)}
        selectedKey={open}
        sort={sort}
        onSort={setSort}
      />
    </Panel>
  )
}

export function DetailSample() {
  const { t } = useTranslation()
  const { now } = useFormat()
  return (
    <Panel title={t('style.detail')}>
      <DetailPage
        names={false}
        title={<Code>202005005292</Code>}
        purpose={t('style.building', { n: 102 })}
        state={<AsOf at={now()} />}
        actions={<Button>{t('style.more')}</Button>}
        facts={[
          { label: t('style.place'), value: t('style.building', { n: 102 }) },
          { label: t('style.value'), value: <Figure value="10622.50" unit="kWh" /> },
        ]}
        main={<Skeleton lines={5} afterMs={0} />}
        tabs={[
          { key: 'facts', label: t('style.facts'), children: t('style.samplePurpose') },
          { key: 'history', label: t('style.history'), children: t('style.samplePurpose') },
        ]}
      />
    </Panel>
  )
}

export function DeskSample() {
  const { t } = useTranslation()
  return (
    <Panel title={t('style.desk')}>
      <DeskPage
        names={false}
        title={t('style.sampleTitle')}
        purpose={t('style.deskHint')}
        side={
          <Panel title={t('style.side')}>
            <State tone="attention">{t('shell.status.partial')}</State>
          </Panel>
        }
      >
        <Panel title={t('style.room')}>
          <div className="sd-stack">
            <Input aria-label={t('style.room')} size="large" defaultValue={t('style.building', { n: 102 })} />
            <Money fen={50_000} large />
            <Button type="primary" size="large">
              {t('style.lock')}
            </Button>
          </div>
        </Panel>
      </DeskPage>
    </Panel>
  )
}
