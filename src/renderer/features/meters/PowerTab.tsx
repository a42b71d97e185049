import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useRead } from '../../api/queries.ts'
import { formatNumber } from '../../app/format.ts'
import { AsOf } from '../../ui/AsOf.tsx'
import { EChart } from '../../ui/EChart.tsx'
import { SheetTable } from '../../ui/SheetTable.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import {
  GROUPS,
  imbalance,
  powerLines,
  powerOption,
  type Group,
  type PhaseRow,
  type PowerLine,
} from './power-lines.ts'
import type { MeterView } from './view-state.ts'

/** Voltage, current and power of the three phases, as the meter reported them (I-25). */
export function PowerTab({ meter, view }: { meter: MeterRow; view: MeterView }) {
  const { t } = useTranslation()
  const read = useRead('meters.bands', { meterId: meter.id, ...view.span })
  const [group, setGroup] = useState<Group>('volt')
  return (
    <div className="meter-table">
      <Segmented
        aria-label={t('meterData.power.choose')}
        value={group}
        onChange={setGroup}
        options={GROUPS.map((value) => ({ value, label: t(`meterData.power.group.${value}`) }))}
      />
      <Reading read={read} lines={10}>
        {({ phases, asOf }) => <Power meter={meter} group={group} rows={phases} asOf={asOf} />}
      </Reading>
    </div>
  )
}

interface Shown {
  readonly meter: MeterRow
  readonly group: Group
  readonly rows: readonly PhaseRow[]
  readonly asOf: number | null
}

function Power({ meter, group, rows, asOf }: Shown) {
  const { t } = useTranslation()
  const lines = useMemo(() => powerLines(rows, group), [rows, group])
  const apart = useMemo(() => imbalance(rows, group), [rows, group])
  const option = useMemo(
    () =>
      powerOption(lines, {
        A: t('meterData.power.phase.A'),
        B: t('meterData.power.phase.B'),
        C: t('meterData.power.phase.C'),
        total: t('meterData.power.phase.total'),
      }),
    [lines, t],
  )
  if (lines.length === 0)
    return <EmptyState what={t('meterData.power.empty')} todo={t('meterData.power.emptyTodo')} />
  const what = t(`meterData.power.group.${group}`)
  return (
    <>
      <EChart
        label={t('meterData.power.chart', { name: meter.tableNo, what })}
        option={option}
        height={280}
      />
      <div className="meter-caption">
        {apart ? (
          <span>
            {t('meterData.power.imbalance')}{' '}
            {t('meterData.power.imbalanceText', { max: apart.max.toFixed(1), mean: apart.mean.toFixed(1) })}
          </span>
        ) : null}
        <span>{t('meterData.power.asReported')}</span>
        <AsOf at={asOf} />
      </div>
      <Figures lines={lines} caption={what} />
    </>
  )
}

function Figures({ lines, caption }: { lines: readonly PowerLine[]; caption: string }) {
  const { t } = useTranslation()
  const figure = (of: (line: PowerLine) => number) => (line: PowerLine) => formatNumber(of(line).toFixed(2))
  const columns = [
    {
      key: 'line',
      align: 'left' as const,
      title: t('meterData.power.line'),
      cell: ({ line }: PowerLine) => t(`meterData.power.phase.${line}`),
    },
    { key: 'min', title: t('meterData.power.min'), cell: figure((l) => l.min) },
    { key: 'mean', title: t('meterData.power.mean'), cell: figure((l) => l.mean) },
    { key: 'max', title: t('meterData.power.max'), cell: figure((l) => l.max) },
    {
      key: 'count',
      title: t('meterData.power.count'),

      cell: (line: PowerLine) => formatNumber(line.points.length),
    },
  ]
  return <SheetTable caption={caption} columns={columns} rows={lines} rowKey={({ line }) => line} dense />
}
