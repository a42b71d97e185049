import { Checkbox } from 'antd'
import { useKeyHint } from '../app/keys.tsx'
import type { Column } from './column.ts'

/** Rows of a list that were chosen; kept by the page, whatever the filter shows. */
export interface Marks<Row> {
  readonly has: (row: Row) => boolean
  readonly toggle: (row: Row) => void
  /** title of the column */
  readonly title: string
  /** what a screen reader says of a row's box */
  readonly label: (row: Row) => string
}

/** A box before the other columns; a click on it does not open the row. Space marks the row under the cursor. */
export const markColumn = <Row,>({ has, toggle, title, label }: Marks<Row>): Column<Row> => ({
  key: 'sd-mark',
  title,
  width: 44,
  export: false,
  render: (row) => (
    <span className="sd-mark" onClick={(event) => event.stopPropagation()}>
      <Checkbox tabIndex={-1} aria-label={label(row)} checked={has(row)} onChange={() => toggle(row)} />
    </span>
  ),
})

export function MarkKey() {
  useKeyHint('Space', 'common.key.mark')
  return null
}
