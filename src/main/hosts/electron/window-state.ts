import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Bounds {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
}
export interface WindowState extends Bounds {
  readonly maximized: boolean
}

/** 1366 × 768 shows at least 14 rows of a table (ux.md "Look"). */
const FIRST: WindowState = { width: 1366, height: 768, maximized: false }
export const SMALLEST = { width: 1024, height: 640 } as const

const fileOf = (directory: string) => join(directory, 'window.json')
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

/** How the window stood last time, if that is still on a screen. */
export function readWindowState(directory: string, screens: readonly Required<Bounds>[]): WindowState {
  try {
    const raw = JSON.parse(readFileSync(fileOf(directory), 'utf8')) as Record<string, unknown>
    const { x, y, width, height, maximized } = raw
    if (!isWhole(width) || !isWhole(height) || !isWhole(x) || !isWhole(y)) return FIRST
    const size = { width: Math.max(width, SMALLEST.width), height: Math.max(height, SMALLEST.height) }
    const place = screens.some((s) => overlaps(s, { x, y, ...size })) ? { x, y } : {}
    return { ...size, ...place, maximized: maximized === true }
  } catch {
    return FIRST
  }
}

/** At least a strip of the title bar can be grabbed. */
const overlaps = (screen: Required<Bounds>, window: Required<Bounds>) =>
  window.x + window.width > screen.x + 100 &&
  window.x < screen.x + screen.width - 100 &&
  window.y >= screen.y - 10 &&
  window.y < screen.y + screen.height - 50

/** Where the folder cannot be written the window simply opens as it did at first. */
export function saveWindowState(directory: string, state: WindowState): void {
  try {
    writeFileSync(fileOf(directory), JSON.stringify(state), { mode: 0o600 })
  } catch {
    // Not worth a word to anybody.
  }
}
