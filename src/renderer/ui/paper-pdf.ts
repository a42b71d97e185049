import { MM_PER_PX, readSheet, type Box, type PaperText } from './paper-items.ts'
import { A4, A4_LYING, cutPages, roomOf, type PaperSize } from './paper-pages.ts'
import { bytesOf, n, PdfWriter, PT_PER_MM } from './pdf-writer.ts'
import { MARK_GREY } from './practice-mark.ts'
import { bitsOf, deflate } from './stencil.ts'

/**
 * A sheet as a PDF whose pages are A4 to a hundredth of a millimetre: browsers print whole points, 0.11 mm less. Words are
 * stencils of the page's own fonts, so that none has to be embedded; over them lies the same text unseen, to be
 * searched and copied.
 */
export async function paperPdf(
  sheet: HTMLElement,
  foot: string,
  landscape = false,
  mark: string | null = null,
): Promise<Blob> {
  const size = landscape ? A4_LYING : A4
  const pages = cutPages(readSheet(sheet), roomOf(size))
  const book = new Book(size, mark === null ? null : markAcross(size, mark))
  for (const [i, { origin, units }] of pages.entries()) {
    const down = size.top - origin
    const texts = units.flatMap((unit) => unit.texts.map((text) => ({ ...text, y: text.y + down })))
    const rules = units.flatMap((unit) => unit.rules.map((rule) => ({ ...rule, y: rule.y + down })))
    await book.page([...texts, ...feet(size, foot, `${i + 1} / ${pages.length}`)], rules)
  }
  return book.end()
}

const FOOT_PX = 10.5
const FOOT_FONT = `400 ${FOOT_PX}px "Microsoft YaHei", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", Arial, sans-serif`
const FOOT_UP = 11

/** What, when, who; the page on the right. */
function feet(size: PaperSize, foot: string, number: string): PaperText[] {
  const line = (text: string, right: boolean): PaperText => {
    const width = penOf(FOOT_FONT).measureText(text).width * MM_PER_PX
    const x = right ? size.width - size.left - width : size.left
    return { text, font: FOOT_FONT, x, y: size.height - FOOT_UP, width, height: FOOT_PX * 1.4 * MM_PER_PX }
  }
  return [line(foot, false), line(number, true)]
}

/** As `paper.css` has it on paper: practice, in the middle of every page. */
function markAcross(size: PaperSize, text: string): PaperText {
  const font = FOOT_FONT.replace(/^400 [\d.]+px/, `700 ${MARK_PX}px`)
  const width = penOf(font).measureText(text).width * MM_PER_PX
  const height = MARK_PX * 1.4 * MM_PER_PX
  return { text, font, x: (size.width - width) / 2, y: (size.height - height) / 2, width, height }
}
const MARK_PX = 76

const ruler = document.createElement('canvas')
function penOf(font: string, canvas = ruler): CanvasRenderingContext2D {
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('this browser draws no pictures')
  pen.font = font
  return pen
}

/** 410 dpi */
const DOTS_PER_PX = 16 * MM_PER_PX
const PAD = 2

interface Stencil {
  readonly object: number
  /** of the picture and of the text in it, px */
  readonly width: number
  readonly height: number
  readonly advance: number
}

class Book {
  readonly #size: PaperSize
  readonly #mark: PaperText | null
  readonly #writer = new PdfWriter()
  readonly #tree = this.#writer.reserve()
  readonly #font = unseenFont(this.#writer)
  readonly #kids: number[] = []
  /** the same words come again on every page */
  readonly #stencils = new Map<string, Stencil>()

  constructor(size: PaperSize, mark: PaperText | null) {
    this.#size = size
    this.#mark = mark
  }

  async page(texts: readonly PaperText[], rules: readonly Box[]): Promise<void> {
    const images = new Set<number>()
    const lines = [`${n(PT_PER_MM)} 0 0 ${n(-PT_PER_MM)} 0 ${n(this.#size.height * PT_PER_MM)} cm`]
    if (this.#mark) {
      const stencil = await this.#stencil(this.#mark)
      images.add(stencil.object)
      lines.push(`q ${n(MARK_GREY)} g ${imageOps(this.#mark, stencil)} Q`, unseenOps(this.#mark))
    }
    for (const { x, y, width, height } of rules) lines.push(`${n(x)} ${n(y)} ${n(width)} ${n(height)} re f`)
    for (const text of texts) {
      const stencil = await this.#stencil(text)
      images.add(stencil.object)
      lines.push(imageOps(text, stencil), unseenOps(text))
    }
    const content = this.#writer.add('', bytesOf(lines.join('\n')))
    const xobjects = [...images].map((object) => `/I${object} ${object} 0 R`).join(' ')
    const box = `[0 0 ${n(this.#size.width * PT_PER_MM)} ${n(this.#size.height * PT_PER_MM)}]`
    this.#kids.push(
      this.#writer.add(
        `/Type/Page/Parent ${this.#tree} 0 R/MediaBox ${box}/Contents ${content} 0 R` +
          `/Resources<</Font<</T ${this.#font} 0 R>>/XObject<<${xobjects}>>>>`,
      ),
    )
  }

