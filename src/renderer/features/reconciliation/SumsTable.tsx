import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ReconciliationClass, ReconciliationDay } from '#shared/contract/reconciliation.ts'
import { formatNumber } from '../../app/format.ts'
import { Money } from '../../ui/figures.tsx'
import { SheetTable, type SheetColumn } from '../../ui/SheetTable.tsx'

interface Props {
  readonly day: ReconciliationDay
  readonly classes: readonly ReconciliationClass[]
}

/** The classes with their sums, and all of them together. */
export function SumsTable(props: Props) {
  const { t } = useTranslation()
  return <SheetTable columns={columns(t, props)} rows={props.classes} rowKey={(one) => one} />
}

function columns(t: TFunction, { day, classes }: Props): SheetColumn<ReconciliationClass>[] {
  const sum = (key: 'count' | 'hereFen' | 'upstreamFen') =>
    classes.reduce((total, one) => total + day[one][key], 0)
  return [
    {
      key: 'class',
      title: t('reconciliation.classLabel'),
      names: true,
      cell: (one) => t(`reconciliation.class.${one}`),
      total: t('reconciliation.all'),
    },
    {
      key: 'count',
      title: t('reconciliation.count'),
      cell: (one) => formatNumber(day[one].count),
      total: formatNumber(sum('count')),
    },
    {
      key: 'here',
      title: t('reconciliation.here'),
      cell: (one) => <Money fen={day[one].hereFen} />,
      total: <Money fen={sum('hereFen')} />,
    },
    {
      key: 'upstream',
      title: t('reconciliation.upstream'),
      cell: (one) => <Money fen={day[one].upstreamFen} />,
      total: <Money fen={sum('upstreamFen')} />,
    },
  ]
}
