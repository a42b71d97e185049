import type { LabelLayout, LabelSettings } from '#shared/contract/labels.ts'

const NO_SHIFT = { shiftX: 0, shiftY: 0 }

/** Sheets and rolls that are sold everywhere; mm. */
const LAYOUTS: readonly LabelLayout[] = [
  {
    name: 'A4 3×8（70×37）',
    pageWidth: 210,
    pageHeight: 297,
    rows: 8,
    columns: 3,
    labelWidth: 70,
    labelHeight: 37,
    marginTop: 0.5,
    marginLeft: 0,
    gapX: 0,
    gapY: 0,
    qrSize: 28,
    ...NO_SHIFT,
  },
  {
    name: 'A4 4×10（48.5×25.4）',
    pageWidth: 210,
    pageHeight: 297,
    rows: 10,
    columns: 4,
    labelWidth: 48.5,
    labelHeight: 25.4,
    marginTop: 21.5,
    marginLeft: 8,
    gapX: 0,
    gapY: 0,
    qrSize: 21,
    ...NO_SHIFT,
  },
  roll('60×40 卷纸', 60, 40, 32),
  roll('50×30 卷纸', 50, 30, 25),
  roll('40×30 卷纸', 40, 30, 22),
]

function roll(name: string, width: number, height: number, qrSize: number): LabelLayout {
  return {
    name,
    pageWidth: width,
    pageHeight: height,
    rows: 1,
    columns: 1,
    labelWidth: width,
    labelHeight: height,
    marginTop: 0,
    marginLeft: 0,
    gapX: 0,
    gapY: 0,
    qrSize,
    ...NO_SHIFT,
  }
}

/** Until somebody changes it: the bare code is the QR, since no address is known (spec D-02). */
export const standardLabels = (siteName: string): LabelSettings => ({
  managerUrl: '',
  userUrl: '',
  title: siteName.slice(0, 40),
  layouts: [...LAYOUTS],
  chosen: LAYOUTS[0]?.name ?? '',
})
