import type { ReactNode } from 'react'

export interface SheetColumn<Row> {
  readonly key: string
  readonly title?: string
  /** figures stand right, which is where a column stands; the first one stands left */
  readonly align?: 'left'
  /** long text goes on in a second line */
  readonly wrap?: boolean
  /** names its row */
  readonly names?: boolean
  readonly cell: (row: Row) => ReactNode
  /** in the row under the others; there is one where a column has it */
  readonly total?: ReactNode
}

/** A short table of figures, the same on the screen and on paper; a list of any length is a `DataTable`. */
export function SheetTable<Row>(props: {
  readonly columns: readonly SheetColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly caption?: ReactNode
  readonly className?: string
  readonly dense?: boolean
}) {
  const { columns, rows } = props
  return (
    <table
      className={props.className ? `sd-sheet ${props.className}` : 'sd-sheet'}
      data-dense={props.dense ? '' : undefined}
    >
      {props.caption === undefined ? null : <caption>{props.caption}</caption>}
      <Heads columns={columns} />
      <tbody>
        {rows.map((row) => (
          <tr key={props.rowKey(row)}>
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
      <Totals columns={columns} />
    </table>
  )
}

type Columns<Row> = { readonly columns: readonly SheetColumn<Row>[] }

function Heads<Row>({ columns }: Columns<Row>) {
  if (columns.every(({ title }) => title === undefined)) return null
  return (
    <thead>
      <tr>
        {columns.map(({ key, title, align }) =>
          title === undefined ? (
            <td key={key} />
          ) : (
            <th key={key} scope="col" data-align={align}>
              {title}
            </th>
          ),
        )}
      </tr>
    </thead>
  )
}

function Cell<Row>({ column, row }: { column: SheetColumn<Row>; row: Row }) {
  const content = column.cell(row)
  if (column.names) return <th scope="row">{content}</th>
  return (
    <td data-align={column.align} className={column.wrap ? 'sd-wrap' : undefined}>
      {content}
    </td>
  )
}

function Totals<Row>({ columns }: Columns<Row>) {
  if (columns.every(({ total }) => total === undefined)) return null
  return (
    <tfoot>
      <tr>
        {columns.map(({ key, total, names }) =>
          names ? (
            <th key={key} scope="row">
              {total}
            </th>
          ) : (
            <td key={key}>{total}</td>
          ),
        )}
      </tr>
    </tfoot>
  )
}
