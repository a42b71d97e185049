import { useState } from 'react'

export interface View {
  readonly zoom: number
  /** degrees */
  readonly turn: number
  readonly contrast: boolean
}

const PLAIN: View = { zoom: 1, turn: 0, contrast: false }
const MOST = 6
const STEP = 1.5

/** How the picture is looked at; the next one begins plain. */
export function useView(id: string | undefined) {
  const [held, setHeld] = useState({ id, view: PLAIN })
  const view = held.id === id ? held.view : PLAIN
  const set = (change: Partial<View>) => setHeld({ id, view: { ...view, ...change } })
  return {
    view,
    closer: () => set({ zoom: Math.min(view.zoom * STEP, MOST) }),
    farther: () => set({ zoom: Math.max(view.zoom / STEP, 1) }),
    turn: () => set({ turn: (view.turn + 90) % 360 }),
    contrast: () => set({ contrast: !view.contrast }),
    plain: () => set(PLAIN),
  }
}
