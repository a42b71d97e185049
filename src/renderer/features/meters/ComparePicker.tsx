import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useRead } from '../../api/queries.ts'
import { MOST_COMPARED, type Compare } from './compare.ts'
import { compareChange, type ViewChange } from './view-state.ts'

interface Props {
  readonly meter: MeterRow
  readonly compare: Compare
  readonly change: (change: ViewChange) => void
}

const KINDS = ['none', 'previous', 'lastYear', 'meters'] as const

/** What the span is laid beside; other meters are searched by number, place or user. */
export function ComparePicker({ meter, compare, change }: Props) {
  const { t } = useTranslation()
  const [picking, setPicking] = useState(false)
  const kind = compare.kind === 'none' && picking ? 'meters' : compare.kind
  return (
    <>
      <Select
        aria-label={t('meters.compareWith.label')}
        value={kind}
        style={{ width: 152 }}
        popupMatchSelectWidth={false}
        options={KINDS.map((value) => ({ value, label: t(`meters.compareWith.${value}`) }))}
        onChange={(next) => {
          setPicking(next === 'meters')
          change(compareChange(next === 'meters' ? { kind: 'none' } : { kind: next }))
        }}
      />
      {kind === 'meters' ? (
        <OtherMeters
          meter={meter}
          ids={compare.kind === 'meters' ? compare.ids : []}
          onChange={(ids) => {
            setPicking(true)
            change(compareChange(ids.length > 0 ? { kind: 'meters', ids } : { kind: 'none' }))
          }}
        />
      ) : null}
    </>
  )
}

interface OthersProps {
  readonly meter: MeterRow
  readonly ids: readonly string[]
  onChange(ids: readonly string[]): void
}

function OtherMeters({ meter, ids, onChange }: OthersProps) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  // the same kind only: kWh beside m³ would share an axis and mean nothing
  const found = useRead('meters.list', { query, kind: meter.kind, distinct: true, limit: 20 })
  const rows = (found.data?.rows ?? []).filter(({ id }) => id !== meter.id)
  return (
    <Select
      mode="multiple"
      aria-label={t('meters.compareWith.search')}
      placeholder={t('meters.compareWith.pick', { n: MOST_COMPARED })}
      style={{ minWidth: 260 }}
      maxCount={MOST_COMPARED}
      value={[...ids]}
      onChange={(next: string[]) => onChange(next)}
      showSearch={{ filterOption: false, onSearch: setQuery }}
      options={rows.map((row) => ({
        value: row.id,
        label: row.tableNo,
        title: [row.tableNo, row.place, row.house, row.user].filter(Boolean).join(' '),
      }))}
      optionRender={(option) => option.data.title}
      labelRender={({ label, value }) => label ?? String(value).replace(/^[a-z]+:/, '')}
    />
  )
}
