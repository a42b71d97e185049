import { Tooltip } from 'antd'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { SIZE } from '../app/theme.ts'
import { plainText, type Column } from './column.ts'
import { TableHead, type Sort } from './TableHead.tsx'
import { textWidth } from './text-width.ts'

/** Rows drawn beyond the visible ones, so that a wheel turn shows no blank. */
const OVERSCAN = 8

export interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly total: number
  /** undefined: not here yet, drawn as a skeleton */
  readonly rowAt: (index: number) => Row | undefined
  readonly rowKey: (row: Row) => string
  readonly onRange?: (range: { first: number; last: number }) => void
  readonly onOpen?: (row: Row) => void
  /** Space on the row under the cursor */
  readonly onMark?: ((row: Row) => void) | undefined
  /** Ctrl+A */
  readonly onMarkAll?: (() => void) | undefined
  /** Enter, where it does something else than a click on the row */
  readonly onEnter?: ((row: Row | undefined) => void) | undefined
  /** the keys work at once: the table is what the page is for */
  readonly takesFocus?: boolean
  readonly selectedKey?: string | null
  readonly sort?: Sort | null
  readonly onSort?: (sort: Sort | null) => void
  /** shown instead of rows when there are none */
  readonly empty?: ReactNode
  /** rows of an earlier filter are shown while the new ones come */
  readonly dimmed?: boolean
  /** px; without it the table fills its place */
  readonly height?: number
}

/** Both sides of a cell, px. */
const PADDING = 20

/** A head is read whole, however narrow what stands below it. */
const widthOf = <Row,>({ title, width }: Column<Row>) => Math.max(width, textWidth(title, 13) + PADDING)

/**
 * A grid that draws only the rows in sight, of a list of any length; 32 px rows. Its own body rather than antd's
 * virtual table, because that one walks all rows on every scroll and has no roles for screen readers.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, total, onRange } = props
  const box = useRef<HTMLDivElement | null>(null)
  const view = useViewport(box)
  const first = Math.max(0, Math.floor(view.top / SIZE.row) - OVERSCAN)
  const last = Math.min(total - 1, Math.ceil((view.top + view.height) / SIZE.row) + OVERSCAN)
  useEffect(() => onRange?.({ first, last: Math.max(first, last) }), [first, last, onRange])
  const { takesFocus = false } = props
  useEffect(() => {
    if (takesFocus) box.current?.focus({ preventScroll: true })
  }, [takesFocus])
  const id = useId()
  const cursor = useCursor(props, view)
  const widths = columns.map(widthOf)
  const template = widths.map((width) => `minmax(${width}px, ${width}fr)`).join(' ')
  const minWidth = widths.reduce((sum, width) => sum + width, 0)
  // what stands in place of the rows may hold a link, which no row of a grid may: the grid is then the heads alone
  const empty = total === 0 && props.empty !== undefined
  const grid = {
    role: 'grid',
    'aria-label': props.label,
    'aria-rowcount': total + 1,
    'aria-colcount': columns.length,
  }
  const head = (
    <TableHead columns={columns} sort={props.sort ?? null} onSort={props.onSort} minWidth={minWidth} />
  )
  return (
    <div
      ref={box}
      className="sd-grid"
      {...(empty ? {} : grid)}
      aria-activedescendant={cursor.index === null ? undefined : `${id}-${cursor.index}`}
      tabIndex={0}
      onScroll={(event) => view.scrolledTo(event.currentTarget.scrollTop)}
      onKeyDown={cursor.onKeyDown}
      style={{ height: props.height, '--columns': template } as object}
      data-dimmed={props.dimmed ? '' : undefined}
    >
      {empty ? (
        <>
          <div {...grid}>{head}</div>
          <div className="sd-grid-empty">{props.empty}</div>
        </>
      ) : (
        <>
          {head}
          <Body {...{ id, first, last, minWidth }} active={cursor.index} table={props} />
        </>
      )}
    </div>
  )
}

function Body<R>(props: {
  id: string
  first: number
  last: number
  minWidth: number
  active: number | null
  table: DataTableProps<R>
}) {
  const { id, table, minWidth } = props
  return (
    <div role="rowgroup" style={{ height: table.total * SIZE.row, minWidth, position: 'relative' }}>
      {indexes(props.first, props.last).map((index) => (
        <Row key={index} id={`${id}-${index}`} index={index} active={props.active === index} table={table} />
      ))}
    </div>
  )
}

const indexes = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)

function Row<R>(props: { id: string; index: number; active: boolean; table: DataTableProps<R> }) {
  const { table, index } = props
  const row = table.rowAt(index)
  const open = table.onOpen
  return (
    <div
      id={props.id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={row !== undefined && table.rowKey(row) === table.selectedKey}
      className="sd-grid-row"
      data-active={props.active ? '' : undefined}
      data-opens={open ? '' : undefined}
      style={{ top: index * SIZE.row }}
      onClick={row && open ? () => open(row) : undefined}
    >
      {table.columns.map((column) => (
        <div key={column.key} role="gridcell" className="sd-grid-cell" data-align={column.align}>
          {row ? cell(row, column) : <span className="sd-bone" />}
        </div>
      ))}
    </div>
  )
}

function cell<R>(row: R, column: Column<R>): ReactNode {
  if (column.render) return column.render(row)
  const text = plainText(row as object, column.key)
  return text.length > 24 ? (
    <Tooltip title={text} mouseEnterDelay={0.6}>
      <span className="sd-cut">{text}</span>
    </Tooltip>
  ) : (
    text
  )
}

interface Viewport {
  readonly top: number
  readonly height: number
  readonly scrolledTo: (top: number) => void
}

function useViewport(box: RefObject<HTMLDivElement | null>): Viewport {
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(600)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  // by whole rows: a scroll inside one row draws nothing anew
  const scrolledTo = (to: number) => setTop(Math.floor(to / SIZE.row) * SIZE.row)
  return { top, height, scrolledTo }
}

/** Arrows, page keys, Home and End move a cursor; Enter opens its row. */
function useCursor<R>(props: DataTableProps<R>, view: Viewport) {
  const [index, setIndex] = useState<number | null>(null)
  const inPage = Math.max(1, Math.floor(view.height / SIZE.row) - 2)
  const move = (element: HTMLElement, to: number) => {
    const next = Math.max(0, Math.min(props.total - 1, to))
    setIndex(next)
    scrollTo(element, next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || props.total === 0) return
    const from = index ?? -1
    const steps: Record<string, number> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + inPage,
      PageUp: from - inPage,
      Home: 0,
      End: props.total - 1,
    }
    const to = steps[event.key]
    const row = index === null ? undefined : props.rowAt(index)
    if (to !== undefined) move(event.currentTarget, to)
    else if (event.key === 'Enter' && props.onEnter) props.onEnter(row)
    else if (event.key === 'Enter' && row) props.onOpen?.(row)
    else if (isMarkAll(event) && props.onMarkAll) props.onMarkAll()
    else if (event.key === ' ' && row && props.onMark) props.onMark(row)
    else return
    event.preventDefault()
  }
  return { index: index !== null && index < props.total ? index : null, onKeyDown }
}

const isMarkAll = ({ key, ctrlKey, metaKey }: KeyboardEvent) =>
  (ctrlKey || metaKey) && key.toLowerCase() === 'a'

function scrollTo(element: HTMLElement, index: number): void {
  const top = index * SIZE.row
  const room = element.clientHeight - 2 * SIZE.row
  if (top < element.scrollTop) element.scrollTop = top
  else if (top > element.scrollTop + room) element.scrollTop = top - room
}
