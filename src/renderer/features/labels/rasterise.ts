import { bitsOf, deflate } from '../../ui/stencil.ts'
import type { FaceText } from './face.ts'
import type { Stencil } from './pdf.ts'

/** 610 dpi: more than label printers have */
const PX_PER_MM = 24
const FONTS = {
  code: '700 {} Arial, Helvetica, "Liberation Sans", "Noto Sans SC", "Noto Sans CJK SC", sans-serif',
  strong: '700 {} "Microsoft YaHei", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", Arial, sans-serif',
  plain: '400 {} "Microsoft YaHei", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", Arial, sans-serif',
} as const

/** One line of text as black dots, drawn by the browser with its own fonts. */
export async function rasterise(text: FaceText): Promise<Stencil | null> {
  const px = text.size * PX_PER_MM
  const font = FONTS[text.style].replace('{}', `${px}px`)
  const canvas = document.createElement('canvas')
  const measure = canvas.getContext('2d')
  if (!measure) return null
  measure.font = font
  const columns = Math.ceil(measure.measureText(text.text).width) + 4
  const rows = Math.ceil(px * 1.4)
  canvas.width = columns
  canvas.height = rows
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return null
  pen.font = font
  pen.textBaseline = 'alphabetic'
  pen.fillText(text.text, 2, px)
  const { data } = pen.getImageData(0, 0, columns, rows)
  const width = columns / PX_PER_MM
  return {
    x: text.centred ? text.x - width / 2 : text.x - 2 / PX_PER_MM,
    y: text.y - text.size,
    width,
    height: rows / PX_PER_MM,
    columns,
    rows,
    data: await deflate(bitsOf(data, columns, rows)),
  }
}
