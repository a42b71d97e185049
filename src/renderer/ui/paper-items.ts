/** What stands on a sheet on the screen, mm from the sheet's top left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A piece of one line in one font. */
export interface PaperText extends Box {
  readonly text: string
  /** as CSS writes it, its size in px */
  readonly font: string
}

/** What must not be torn apart by the end of a page: a row, a block, else a line. */
export interface PaperUnit {
  readonly top: number
  readonly bottom: number
  /** begins a page */
  readonly first: boolean
  /** a heading: stays with what follows */
  readonly leads: boolean
  readonly texts: PaperText[]
  readonly rules: Box[]
}

export const MM_PER_PX = 25.4 / 96
const UNITS = 'tr, .paper-block, .paper-signs, .paper-head, .report-head, .report-reason, .sd-facts > div'
const LEADS = 'h2, h3, thead tr, .report-head'
const NEVER = '.paper-foot'

/** Reads a sheet back as the browser has laid it out: its lines of text and the rules between them. */
export function readSheet(sheet: HTMLElement): PaperUnit[] {
  const origin = sheet.getBoundingClientRect()
  const units = new Map<Element, PaperUnit>()
  const toBox = ({ left, top, width, height }: DOMRect): Box => ({
    x: (left - origin.left) * MM_PER_PX,
    y: (top - origin.top) * MM_PER_PX,
    width: width * MM_PER_PX,
    height: height * MM_PER_PX,
  })
  const unitOf = (element: Element): PaperUnit => {
    const whole = element.closest(UNITS) ?? element
    const known = units.get(whole)
    if (known) return known
    const { y, height } = toBox(whole.getBoundingClientRect())
    const unit = { ...kindOf(whole, sheet), top: y, bottom: y + height, texts: [], rules: [] }
    units.set(whole, unit)
    return unit
  }
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node instanceof Element ? node : node.parentElement
    if (!element || element.closest(NEVER)) continue
    if (node instanceof Text) unitOf(element).texts.push(...linesOf(node, element, toBox))
    else unitOf(element).rules.push(...rulesOf(element, toBox))
  }
  return [...units.values()]
    .filter(({ texts, rules }) => texts.length + rules.length > 0)
    .toSorted((a, b) => a.top - b.top)
}

/** The first of what begins a page begins it. */
function kindOf(element: Element, sheet: Element): Pick<PaperUnit, 'first' | 'leads'> {
  let first = false
  for (let at: Element = element; at !== sheet && at.parentElement; at = at.parentElement) {
    first ||= breaksBefore(at)
    if (first || at.previousElementSibling) break
  }
  return { first, leads: element.matches(LEADS) }
}

const breaksBefore = (element: Element) => getComputedStyle(element).breakBefore === 'page'

/** A text node's lines, each with what is seen of it: collapsed spaces have no width. */
function linesOf(node: Text, element: Element, toBox: (rect: DOMRect) => Box): PaperText[] {
  if (node.data.trim() === '') return []
  const style = getComputedStyle(element)
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  const lines: PaperText[] = []
  const range = document.createRange()
  let at = 0
  for (const char of node.data) {
    range.setStart(node, at)
    at += char.length
    range.setEnd(node, at)
    const rect = range.getBoundingClientRect()
    if (rect.width === 0) continue
    const box = toBox(rect)
    const last = lines.at(-1)
    if (last && Math.abs(last.y - box.y) < 0.1)
      lines[lines.length - 1] = { ...last, text: last.text + char, width: box.x + box.width - last.x }
    else lines.push({ ...box, text: char, font })
  }
  return lines.filter(({ text }) => text.trim() !== '')
}

/** The sides of a box that are drawn. What begins a page is parted from the one before on the screen only. */
function rulesOf(element: Element, toBox: (rect: DOMRect) => Box): Box[] {
  const style = getComputedStyle(element)
  const { x, y, width, height } = toBox(element.getBoundingClientRect())
  const side = (thick: string, kind: string) =>
    kind === 'none' || kind === 'hidden' ? 0 : Number.parseFloat(thick) * MM_PER_PX
  const top = breaksBefore(element) ? 0 : side(style.borderTopWidth, style.borderTopStyle)
  const right = side(style.borderRightWidth, style.borderRightStyle)
  const bottom = side(style.borderBottomWidth, style.borderBottomStyle)
  const left = side(style.borderLeftWidth, style.borderLeftStyle)
  return [
    { x, y, width, height: top },
    { x, y: y + height - bottom, width, height: bottom },
    { x, y, width: left, height },
    { x: x + width - right, y, width: right, height },
  ].filter((rule) => rule.width > 0 && rule.height > 0)
}
