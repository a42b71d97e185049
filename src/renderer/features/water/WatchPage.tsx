import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { watchKind, type WatchKind } from './watch-kinds.ts'
import type { Column, RowOf } from '../../ui/column.ts'
import { useFilters } from '../../ui/filters.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import { Figure } from '../../ui/figures.tsx'
import { WatchSays } from './WatchSays.tsx'
import { deviceOf, time } from './parts.tsx'

type Row = RowOf<'water.watch'>

const countOf = (t: TFunction, kind: WatchKind): Column<Row> => ({
  key: 'count',
  title: t(`water.watch.count.${kind}`),
  width: 90,
  align: 'right',
  render: (row) => row.count ?? t('water.watch.never'),
  export: { format: 'integer' },
})

const columns = (t: TFunction, kind: WatchKind): Column<Row>[] => [
  deviceOf('device_code', t('water.device')),
  { key: 'username', title: t('water.user'), width: 110 },
  { key: 'house_number', title: t('water.house'), width: 180 },
  {
    key: 'value',
    title: t('water.watch.value'),
    width: 110,
    align: 'right',
    render: (row) => <Figure value={row.value} />,
    export: { format: 'decimal' },
  },
  // a battery is read, not counted
  ...(kind === 'battery' ? [] : [countOf(t, kind)]),
  time('at', t('water.watch.last')),
]

const saysOf = (kind: WatchKind) => (answer: Output<'water.watch'> | undefined) => (
  <WatchSays kind={kind} answer={answer} />
)

/** Meters that want somebody to look (用水异常). */
export function WatchPage() {
  const { t } = useTranslation()
  const { values } = useFilters(['kind', 'days', 'below'])
  const kind = watchKind(values['kind'])
  const shown = useMemo(() => columns(t, kind), [t, kind])
  const days = Number(values['days'])
  const asked = {
    kind,
    ...(Number.isInteger(days) && days > 0 && days <= 366 ? { days } : {}),
    ...(/^\d+(\.\d+)?$/.test(values['below'] ?? '') && kind === 'battery' ? { below: values['below'] } : {}),
  }
  return (
    <ListPage
      operation="water.watch"
      title={t('water.watch.title')}
      purpose={t('water.watch.purpose')}
      columns={shown}
      rowKey={(row) => row.meterId}
      filters={
        kind === 'battery'
          ? [{ kind: 'text', key: 'below', label: t('water.watch.below'), width: 110 }]
          : [{ kind: 'text', key: 'days', label: t('water.watch.days'), width: 110 }]
      }
      input={() => asked}
      above={saysOf(kind)}
      empty={{ what: t('water.watch.empty') }}
      asOf={(answer) => answer.asOf}
      totals={(answer) => t('water.watch.judged', { n: answer.judged })}
      export="water.watch"
    />
  )
}
