import type { Paper } from '#shared/contract/receipts.ts'

/** CSS px of one mm. */
const PX_PER_MM = 96 / 25.4

/** Sheets in mm; a roll is as long as what stands on it. */
export const PAPER_MM: Readonly<Record<Paper, { width: number; height: number | null }>> = {
  roll58: { width: 58, height: null },
  roll80: { width: 80, height: null },
  a4half: { width: 210, height: 148.5 },
}

/** What a printer reaches across, mm: the sheet without its margins. */
export const PRINTABLE_MM: Readonly<Record<Paper, number>> = { roll58: 48, roll80: 72, a4half: 174 }

export interface PageMm {
  readonly width: number
  readonly height: number
}

/** The page for a paper whose content is `contentPx` high; a roll ends at the next whole millimetre. */
export function pageOf(paper: Paper, contentPx: number): PageMm {
  const { width, height } = PAPER_MM[paper]
  return { width, height: height ?? Math.ceil(contentPx / PX_PER_MM) + 1 }
}

/** Margins are part of the sheet's own layout: the page has none, so no driver adds or shrinks. */
export const pageRule = ({ width, height }: PageMm) => `@page { size: ${width}mm ${height}mm; margin: 0 }`
