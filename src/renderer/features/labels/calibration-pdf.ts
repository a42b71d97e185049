import type { LabelLayout } from '#shared/contract/labels.ts'
import { placeLabels } from '#shared/labels.ts'
import { bytesOf, n, PdfWriter, PT_PER_MM } from '../../ui/pdf-writer.ts'
import type { FaceText } from './face.ts'
import { imageOps, markStencil, stencilObject, type Rasterise } from './pdf.ts'

export const everyPlace = (layout: LabelLayout) => placeLabels(layout, layout.rows * layout.columns)

/** The middle of every label, mm. */
export const middlesOf = (layout: LabelLayout) =>
  everyPlace(layout).map(({ x, y }) => ({ x: x + layout.labelWidth / 2, y: y + layout.labelHeight / 2 }))

/** In the lower part of a label in the middle of the page, clear of edges and crosses; whole cm. */
export const ruleOf = (layout: LabelLayout) => {
  const { pageWidth, rows, marginTop, labelHeight, gapY, shiftY } = layout
  const above = Math.floor((rows - 1) / 2) * (labelHeight + gapY)
  return {
    x: 5,
    y: marginTop + shiftY + above + labelHeight * 0.82,
    length: Math.min(100, Math.floor((pageWidth - 10) / 10) * 10),
  }
}

/** The calibration page as a file of the exact size: what is measured on it must not be the browser's rounding. */
export async function calibrationPdf(
  layout: LabelLayout,
  text: string,
  rasterise: Rasterise,
  mark: FaceText | null = null,
): Promise<Blob> {
  const writer = new PdfWriter()
  const tree = writer.reserve()
  const rule = ruleOf(layout)
  const words = await rasterise({ x: rule.x, y: rule.y - 3, size: 3, text, style: 'plain', centred: false })
  const image = words && stencilObject(writer, words)
  const behind = mark && (await markStencil(writer, mark, rasterise))
  const high = layout.pageHeight * PT_PER_MM
  const lines = [
    `${n(PT_PER_MM)} 0 0 ${n(-PT_PER_MM)} 0 ${n(high)} cm`,
    ...(behind ? everyPlace(layout).map(({ x, y }) => `q 1 0 0 1 ${n(x)} ${n(y)} cm ${behind.ops} Q`) : []),
    '0.15 w [1 1] 0 d',
    ...everyPlace(layout).map(
      ({ x, y }) => `${n(x)} ${n(y)} ${n(layout.labelWidth)} ${n(layout.labelHeight)} re S`,
    ),
    '0.2 w [] 0 d',
    ...middlesOf(layout).flatMap(({ x, y }) => [line(x - 2, y, x + 2, y), line(x, y - 2, x, y + 2)]),
    line(rule.x, rule.y, rule.x + rule.length, rule.y),
    ...Array.from({ length: rule.length / 10 + 1 }, (_, i) => rule.x + i * 10).map((x) =>
      line(x, rule.y - 2, x, rule.y + 2),
    ),
    ...(words ? [imageOps(words, 1)] : []),
  ]
  const content = writer.add('', bytesOf(lines.join('\n')))
  const box = `[0 0 ${n(layout.pageWidth * PT_PER_MM)} ${n(high)}]`
  const objects = [behind?.object, image].map((object, i) => (object ? `/I${i} ${object} 0 R` : '')).join(' ')
  const resources = `/XObject<<${objects}>>`
  const page = writer.add(
    `/Type/Page/Parent ${tree} 0 R/MediaBox ${box}/Contents ${content} 0 R/Resources<<${resources}>>`,
  )
  writer.write(tree, `/Type/Pages/Count 1/Kids[${page} 0 R]`)
  return writer.end(writer.add(`/Type/Catalog/Pages ${tree} 0 R`))
}

const line = (x1: number, y1: number, x2: number, y2: number) => `${n(x1)} ${n(y1)} m ${n(x2)} ${n(y2)} l S`
