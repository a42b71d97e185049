import { useEffect, useRef, useState } from 'react'

/** A row of a list that lives: what it is called and how strong it is heard. */
export interface Heard {
  readonly name: string
  /** dBm */
  readonly rssi: number
}

/** One overtakes its neighbour when it is this much stronger: the list breathes, but does not dance. */
const OVERTAKE_DB = 5
const KEY_HOLDS_MS = 3000

/**
 * The order before, corrected by what is clearly stronger now; new ones take their place by signal. While `held`
 * nothing moves under the pointer: new ones come last.
 */
export function settle(before: readonly string[], found: readonly Heard[], held: boolean): string[] {
  const byName = new Map(found.map((one) => [one.name, one]))
  const kept = before.filter((name) => byName.has(name))
  const fresh = found.map(({ name }) => name).filter((name) => !before.includes(name))
  if (held) return [...kept, ...fresh]
  const order: string[] = []
  const strength = (name: string) => byName.get(name)?.rssi ?? -Infinity
  for (const name of kept) insert(order, name, (other) => strength(name) > strength(other) + OVERTAKE_DB)
  for (const name of fresh) insert(order, name, (other) => strength(name) > strength(other))
  return order
}

function insert(order: string[], name: string, overtakes: (other: string) => boolean): void {
  let at = order.length
  while (at > 0 && overtakes(order[at - 1] ?? '')) at--
  order.splice(at, 0, name)
}

/** By signal, calmly. */
export function useSettled<R extends Heard>(found: readonly R[], held: boolean): readonly R[] {
  const [order, setOrder] = useState<readonly string[]>([])
  const next = settle(order, found, held)
  if (next.join() !== order.join()) setOrder(next)
  return next.flatMap((name) => found.find((one) => one.name === name) ?? [])
}

/**
 * The pointer is over the element, or a key was pressed in it a moment ago; with `byFocus` also as long as the focus
 * is inside, for rows that Tab walks through.
 */
export function useHeld({ byFocus = false } = {}) {
  const [held, setHeld] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const hold = () => {
    clearTimeout(timer.current)
    setHeld(true)
  }
  const release = (afterMs: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setHeld(false), afterMs)
  }
  const onKeyDown = () => {
    hold()
    if (!byFocus) release(KEY_HOLDS_MS)
  }
  const focus = byFocus ? { onFocus: hold, onBlur: () => release(0) } : {}
  return {
    held,
    props: { onPointerEnter: hold, onPointerLeave: () => release(0), onKeyDown, ...focus },
  }
}
