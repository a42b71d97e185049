import { chance, hash } from '../hash.ts'
import { png } from './png.ts'

/** 5 × 7 dots a digit, a row a number of five bits. */
const DIGITS: readonly (readonly number[])[] = [
  [14, 17, 19, 21, 25, 17, 14],
  [4, 12, 4, 4, 4, 4, 14],
  [14, 17, 1, 2, 4, 8, 31],
  [31, 2, 4, 2, 1, 17, 14],
  [2, 6, 10, 18, 31, 2, 2],
  [31, 16, 30, 1, 1, 17, 14],
  [6, 8, 16, 30, 17, 17, 14],
  [31, 1, 2, 4, 8, 8, 8],
  [14, 17, 17, 14, 17, 17, 14],
  [14, 17, 17, 15, 1, 2, 12],
]
const WIDTH = 288
const HEIGHT = 96
const DOT = 4
const DRUM = { width: 5 * DOT + 8, height: 7 * DOT + 10, top: 28, left: 12 }
/** how far a lens with dew on it smears */
const REACH = 5
const WHOLE = 6

interface View {
  readonly seed: number
  /** of the register, hundredths */
  readonly value: number
  /** a lens with dew on it */
  readonly blurred: boolean
}

/** A counter of drums as a cheap camera sees it: six white drums, two dark ones for the decimals. */
export function counterPicture({ seed, value, blurred }: View): Buffer {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(132)
  const text = String(value)
    .padStart(WHOLE + 2, '0')
    .slice(-WHOLE - 2)
  const tilt = (hash(seed, 2) % 5) - 2
  for (let i = 0; i < text.length; i++) drum(pixels, i, Number(text[i]), tilt)
  shade(pixels, seed)
  return png({ width: WIDTH, height: HEIGHT, pixels: blurred ? blur(blur(pixels)) : pixels })
}

/** The light of a cellar, darker to one side, with scratches. */
function shade(pixels: Uint8Array, seed: number): void {
  const light = 0.7 + 0.3 * chance(seed, 1)
  const lean = chance(seed, 4) * 0.3
  for (let x = 0; x < WIDTH; x++) {
    const scratch = hash(seed, x, 3) % 37 === 0 ? 0.92 : 1
    const factor = (light - (lean * x) / WIDTH) * scratch
    for (let y = 0; y < HEIGHT; y++) pixels[y * WIDTH + x] = (pixels[y * WIDTH + x] ?? 0) * factor
  }
}

function drum(pixels: Uint8Array, place: number, digit: number, tilt: number): void {
  const isDecimal = place >= WHOLE
  const left = DRUM.left + place * (DRUM.width + 4) + (isDecimal ? 6 : 0)
  const top = DRUM.top + Math.round((tilt * place) / 2)
  const [paper, ink] = isDecimal ? [52, 226] : [236, 24]
  for (let y = 0; y < DRUM.height; y++)
    for (let x = 0; x < DRUM.width; x++)
      pixels[(top + y) * WIDTH + left + x] = isInk(digit, x, y) ? ink : paper
}

function isInk(digit: number, x: number, y: number): boolean {
  const column = Math.floor((x - 4) / DOT)
  const row = Math.floor((y - 5) / DOT)
  return column >= 0 && column < 5 && (((DIGITS[digit]?.[row] ?? 0) >> (4 - column)) & 1) === 1
}

/** The mean of what lies around. */
function blur(pixels: Uint8Array): Uint8Array {
  const out = new Uint8Array(pixels)
  for (let y = 0; y < HEIGHT; y++) {
    let sum = 0
    for (let x = 0; x < WIDTH; x++) {
      sum += pixels[y * WIDTH + x] ?? 0
      if (x >= 2 * REACH) sum -= pixels[y * WIDTH + x - 2 * REACH] ?? 0
      out[y * WIDTH + Math.max(x - REACH, 0)] = sum / Math.min(x + 1, 2 * REACH)
    }
  }
  return out
}
