/** Of the text's size: Chinese characters are square, the other ones narrower. */
const NARROW = 0.6

/** About how wide a text is drawn, px, so that nothing is laid out to find it. */
export function textWidth(text: string, size: number): number {
  let squares = 0
  for (const letter of text) squares += letter >= '\u2e80' ? 1 : NARROW
  return Math.ceil(squares * size)
}
