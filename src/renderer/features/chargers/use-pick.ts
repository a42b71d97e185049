import { useState, type KeyboardEvent } from 'react'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import { useSelected } from './kept.ts'
import { selectable } from './nearby.ts'

interface PickOptions {
  readonly rows: readonly FoundCharger[]
  readonly now: number
  readonly onOpen: (name: string) => void
  readonly onBlink: (name: string) => void
  readonly onLeave: () => void
}

/** Cursor and selection of the list by keys and clicks; both go by name, whatever moves. */
export function usePick({ rows, now, onOpen, onBlink, onLeave }: PickOptions) {
  const selected = useSelected()
  const [cursor, setCursor] = useState<string | null>(null)
  const names = rows.map(({ name }) => name)
  const may = (name: string) => rows.some((row) => row.name === name && selectable(row, now))
  const at = cursor === null ? -1 : names.indexOf(cursor)

  const range = (from: number, to: number) =>
    names.slice(Math.min(from, to), Math.max(from, to) + 1).filter(may)
  const moveTo = (index: number, extend: boolean) => {
    const next = names[Math.max(0, Math.min(names.length - 1, index))]
    if (next === undefined) return
    if (extend) selected.add(range(Math.max(at, 0), names.indexOf(next)))
    setCursor(next)
  }
  const toggle = (name: string) => {
    setCursor(name)
    if (may(name)) selected.toggle(name)
  }
  const all = () => selected.add(names.filter(may))

  const act: Record<string, (() => void) | undefined> = {
    ' ': cursor === null ? undefined : () => toggle(cursor),
    Enter: cursor === null ? undefined : () => onOpen(cursor),
    F2: cursor === null ? undefined : () => onBlink(cursor),
    Escape: () => (selected.names.length > 0 ? selected.set([]) : onLeave()),
  }
  const to: Record<string, number | undefined> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: names.length - 1,
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return
    const index = to[event.key]
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') all()
    else if (index !== undefined) moveTo(index, event.shiftKey)
    else if (act[event.key]) act[event.key]?.()
    else return
    event.preventDefault()
  }
  const onClick = (name: string, shift: boolean) => {
    if (shift && at >= 0) moveTo(names.indexOf(name), true)
    else toggle(name)
  }
  return { cursor: at < 0 ? null : cursor, setCursor, selected, all, may, onKeyDown, onClick }
}
const PAGE = 10
