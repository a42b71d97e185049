import type { WebContents, WebContentsPrintOptions } from 'electron'
import { z } from '#shared/z.ts'
import type { PrintAnswer, Printer, PrintRequest } from '#shared/bridge.ts'

const MICROMETRES = 1000
const MM_PER_INCH = 25.4

const request = z.strictObject({
  to: z.enum(['printer', 'pdf']),
  /** from the narrowest label to A3, and a roll of two metres */
  page: z.strictObject({ width: z.number().min(20).max(420), height: z.number().min(20).max(2000) }),
  printer: z.string().max(300).optional(),
})

/** What printing needs of a window; tests bring their own. */
export type PaperSource = Pick<WebContents, 'print' | 'printToPDF' | 'getPrintersAsync'>

/** Prints what a window shows for paper: silently, at its exact size, with no margin of the driver's own. */
export async function printPage(source: PaperSource, input: unknown): Promise<PrintAnswer> {
  const checked = request.safeParse(input)
  if (!checked.success) return { ok: false, reason: 'failed' }
  const { to, page, printer = '' } = checked.data satisfies PrintRequest
  try {
    if (to === 'pdf') return { ok: true, base64: await toPdf(source, page) }
    const known = await source.getPrintersAsync()
    if (known.length === 0 || (printer !== '' && !known.some(({ name }) => name === printer)))
      return { ok: false, reason: 'noPrinter' }
    return await onPrinter(source, page, printer)
  } catch {
    return { ok: false, reason: 'failed' }
  }
}

export async function printersOf(source: PaperSource): Promise<Printer[]> {
  const found = await source.getPrintersAsync()
  return found.map(({ name, displayName }) => ({ name, label: displayName || name }))
}

type Page = PrintRequest['page']

async function toPdf(source: PaperSource, { width, height }: Page): Promise<string> {
  const pdf = await source.printToPDF({
    pageSize: { width: width / MM_PER_INCH, height: height / MM_PER_INCH },
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    printBackground: true,
    preferCSSPageSize: true,
  })
  return pdf.toString('base64')
}

function onPrinter(source: PaperSource, { width, height }: Page, printer: string): Promise<PrintAnswer> {
  const options: WebContentsPrintOptions = {
    silent: true,
    printBackground: true,
    color: false,
    margins: { marginType: 'none' },
    pageSize: { width: Math.round(width * MICROMETRES), height: Math.round(height * MICROMETRES) },
    ...(printer === '' ? {} : { deviceName: printer }),
  }
  return new Promise((resolve) => {
    source.print(options, (ok, reason) => {
      if (ok) resolve({ ok: true })
      else resolve({ ok: false, reason: /cancel/i.test(reason) ? 'cancelled' : 'failed' })
    })
  })
}
