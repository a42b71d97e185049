import { encode } from 'uqr'
import type { LabelLayout } from '#shared/contract/labels.ts'
import { fit, LINE, measure } from './fit.ts'

/** What stands on one label. */
export interface LabelContent {
  readonly code: string
  readonly alias: string
  readonly title: string
  /** which of the two codes, in words */
  readonly kind: string
  /** what the QR says */
  readonly text: string
}

/** One line of text; mm from the label's top left corner, `y` is the baseline. */
export interface FaceText {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly text: string
  readonly style: 'code' | 'strong' | 'plain'
  readonly centred: boolean
}

/** One label as it is drawn, whatever draws it: the page, the printer, a PDF. */
export interface Face {
  readonly qr: {
    readonly x: number
    readonly y: number
    readonly size: number
    readonly rows: readonly boolean[][]
  }
  readonly texts: readonly FaceText[]
}

/** Modules of white around a QR (ISO/IEC 18004), the same as in the pictures. */
const QUIET = 4
const PAD = 1.2
/** beside the QR there has to be this much for words */
const LEAST_SIDE = 9
const LEAST_CODE = 2.4
/** bold figures of the widest font that may stand in for another */
const BOLD = 1.17
const MOST_CODE = 7
const TITLE = { most: 3.6, least: 1.8 } as const
const ALIAS = { most: 6, least: 1.8 } as const
/** of the words' height: the alias is the largest */
const SHARE = { title: 0.28, alias: 0.66 } as const

type Size = Pick<LabelLayout, 'labelWidth' | 'labelHeight' | 'qrSize'>

export function faceOf(size: Size, content: LabelContent): Face {
  const rows = encode(content.text, { border: QUIET, ecc: 'M' }).data
  const beside = size.labelWidth - size.qrSize - PAD >= LEAST_SIDE
  const code = codeUnder(size, content.code)
  const block = size.qrSize + (code === null ? 0 : code * LINE)
  const spare = size.labelHeight - block
  const x = beside ? Math.min(PAD, (size.labelWidth - size.qrSize) / 2) : (size.labelWidth - size.qrSize) / 2
  const y = beside ? Math.max(0, spare / 2) : Math.min(PAD, Math.max(0, spare / 2))
  const qr = { x, y, size: size.qrSize, rows }
  const under: FaceText[] =
    code === null
      ? []
      : [
          {
            x: x + size.qrSize / 2,
            y: y + size.qrSize + code * 0.85,
            size: code,
            text: content.code,
            style: 'code',
            centred: true,
          },
        ]
  const area = beside
    ? {
        x: x + size.qrSize + PAD / 2,
        y: PAD,
        width: size.labelWidth - x - size.qrSize - PAD * 1.5,
        height: size.labelHeight - PAD * 2,
        centred: false,
      }
    : {
        x: size.labelWidth / 2,
        y: y + block + PAD / 2,
        width: size.labelWidth - PAD * 2,
        height: size.labelHeight - y - block - PAD * 1.5,
        centred: true,
      }
  return { qr, texts: [...under, ...words(area, content, code === null)] }
}

/** Across a label that belongs to no charger, behind all else, as large as it goes. */
export function markOf(size: Pick<Size, 'labelWidth' | 'labelHeight'>, text: string): FaceText {
  const high = Math.min(size.labelHeight * 0.8, (size.labelWidth * 0.94) / measure(text))
  return {
    x: size.labelWidth / 2,
    y: (size.labelHeight + high * 0.76) / 2,
    size: high,
    text,
    style: 'strong',
    centred: true,
  }
}

/** Font size of the code under the QR; null: there is no room for one that can be read. */
function codeUnder({ labelHeight, qrSize }: Size, code: string): number | null {
  const size = Math.min(MOST_CODE, (labelHeight - qrSize) / LINE, qrSize / Math.max(4, measure(code) * BOLD))
  return size < LEAST_CODE ? null : Math.floor(size * 10) / 10
}

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly centred: boolean
}

/** Title, alias and kind one under the other; the code first where it has no place under the QR. */
function words(area: Area, content: LabelContent, withCode: boolean): FaceText[] {
  const texts: FaceText[] = []
  let { y } = area
  const bottom = area.y + area.height
  const gap = area.height > 18 ? 0.8 : 0.2
  const add = (text: string, style: FaceText['style'], most: number, least: number, share: number) => {
    const fitted = fit(text, { width: area.width, height: (bottom - y) * share, most, least })
    for (const line of fitted.lines) {
      y += fitted.size * LINE
      texts.push({
        x: area.x,
        y: y - fitted.size * (LINE - 0.95),
        size: fitted.size,
        text: line,
        style,
        centred: area.centred,
      })
    }
    if (fitted.lines.length > 0) y += gap
  }
  if (withCode) add(content.code, 'code', MOST_CODE, LEAST_CODE, 0.5)
  add(content.title, 'plain', TITLE.most, TITLE.least, SHARE.title)
  add(content.alias, 'strong', ALIAS.most, ALIAS.least, SHARE.alias)
  add(content.kind, 'plain', TITLE.most, TITLE.least, 1)
  // beside the QR they stand in the middle of the height
  const down = area.centred ? 0 : Math.max(0, (bottom - y + gap) / 2)
  return texts.map((text) => ({ ...text, y: text.y + down }))
}

/** Dark modules as runs: column, row and length, in modules. */
export const runsOf = (rows: readonly boolean[][]): { x: number; y: number; length: number }[] =>
  rows.flatMap((row, y) => {
    const runs: { x: number; y: number; length: number }[] = []
    let start: number | null = null
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] === true) start ??= x
      else if (start !== null) {
        runs.push({ x: start, y, length: x - start })
        start = null
      }
    }
    return runs
  })
