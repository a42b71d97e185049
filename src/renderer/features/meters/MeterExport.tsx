import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useFormat } from '../../app/site.tsx'
import type { Column } from '../../ui/column.ts'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { readingColumns } from './ReadingsTable.tsx'
import { alignSpan } from './spans.ts'
import type { UsageRow } from './usage-rows.ts'
import type { MeterView } from './view-state.ts'
import { unitOf } from './words.ts'

interface Props {
  readonly meter: MeterRow
  readonly view: MeterView
}

/** Writes what the open tab shows: usage of the meters on the chart, or the register values. */
export function MeterExport({ meter, view }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const unit = unitOf(meter.kind)
  const columns = useMemo(() => readingColumns(t, unit, format.full), [t, unit, format])
  if (view.tab === 'readings')
    return (
      <ExportButton
        list="meters.readings"
        input={{ meterId: meter.id, ...view.span }}
        name={t('meters.readings.exportName', { tableNo: meter.tableNo })}
        columns={columns}
      />
    )
  return <UsageExport meter={meter} view={view} />
}

function UsageExport({ meter, view }: Props) {
  const { t } = useTranslation()
  const { zone } = useFormat()
  const { compare, bucket } = view
  const meterIds = [meter.id, ...(compare.kind === 'meters' ? compare.ids : [])]
  const unit = unitOf(meter.kind)
  const columns: readonly Column<UsageRow>[] = [
    { key: 'meterId', title: t('meters.column.tableNo'), width: 1 },
    {
      key: 'bucket',
      title: t(`meters.table.bucket.${bucket}`),
      width: 1,
      export: { format: bucket === 'hour' ? 'time' : 'day' },
    },
    {
      key: 'usage',
      title: unit ? `${t('meters.table.usage')} (${unit})` : t('meters.table.usage'),
      width: 1,
      export: { format: 'decimal' },
    },
    {
      key: 'state',
      title: t('meters.table.state'),
      width: 1,
      export: {
        format: 'text',
        words: {
          measured: t('meters.state.measured'),
          gap: t('meters.state.gap'),
          reset: t('meters.state.reset'),
          estimated: t('meters.state.estimated'),
        },
      },
    },
  ]
  return (
    <ExportButton
      list="meters.usage"
      input={{ meterIds, ...alignSpan(view.span, bucket, zone), bucket }}
      name={t('meters.table.exportName', { tableNo: meter.tableNo })}
      columns={columns}
    />
  )
}
