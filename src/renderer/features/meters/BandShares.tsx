import { useTranslation } from 'react-i18next'
import { parseDecimal } from '#shared/decimal.ts'
import { BAND_NAMES } from '#shared/phases.ts'
import { formatNumber, NONE } from '../../app/format.ts'
import { Figure } from '../../ui/figures.tsx'
import { SheetTable } from '../../ui/SheetTable.tsx'
import type { BandRow } from './band-chart.ts'
import { sumDecimals } from './decimals.ts'

export const NAMES = ['total', ...BAND_NAMES] as const
export type Name = (typeof NAMES)[number]
type Sums = Readonly<Record<Name, string | null>>

/** Another span of the meter, or another meter, laid beside it. */
export interface Beside {
  readonly key: string
  readonly name: string
  readonly rows: readonly BandRow[]
}

const sumsOf = (rows: readonly BandRow[]): Sums =>
  Object.fromEntries(
    NAMES.map((name) => [name, sumDecimals(rows.map(({ usage }) => usage[name]))]),
  ) as Record<Name, string | null>

/** The share of the bands' own sum: the total may be off (I-24). */
function shareOf(sums: Sums, name: Name): string {
  const part = parseDecimal(sums[name])?.scaled
  const whole = parseDecimal(sumDecimals(BAND_NAMES.map((band) => sums[band])))?.scaled
  if (part === undefined || !whole || name === 'total') return NONE
  return `${formatNumber(((part / whole) * 100).toFixed(1))} %`
}

const figureOf = (sums: Sums) => (name: Name) => <Figure value={sums[name]} unit="kWh" />

/** What each band used over the span, and what it used in what stands beside it. */
export function BandShares({ rows, beside }: { rows: readonly BandRow[]; beside: readonly Beside[] }) {
  const { t } = useTranslation()
  const pair = (key: string, usage: string, share: string, sums: Sums) => [
    { key, title: usage, cell: figureOf(sums) },
    { key: `${key} share`, title: share, cell: (name: Name) => shareOf(sums, name) },
  ]
  const columns = [
    {
      key: 'band',
      align: 'left' as const,
      names: true,
      title: t('meterData.bands.column.band'),
      cell: (name: Name) => t(`meterData.band.${name}`),
    },
    ...pair('usage', t('meters.tab.usage'), t('meterData.bands.column.share'), sumsOf(rows)),
    ...beside.flatMap(({ key, name, rows: others }) =>
      pair(key, name, t('meterData.bands.column.share'), sumsOf(others)),
    ),
  ]
  return (
    <SheetTable
      className="meter-shares"
      caption={t('meterData.bands.shares')}
      columns={columns}
      rows={NAMES}
      rowKey={(name) => name}
      dense
    />
  )
}
