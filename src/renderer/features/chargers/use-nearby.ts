import { useEffect, useRef, useState } from 'react'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { settle } from './nearby.ts'

export type Nearby = Output<'chargers.nearby'>

const EVERY_MS = 1000

/** What is on the air; the radio listens as long as a page asks (and not while it is hidden). */
export const useNearby = () => useRead('chargers.nearby', { listen: true }, { everyMs: EVERY_MS })

/** By signal, calmly. */
export function useSettled(found: readonly FoundCharger[], held: boolean): readonly FoundCharger[] {
  const [order, setOrder] = useState<readonly string[]>([])
  const next = settle(order, found, held)
  if (next.join() !== order.join()) setOrder(next)
  return next.flatMap((name) => found.find((charger) => charger.name === name) ?? [])
}

/** The pointer is over the element, or a key was pressed in it a moment ago. */
export function useHeld() {
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
  return {
    held,
    props: {
      onPointerEnter: hold,
      onPointerLeave: () => release(0),
      onKeyDown: () => {
        hold()
        release(KEY_HOLDS_MS)
      },
    },
  }
}
const KEY_HOLDS_MS = 3000
