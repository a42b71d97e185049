import { CaretDownOutlined, CaretUpOutlined } from '@ant-design/icons'
import type { Column } from './column.ts'

export interface Sort {
  readonly key: string
  readonly order: 'ascending' | 'descending'
}

interface HeadProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly sort: Sort | null
  readonly onSort: ((sort: Sort | null) => void) | undefined
  readonly minWidth: number
}

/** Column heads; a click sorts ascending, then descending, then as the list comes. */
export function TableHead<Row>({ columns, sort, onSort, minWidth }: HeadProps<Row>) {
  return (
    <div role="rowgroup" className="sd-grid-head" style={{ minWidth }}>
      <div role="row" aria-rowindex={1} className="sd-grid-headrow">
        {columns.map((column) => {
          const sortKey = typeof column.sortable === 'string' ? column.sortable : column.key
          const order = sort?.key === sortKey ? sort.order : undefined
          const sorts = column.sortable && onSort
          return (
            <div
              key={column.key}
              role="columnheader"
              aria-sort={order ?? (sorts ? 'none' : undefined)}
              className="sd-grid-cell"
              data-align={column.align}
            >
              {sorts ? (
                <button type="button" className="sd-sort" onClick={() => onSort(nextSort(sortKey, order))}>
                  {column.title}
                  {order === 'ascending' ? <CaretUpOutlined /> : null}
                  {order === 'descending' ? <CaretDownOutlined /> : null}
                </button>
              ) : (
                column.title
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function nextSort(key: string, order: Sort['order'] | undefined): Sort | null {
  if (order === undefined) return { key, order: 'ascending' }
  return order === 'ascending' ? { key, order: 'descending' } : null
}
