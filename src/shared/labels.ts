import type { LabelKind, LabelLayout, LabelSettings } from './contract/labels.ts'

/** What stands in place of the device code in an address. */
const PLACE = '{code}'

/** The text of a QR: the address with the code in its place, after it where it has none, or the bare code (D-02). */
export function labelText(
  settings: Pick<LabelSettings, 'managerUrl' | 'userUrl'>,
  kind: LabelKind,
  code: string,
) {
  const address = (kind === 'manager' ? settings.managerUrl : settings.userUrl).trim()
  if (address === '') return code
  return address.includes(PLACE) ? address.replaceAll(PLACE, encodeURIComponent(code)) : `${address}${code}`
}

/** Where one label is, mm from the top left corner of its page. */
export interface LabelPlace {
  readonly page: number
  readonly x: number
  readonly y: number
}

/** Tenths of a millimetre added up stay tenths. */
const tenth = (mm: number) => Math.round(mm * 10) / 10

/** `count` labels row by row, the first in place `start` (1 = top left): sheets that were begun are used up. */
export function placeLabels(layout: LabelLayout, count: number, start = 1): LabelPlace[] {
  const perPage = layout.rows * layout.columns
  return Array.from({ length: count }, (_, i) => {
    const place = start - 1 + i
    const onPage = place % perPage
    const row = Math.floor(onPage / layout.columns)
    const column = onPage % layout.columns
    return {
      page: Math.floor(place / perPage),
      x: tenth(layout.marginLeft + column * (layout.labelWidth + layout.gapX) + layout.shiftX),
      y: tenth(layout.marginTop + row * (layout.labelHeight + layout.gapY) + layout.shiftY),
    }
  })
}

/** What does not fit, as fields of the layout; empty when all labels lie on the page and the QR on the label. */
export function misfits(layout: LabelLayout): (keyof LabelLayout)[] {
  const { rows, columns, gapX, gapY } = layout
  const wide = layout.marginLeft + columns * layout.labelWidth + (columns - 1) * gapX
  const high = layout.marginTop + rows * layout.labelHeight + (rows - 1) * gapY
  const wrong: (keyof LabelLayout)[] = []
  if (tenth(wide) > layout.pageWidth) wrong.push('labelWidth')
  if (tenth(high) > layout.pageHeight) wrong.push('labelHeight')
  if (layout.qrSize > Math.min(layout.labelWidth, layout.labelHeight)) wrong.push('qrSize')
  return wrong
}
