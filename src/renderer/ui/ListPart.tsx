import { useCallback, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatNumber } from '../app/format.ts'
import { AsOf } from './AsOf.tsx'
import { type Column, type ListInput, type ListOperation, type RowOf } from './column.ts'
import { ColumnChooser, useColumns } from './columns.tsx'
import { DataTable } from './DataTable.tsx'
import { DetailDrawer } from './DetailDrawer.tsx'
import { ExportButton, type Exportable } from './ExportButton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { useFilters, type Filter, type FilterValues } from './filters.ts'
import { EmptyState, ErrorState, Skeleton } from './states.tsx'
import { useRows } from './use-rows.ts'

export interface ListPartProps<N extends ListOperation> {
  readonly operation: N
  readonly label: string
  readonly columns: readonly Column<RowOf<N>>[]
  readonly filters?: readonly Filter[]
  readonly input: (values: FilterValues) => ListInput<N>
  readonly rowKey: (row: RowOf<N>) => string
  readonly export?: Exportable & N
  /** file name without extension; the label where it is not said */
  readonly exportName?: string
  readonly empty: { readonly what: string; readonly todo?: string }
  readonly drawer?: {
    readonly title: (row: RowOf<N>) => ReactNode
    readonly body: (row: RowOf<N>) => ReactNode
    readonly link?: (row: RowOf<N>) => string
  }
  readonly asOf?: (answer: Output<N>) => number | null
  /** rows in sight; without it the list fills its place */
  readonly lines?: number
}

const NO_FILTERS: readonly Filter[] = []

/** A list inside a page or under a tab: the parts of the list template without a page head of its own. */
export function ListPart<N extends ListOperation>(props: ListPartProps<N>) {
  const { t } = useTranslation()
  const filters = props.filters ?? NO_FILTERS
  const state = useFilters(filters.map(({ key }) => key))
  const columns = useColumns<RowOf<N>>(props.operation, props.columns)
  const input = props.input(state.values)
  const [range, setRange] = useState({ first: 0, last: 40 })
  const onRange = useCallback((next: { first: number; last: number }) => setRange(next), [])
  const rows = useRows(props.operation, input, range)
  const [opened, setOpen] = useState<RowOf<N> | null>(null)
  // what the drawer shows follows the list: an edit is seen at once
  const open = opened && (rows.find((row) => props.rowKey(row) === props.rowKey(opened)) ?? opened)
  const failed = rows.error ? <ErrorState error={rows.error} retry={rows.retry} /> : null
  if (rows.pending) return failed ?? <Skeleton lines={props.lines ?? 10} />
  const at = props.asOf && rows.answer !== undefined ? props.asOf(rows.answer) : undefined
  return (
    <div className="sd-list">
      <FilterBar filters={filters} state={state}>
        {at === undefined ? null : <AsOf at={at} />}
        <ColumnChooser columns={props.columns} state={columns} />
        {props.export ? (
          <ExportButton
            list={props.export}
            input={input}
            name={props.exportName ?? props.label}
            columns={columns.shown}
            disabled={rows.total === 0}
          />
        ) : null}
      </FilterBar>
      {failed}
      <DataTable<RowOf<N> & object>
        label={props.label}
        columns={columns.shown}
        total={rows.total}
        rowAt={rows.at as (index: number) => (RowOf<N> & object) | undefined}
        rowKey={props.rowKey}
        onRange={onRange}
        {...(props.drawer ? { onOpen: setOpen } : {})}
        selectedKey={open ? props.rowKey(open) : null}
        dimmed={rows.stale}
        {...(props.lines === undefined ? {} : { height: props.lines * 32 + 34 })}
        empty={<EmptyState {...props.empty} />}
      />
      <footer className="sd-totals">{t('common.list.total', { n: formatNumber(rows.total) })}</footer>
      {props.drawer ? (
        <DetailDrawer
          row={open}
          title={props.drawer.title}
          body={props.drawer.body}
          link={props.drawer.link}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  )
}
