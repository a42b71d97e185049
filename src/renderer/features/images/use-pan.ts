import { useEffect, useRef, type PointerEvent } from 'react'
import { listenKey, typing, useKeyHint } from '../../app/keys.tsx'
import type { Looking } from './use-view.ts'

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const

/** The arrows move the look over a picture larger than its frame; elsewhere they stay what they are. */
export function usePanKeys(looking: Looking): void {
  const now = useRef(looking)
  useEffect(() => {
    now.current = looking
  })
  useKeyHint('← → ↑ ↓', 'images.pan')
  useEffect(() => {
    const stops = Object.entries(ARROWS).map(([key, [right, down]]) =>
      listenKey(key, () => now.current.look(right, down), {
        when: (event) => now.current.movable && !event.defaultPrevented && !typing(event.target),
      }),
    )
    return () => stops.forEach((stop) => stop())
  }, [])
}

/** The picture follows the pointer that holds it. */
export function useDrag({ move, movable }: Looking) {
  const from = useRef<{ x: number; y: number } | null>(null)
  const end = () => {
    from.current = null
  }
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (!movable || event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      from.current = { x: event.clientX, y: event.clientY }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const { current } = from
      if (!current) return
      move(event.clientX - current.x, event.clientY - current.y)
      from.current = { x: event.clientX, y: event.clientY }
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}
