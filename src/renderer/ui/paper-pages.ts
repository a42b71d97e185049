import type { PaperUnit } from './paper-items.ts'

/** A4 and the margins of `@page`, mm */
export const A4 = { width: 210, height: 297, top: 16, left: 15, bottom: 18 } as const
/** The same, lying on its long side. */
export const A4_LYING = { ...A4, width: A4.height, height: A4.width } as const
export type PaperSize = Readonly<Record<'width' | 'height' | 'top' | 'left' | 'bottom', number>>
export const roomOf = ({ height, top, bottom }: PaperSize): number => height - top - bottom

export interface PaperPart {
  /** where on the sheet this page begins, mm */
  readonly origin: number
  readonly units: readonly PaperUnit[]
}

/** Cuts a sheet into pages, between units only; a heading goes with what follows it. */
export function cutPages(units: readonly PaperUnit[], room = roomOf(A4)): PaperPart[] {
  const pages: PaperUnit[][] = []
  let page: PaperUnit[] = []
  const turn = (kept: PaperUnit[]) => {
    if (page.length > 0) pages.push(page)
    page = kept
  }
  for (const unit of units) {
    const origin = page[0]?.top ?? unit.top
    if (unit.first) turn([])
    else if (unit.bottom - origin > room) turn(leading(page))
    page.push(unit)
  }
  turn([])
  return pages.map((those) => ({ origin: those[0]?.top ?? 0, units: those }))
}

/** Takes the headings off the end of a page, unless it has nothing else. */
function leading(page: PaperUnit[]): PaperUnit[] {
  const last = page.findLastIndex(({ leads }) => !leads)
  return last < 0 ? [] : page.splice(last + 1)
}
