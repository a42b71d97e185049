import type { LabelLayout } from '#shared/contract/labels.ts'
import { bytesOf, n, PdfWriter, PT_PER_MM } from '../../ui/pdf-writer.ts'
import { MARK_GREY } from '../../ui/practice-mark.ts'
import { runsOf, type Face, type FaceText } from './face.ts'
import type { PlacedFace } from './sheets.ts'

/** A line of text as a stencil of one bit a pixel, deflated; where it lies on the label, mm. */
export interface Stencil {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly rows: number
  readonly data: Uint8Array
}
export type Rasterise = (text: FaceText) => Promise<Stencil | null>

/**
 * Labels as a PDF of their own, exact to a hundredth of a millimetre: browsers round the pages they print to whole
 * points, 0.35 mm. The QR codes are drawn; words are stencils of the page's own fonts, so that none has to be embedded.
 */
export async function labelPdf(
  layout: Pick<LabelLayout, 'pageWidth' | 'pageHeight'>,
  pages: readonly (readonly PlacedFace[])[],
  rasterise: Rasterise,
  mark: FaceText | null = null,
): Promise<Blob> {
  const writer = new PdfWriter()
  const tree = writer.reserve()
  const behind = mark && (await markStencil(writer, mark, rasterise))
  const box = `[0 0 ${n(layout.pageWidth * PT_PER_MM)} ${n(layout.pageHeight * PT_PER_MM)}]`
  const kids: number[] = []
  for (const faces of pages) {
    const images: number[] = behind ? [behind.object] : []
    const lines = [`${n(PT_PER_MM)} 0 0 ${n(-PT_PER_MM)} 0 ${n(layout.pageHeight * PT_PER_MM)} cm`]
    for (const { x, y, face } of faces) {
      lines.push(`q 1 0 0 1 ${n(x)} ${n(y)} cm`, ...(behind ? [behind.ops] : []), qrOps(face.qr))
      for (const text of face.texts) {
        const stencil = await rasterise(text)
        if (stencil) lines.push(imageOps(stencil, images.push(stencilObject(writer, stencil)) - 1))
      }
      lines.push('Q')
    }
    const content = writer.add('', bytesOf(lines.join('\n')))
    const xobjects = images.map((object, i) => `/I${i} ${object} 0 R`).join(' ')
    kids.push(
      writer.add(
        `/Type/Page/Parent ${tree} 0 R/MediaBox ${box}/Contents ${content} 0 R/Resources<</XObject<<${xobjects}>>>>`,
      ),
    )
  }
  writer.write(tree, `/Type/Pages/Count ${kids.length}/Kids[${kids.map((kid) => `${kid} 0 R`).join(' ')}]`)
  return writer.end(writer.add(`/Type/Catalog/Pages ${tree} 0 R`))
}

/** One picture for all labels; the first of a page's. */
export async function markStencil(writer: PdfWriter, mark: FaceText, rasterise: Rasterise) {
  const stencil = await rasterise(mark)
  if (!stencil) return null
  const object = stencilObject(writer, stencil)
  return { object, ops: `q ${n(MARK_GREY)} g ${imageOps(stencil, 0)} Q` }
}

/** Dark modules as rectangles, mm from the label's top left corner. */
function qrOps({ x, y, size, rows }: Face['qr']): string {
  const module = size / rows.length
  const boxes = runsOf(rows).map(
    (run) => `${n(x + run.x * module)} ${n(y + run.y * module)} ${n(run.length * module)} ${n(module)} re`,
  )
  return `${boxes.join('\n')}\nf`
}

export const stencilObject = (writer: PdfWriter, { columns, rows, data }: Stencil): number =>
  writer.add(
    `/Type/XObject/Subtype/Image/ImageMask true/Width ${columns}/Height ${rows}/BitsPerComponent 1/Decode[1 0]/Filter/FlateDecode`,
    data,
  )

/** An image fills the square above the origin; the page's own axis points down here. */
export const imageOps = ({ x, y, width, height }: Stencil, i: number): string =>
  `q ${n(width)} 0 0 ${n(-height)} ${n(x)} ${n(y + height)} cm /I${i} Do Q`
