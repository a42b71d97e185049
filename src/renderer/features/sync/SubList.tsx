import { useCallback, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../app/format.ts'
import { type Column, type ListInput, type ListOperation, type RowOf } from '../../ui/column.ts'
import { ColumnChooser, useColumns } from '../../ui/columns.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { DetailDrawer } from '../../ui/DetailDrawer.tsx'
import { ExportButton, type Exportable } from '../../ui/ExportButton.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { useFilters, type Filter, type FilterValues } from '../../ui/filters.ts'
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx'
import { useRows } from '../../ui/use-rows.ts'

interface SubListProps<N extends ListOperation & Exportable> {
  readonly operation: N
  readonly label: string
  readonly columns: readonly Column<RowOf<N>>[]
  readonly filters: readonly Filter[]
  readonly input: (values: FilterValues) => ListInput<N>
  readonly rowKey: (row: RowOf<N>) => string
  readonly exportName: string
  readonly empty: { readonly what: string; readonly todo: string }
  readonly drawer: {
    readonly title: (row: RowOf<N>) => ReactNode
    readonly body: (row: RowOf<N>) => ReactNode
  }
}

/** A list under a tab: the parts of the list template without a page head of its own. */
export function SubList<N extends ListOperation & Exportable>(props: SubListProps<N>) {
  const { t } = useTranslation()
  const state = useFilters(props.filters.map(({ key }) => key))
  const columns = useColumns<RowOf<N>>(props.operation, props.columns)
  const input = props.input(state.values)
  const [range, setRange] = useState({ first: 0, last: 40 })
  const onRange = useCallback((next: { first: number; last: number }) => setRange(next), [])
  const rows = useRows(props.operation, input, range)
  const [open, setOpen] = useState<RowOf<N> | null>(null)
  const failed = rows.error ? <ErrorState error={rows.error} retry={rows.retry} /> : null
  if (rows.pending) return failed ?? <Skeleton lines={10} />
  return (
    <div className="sync-list">
      <FilterBar filters={props.filters} state={state}>
        <ColumnChooser columns={props.columns} state={columns} />
        <ExportButton
          list={props.operation}
          input={input}
          name={props.exportName}
          columns={columns.shown}
          disabled={rows.total === 0}
        />
      </FilterBar>
      {failed}
      <DataTable<RowOf<N> & object>
        label={props.label}
        columns={columns.shown}
        total={rows.total}
        rowAt={rows.at as (index: number) => (RowOf<N> & object) | undefined}
        rowKey={props.rowKey}
        onRange={onRange}
        onOpen={setOpen}
        selectedKey={open ? props.rowKey(open) : null}
        dimmed={rows.stale}
        empty={<EmptyState {...props.empty} />}
      />
      <footer className="sd-totals">{t('common.list.total', { n: formatNumber(rows.total) })}</footer>
      <DetailDrawer
        row={open}
        title={props.drawer.title}
        body={props.drawer.body}
        onClose={() => setOpen(null)}
      />
    </div>
  )
}
