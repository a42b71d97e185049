import { useCallback, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import type { Output } from '#shared/contract/index.ts'
import { useKeyHint } from '../app/keys.tsx'
import { AsOf } from './AsOf.tsx'
import type { Column, ListInput, ListOperation, RowOf } from './column.ts'
import { ColumnChooser, useColumns } from './columns.tsx'
import { DataTable } from './DataTable.tsx'
import { DetailDrawer } from './DetailDrawer.tsx'
import { ExportButton, type Exportable } from './ExportButton.tsx'
import { FilterBar } from './FilterBar.tsx'
import { useFilters, type Filter, type FilterState, type FilterValues } from './filters.ts'
import { formatNumber } from '../app/format.ts'
import { markColumn, MarkKey, type Marks } from './marks.tsx'
import { PageHead } from './PageHead.tsx'
import { EmptyState, ErrorState, Skeleton } from './states.tsx'
import type { Sort } from './TableHead.tsx'
import { useRows, type Rows } from './use-rows.ts'

export interface ListPageProps<N extends ListOperation> {
  readonly operation: N
  readonly title: string
  readonly purpose: string
  readonly columns: readonly Column<RowOf<N>>[]
  readonly rowKey: (row: RowOf<N>) => string
  readonly filters?: readonly Filter[]
  /** the list's input from what the filters hold; `sort` and `order` are added by themselves where columns sort */
  readonly input?: (values: FilterValues) => ListInput<N>
  /** the list is empty and no filter is set: why, and the next step */
  readonly empty: { readonly what: string; readonly todo?: string; readonly action?: ReactNode }
  /** a click on a row: the essentials, and where the whole page is */
  readonly drawer?: {
    readonly title: (row: RowOf<N>) => ReactNode
    readonly body: (row: RowOf<N>, close: () => void) => ReactNode
    readonly link?: (row: RowOf<N>) => string
  }
  readonly actions?: ReactNode
  readonly asOf?: (answer: Output<N>) => number | null
  /** the totals row's own part, at the right of the count */
  readonly totals?: (answer: Output<N>) => ReactNode
  /** offered when the core can write this list to a file */
  readonly export?: Exportable & N
  /** rows are chosen for something that is done to many */
  readonly marks?: Marks<RowOf<N>>
  /** between head and filters: a notice, figures */
  readonly above?: ReactNode | ((answer: Output<N> | undefined) => ReactNode)
}

/** Template "list": title and purpose, filters in the URL, table with chosen columns, totals, export, drawer. */
export function ListPage<N extends ListOperation>(props: ListPageProps<N>) {
  const filters = props.filters ?? []
  const state = useFilters(filters.map((f) => f.key))
  const [sort, setSort] = useSort()
  const columns = useColumns<RowOf<N>>(props.operation, props.columns)
  const input = {
    ...props.input?.(state.values),
    ...(sort ? { sort: sort.key, order: sort.order } : {}),
  } as ListInput<N>
  const [range, setRange] = useState({ first: 0, last: 40 })
  const onRange = useCallback((next: { first: number; last: number }) => setRange(next), [])
  const rows = useRows(props.operation, input, range)
  const [opened, setOpen] = useState<RowOf<N> | null>(null)
  // what the drawer shows follows the list: an edit is seen at once
  const open = opened && (rows.find((row) => props.rowKey(row) === props.rowKey(opened)) ?? opened)
  useListKeys(props.drawer !== undefined)
  return (
    <div className="sd-page" data-template="list">
      <PageHead
        title={props.title}
        purpose={props.purpose}
        aside={asOf(props, rows)}
        actions={props.actions}
      />
      {typeof props.above === 'function' ? props.above(rows.answer) : props.above}
      {props.marks ? <MarkKey /> : null}
      <FilterBar filters={filters} state={state}>
        <ColumnChooser columns={props.columns} state={columns} />
        {props.export ? (
          <ExportButton list={props.export} input={input} name={props.title} columns={columns.shown} />
        ) : null}
      </FilterBar>
      <ListBody
        {...{ props, rows, state, sort, setSort, onRange, open }}
        columns={props.marks ? [markColumn(props.marks), ...columns.shown] : columns.shown}
        onOpen={setOpen}
      />
      <Totals props={props} rows={rows} />
      {props.drawer ? (
        <DetailDrawer
          row={open}
          title={props.drawer.title}
          link={props.drawer.link}
          body={props.drawer.body}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  )
}

function useListKeys(opens: boolean): void {
  useKeyHint('↑ ↓', 'common.key.move')
  useKeyHint('PgUp PgDn', 'common.key.page')
  useKeyHint(opens ? 'Enter' : 'Home End', opens ? 'common.key.open' : 'common.key.ends')
}

function useSort(): [Sort | null, (sort: Sort | null) => void] {
  const { values, set } = useFilters(['sort', 'order'])
  const sort: Sort | null = values['sort']
    ? { key: values['sort'], order: values['order'] === 'descending' ? 'descending' : 'ascending' }
    : null
  return [sort, (next) => set({ sort: next?.key ?? '', order: next?.order ?? '' })]
}

function asOf<N extends ListOperation>(props: ListPageProps<N>, rows: Rows<RowOf<N>, Output<N>>) {
  if (!props.asOf || rows.answer === undefined) return null
  return <AsOf at={props.asOf(rows.answer)} failing={rows.error !== null} />
}

function ListBody<N extends ListOperation>(parts: {
  props: ListPageProps<N>
  rows: Rows<RowOf<N>, Output<N>>
  state: FilterState
  columns: readonly Column<RowOf<N>>[]
  sort: Sort | null
  setSort: (sort: Sort | null) => void
  onRange: (range: { first: number; last: number }) => void
  open: RowOf<N> | null
  onOpen: (row: RowOf<N>) => void
}) {
  const { props, rows } = parts
  const error = rows.error ? <ErrorState error={rows.error} retry={rows.retry} /> : null
  if (rows.pending) return <div className="sd-fill">{error ?? <Skeleton lines={14} />}</div>
  return (
    <>
      {error}
      <DataTable<RowOf<N>>
        label={props.title}
        columns={parts.columns}
        total={rows.total}
        rowAt={rows.at}
        rowKey={props.rowKey}
        onRange={parts.onRange}
        {...(props.drawer ? { onOpen: parts.onOpen } : {})}
        onMark={props.marks?.toggle}
        selectedKey={parts.open ? props.rowKey(parts.open) : null}
        sort={parts.sort}
        onSort={parts.setSort}
        dimmed={rows.stale}
        empty={<Nothing state={parts.state} empty={props.empty} />}
      />
    </>
  )
}

function Nothing(props: { state: FilterState; empty: ListPageProps<ListOperation>['empty'] }) {
  const { t } = useTranslation()
  if (!props.state.active) return <EmptyState {...props.empty} />
  const clear = <Button onClick={props.state.clear}>{t('common.action.clearFilters')}</Button>
  return <EmptyState what={t('common.list.noMatch')} todo={t('common.list.noMatchTodo')} action={clear} />
}

function Totals<N extends ListOperation>({
  props,
  rows,
}: {
  props: ListPageProps<N>
  rows: Rows<RowOf<N>, Output<N>>
}) {
  const { t } = useTranslation()
  return (
    <footer className="sd-totals">
      <span className="sd-figure">
        {rows.pending ? ' ' : t('common.list.total', { n: formatNumber(rows.total) })}
      </span>
      {rows.answer !== undefined && props.totals ? props.totals(rows.answer) : null}
    </footer>
  )
}
