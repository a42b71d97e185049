export interface Size {
  readonly width: number
  readonly height: number
}

/** The frame in CSS px, the picture as it was taken. */
export interface Sizes {
  readonly frame: Size
  readonly picture: Size
}

export interface View {
  readonly zoom: number
  /** degrees, a multiple of 90 */
  readonly turn: number
  readonly contrast: boolean
  /** CSS px that the middle of the picture lies off the middle of the frame */
  readonly x: number
  readonly y: number
}

export const isSideways = ({ turn }: Pick<View, 'turn'>) => turn % 180 !== 0

/** CSS px that the picture can be moved to either side until its edge is at the edge of the frame. */
export function slackOf(view: Pick<View, 'zoom' | 'turn'>, { frame, picture }: Sizes): Pick<View, 'x' | 'y'> {
  const { width, height } = isSideways(view)
    ? { width: picture.height, height: picture.width }
    : { width: picture.width, height: picture.height }
  const scale = Math.min(frame.width / width, frame.height / height) * view.zoom
  return { x: beyond(width * scale, frame.width), y: beyond(height * scale, frame.height) }
}

const beyond = (shown: number, frame: number) => Math.max(0, (shown - frame) / 2)

/** The view with no gap between an edge of the frame and a picture that is larger than the frame. */
export function within(view: View, sizes: Sizes): View {
  const slack = slackOf(view, sizes)
  return { ...view, x: between(view.x, slack.x), y: between(view.y, slack.y) }
}

const between = (value: number, most: number) => Math.min(most, Math.max(-most, value))
