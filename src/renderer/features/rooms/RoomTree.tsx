import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { type RoomNode } from '#shared/contract/rooms.ts'
import { UNLINKED_NODE } from '#shared/contract/values.ts'
import { useKeyHint } from '../../app/keys.tsx'
import { visibleLines, type TreeLine } from './tree.ts'

const LINE = 30
const OVERSCAN = 10

interface RoomTreeProps {
  readonly rows: readonly RoomNode[]
  readonly expanded: ReadonlySet<string>
  readonly onExpand: (expanded: ReadonlySet<string>) => void
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}

/** Areas, buildings, rooms: draws only the lines in sight, arrows walk, Enter chooses. */
export function RoomTree(props: RoomTreeProps) {
  const { t } = useTranslation()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => visibleLines(props.rows, props.expanded), [props.rows, props.expanded])
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(600)
  const walk = useWalk(props, lines, box)
  useKeyHint('↑ ↓', 'common.key.move')
  useKeyHint('← →', 'rooms.key.expand')
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const first = Math.max(0, Math.floor(top / LINE) - OVERSCAN)
  const shown = lines.slice(first, Math.ceil((top + height) / LINE) + OVERSCAN)
  return (
    <div
      ref={box}
      className="room-tree"
      role="tree"
      aria-label={t('rooms.tree')}
      aria-activedescendant={walk.at === null ? undefined : `${id}-${walk.at}`}
      tabIndex={0}
      onKeyDown={walk.onKeyDown}
      onScroll={(event) => setTop(Math.floor(event.currentTarget.scrollTop / LINE) * LINE)}
    >
      <div role="presentation" style={{ height: lines.length * LINE, position: 'relative' }}>
        {shown.map((line, i) => (
          <Line
            key={line.node.id}
            id={`${id}-${first + i}`}
            line={line}
            top={(first + i) * LINE}
            tree={props}
            active={walk.at === first + i}
            toggle={walk.toggle}
          />
        ))}
      </div>
    </div>
  )
}

function Line(props: {
  id: string
  line: TreeLine
  top: number
  tree: RoomTreeProps
  active: boolean
  toggle: (node: RoomNode) => void
}) {
  const { t } = useTranslation()
  const { node, depth } = props.line
  const opens = node.children.length > 0
  const expanded = props.tree.expanded.has(node.id)
  const name = node.id === UNLINKED_NODE ? t('rooms.unlinked') : node.name
  return (
    <div
      id={props.id}
      role="treeitem"
      aria-level={depth}
      aria-expanded={opens ? expanded : undefined}
      aria-selected={props.tree.selected === node.id}
      className="room-line"
      data-active={props.active ? '' : undefined}
      data-inactive={node.active ? undefined : ''}
      style={{ top: props.top, paddingLeft: 8 + (depth - 1) * 18 }}
      onClick={() => {
        props.tree.onSelect(node.id)
        if (opens) props.toggle(node)
      }}
    >
      <span className="room-caret" aria-hidden>
        {opens ? expanded ? <CaretDownOutlined /> : <CaretRightOutlined /> : null}
      </span>
      <span className="sd-cut" title={node.id === UNLINKED_NODE ? t('rooms.unlinkedHint') : name}>
        {name}
      </span>
      {node.active ? null : <span className="sd-quiet">{t('rooms.inactive')}</span>}
    </div>
  )
}

function useWalk(
  { expanded, onExpand, onSelect }: RoomTreeProps,
  lines: readonly TreeLine[],
  box: RefObject<HTMLDivElement | null>,
) {
  const [active, setActive] = useState<string | null>(null)
  const index = lines.findIndex(({ node }) => node.id === active)
  const at = index < 0 ? null : index
  const set = (id: string, open: boolean) => {
    const next = new Set(expanded)
    if (open) next.add(id)
    else next.delete(id)
    onExpand(next)
  }
  const go = (to: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, to))
    setActive(lines[next]?.node.id ?? null)
    if (box.current) keepInSight(box.current, next)
  }
  const side = (line: TreeLine, open: boolean) => {
    const { node } = line
    if (node.children.length > 0 && expanded.has(node.id) !== open) set(node.id, open)
    else if (open && node.children.length > 0) go(index + 1)
    else if (!open && line.parent !== null) go(lines.findIndex((one) => one.node.id === line.parent))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[index]
    const moves: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: lines.length - 1,
      PageDown: index + 15,
      PageUp: index - 15,
    }
    const to = moves[event.key]
    if (to !== undefined) go(to)
    else if (line && event.key === 'ArrowRight') side(line, true)
    else if (line && event.key === 'ArrowLeft') side(line, false)
    else if (line && event.key === 'Enter') onSelect(line.node.id)
    else return
    event.preventDefault()
  }
  return { at, onKeyDown, toggle: (node: RoomNode) => set(node.id, !expanded.has(node.id)) }
}

function keepInSight(element: HTMLElement, index: number): void {
  const top = index * LINE
  if (top < element.scrollTop) element.scrollTop = top
  else if (top + LINE > element.scrollTop + element.clientHeight)
    element.scrollTop = top + LINE - element.clientHeight
}
