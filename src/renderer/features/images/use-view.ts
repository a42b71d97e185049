import { useState } from 'react'
import { slackOf, within, type Sizes, type View } from './place.ts'

const PLAIN: View = { zoom: 1, turn: 0, contrast: false, x: 0, y: 0 }
const MOST = 6
const STEP = 1.5
/** Of the frame, by one key. */
const PAN_STEP = 1 / 4

/** How the picture is looked at; the next one begins plain. */
export function useView(id: string | undefined) {
  const [held, setHeld] = useState({ id, view: PLAIN })
  const [sizes, setSizes] = useState<Sizes | null>(null)
  const viewOf = (now: typeof held) => placed(now.id === id ? now.view : PLAIN, sizes)
  const view = viewOf(held)
  const slack = sizes ? slackOf(view, sizes) : { x: 0, y: 0 }
  // a drag may come several times before it is drawn
  const set = (change: (view: View) => Partial<View>) =>
    setHeld((now) => {
      const before = viewOf(now)
      return { id, view: placed({ ...before, ...change(before) }, sizes) }
    })
  const zoomBy = (factor: number) =>
    set((before) => {
      const zoom = Math.min(MOST, Math.max(1, before.zoom * factor))
      // what is in the middle stays there
      const ratio = zoom / before.zoom
      return { zoom, x: before.x * ratio, y: before.y * ratio }
    })
  const move = (right: number, down: number) => set(({ x, y }) => ({ x: x + right, y: y + down }))
  return {
    view,
    /** of the picture and its frame, once they are known and whenever they change */
    measured: setSizes,
    /** there is more than the frame shows */
    movable: slack.x > 0 || slack.y > 0,
    closer: () => zoomBy(STEP),
    farther: () => zoomBy(1 / STEP),
    turn: () => set(({ turn }) => ({ turn: (turn + 90) % 360, x: 0, y: 0 })),
    contrast: () => set(({ contrast }) => ({ contrast: !contrast })),
    plain: () => set(() => PLAIN),
    /** the picture, in CSS px */
    move,
    /** the look, in steps: the picture moves the other way */
    look(right: number, down: number) {
      if (!sizes) return
      const { width, height } = sizes.frame
      move(-right * width * PAN_STEP, -down * height * PAN_STEP)
    },
  }
}

const placed = (view: View, sizes: Sizes | null) => (sizes ? within(view, sizes) : view)

export type Looking = ReturnType<typeof useView>