  end(): Blob {
    const kids = this.#kids.map((kid) => `${kid} 0 R`).join(' ')
    this.#writer.write(this.#tree, `/Type/Pages/Count ${this.#kids.length}/Kids[${kids}]`)
    return this.#writer.end(this.#writer.add(`/Type/Catalog/Pages ${this.#tree} 0 R`))
  }

  async #stencil({ text, font }: PaperText): Promise<Stencil> {
    const key = `${font}\n${text}`
    const known = this.#stencils.get(key)
    if (known) return known
    const { columns, rows, advance, data } = drawn(text, font)
    const object = this.#writer.add(
      `/Type/XObject/Subtype/Image/ImageMask true/Width ${columns}/Height ${rows}/BitsPerComponent 1/Decode[1 0]/Filter/FlateDecode`,
      await deflate(data),
    )
    const made = { object, width: columns / DOTS_PER_PX, height: rows / DOTS_PER_PX, advance }
    this.#stencils.set(key, made)
    return made
  }
}

/** One line of text as black dots; its top is the top of the font's box, as in the layout. */
function drawn(text: string, font: string) {
  const { width: advance, fontBoundingBoxAscent, fontBoundingBoxDescent } = penOf(font).measureText(text)
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(advance * DOTS_PER_PX) + 2 * PAD
  canvas.height = Math.ceil((fontBoundingBoxAscent + fontBoundingBoxDescent) * DOTS_PER_PX) + 2 * PAD
  const { width: columns, height: rows } = canvas
  const pen = penOf(font, canvas)
  pen.setTransform(DOTS_PER_PX, 0, 0, DOTS_PER_PX, PAD, PAD)
  pen.fillText(text, 0, fontBoundingBoxAscent)
  return { columns, rows, advance, data: bitsOf(pen.getImageData(0, 0, columns, rows).data, columns, rows) }
}

/** As wide as the layout has it: figures may be set wider there than a canvas sets them. */
function imageOps({ x, y, width: laid }: PaperText, { object, width, height, advance }: Stencil): string {
  const stretch = laid / (advance * MM_PER_PX)
  const pad = (PAD / DOTS_PER_PX) * MM_PER_PX
  const wide = width * MM_PER_PX * stretch
  const high = height * MM_PER_PX
  return `q ${n(wide)} 0 0 ${n(-high)} ${n(x - pad * stretch)} ${n(y - pad + high)} cm /I${object} Do Q`
}

/** Each character counts one em; stretched to the width it has. The page's axis points down, text's up. */
function unseenOps({ text, x, y, width, height }: PaperText): string {
  const size = height * 0.75
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
  const hex = units.map((unit) => unit.toString(16).padStart(4, '0')).join('')
  const stretch = (width / (units.length * size)) * 100
  return `BT 3 Tr /T ${n(size)} Tf ${n(stretch)} Tz 1 0 0 -1 ${n(x)} ${n(y + size)} Tm <${hex}> Tj ET`
}

/** A font that every reader knows by name, never drawn; its codes are UTF-16. */
function unseenFont(writer: PdfWriter): number {
  const ranges = Array.from({ length: 256 }, (_, i) => {
    const page = i.toString(16).padStart(2, '0')
    return `<${page}00> <${page}ff> <${page}00>`
  })
  const hundreds = [ranges.slice(0, 100), ranges.slice(100, 200), ranges.slice(200)]
  const map = hundreds.map((those) => `${those.length} beginbfrange\n${those.join('\n')}\nendbfrange`)
  const toUnicode = writer.add(
    '',
    bytesOf(
      `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n` +
        `1 begincodespacerange <0000> <ffff> endcodespacerange\n${map.join('\n')}\nendcmap end end`,
    ),
  )
  const descriptor = writer.add(
    '/Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80',
  )
  const descendant = writer.add(
    `/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor ${descriptor} 0 R/DW 1000`,
  )
  return writer.add(
    `/Type/Font/Subtype/Type0/BaseFont/STSong-Light-UniGB-UCS2-H/Encoding/UniGB-UCS2-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${toUnicode} 0 R`,
  )
}
