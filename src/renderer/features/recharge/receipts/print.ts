import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { PrintReason, SitedeskBridge } from '#shared/bridge.ts'
import type { Paper, Receipt } from '#shared/contract/receipts.ts'
import type { ZoneOffset } from '#shared/time.ts'
import { downloadBase64 } from '../../../ui/download.ts'
import type { PrintChoice } from '../remembered.ts'
import { pageOf, pageRule, type PageMm } from './paper-size.ts'
import { ReceiptPaper, type SampleKind } from './ReceiptPaper.tsx'

export type PrintEnd =
  | {
      readonly ok: true
      /** false: a dialog was shown, and nobody knows what was pressed there */ readonly silent: boolean
    }
  | { readonly ok: false; readonly reason: PrintReason }

export interface PrintOptions {
  readonly zone: ZoneOffset
  readonly now: number
  readonly choice: PrintChoice
  /** an invented receipt, marked so */
  readonly sample?: SampleKind
}

export const paperOf = (receipt: Receipt, choice: PrintChoice): Paper =>
  choice.paper === 'template' ? receipt.template.paper : choice.paper

/** On paper: silently in the desktop window, through the print dialog in a browser. Never throws. */
export function printReceipt(receipt: Receipt, options: PrintOptions): Promise<PrintEnd> {
  return onPaper(receipt, options, async (page) => {
    const bridge = window.sitedesk
    if (!bridge?.print) {
      window.print()
      return { ok: true, silent: false }
    }
    const answer = await bridge.print({ to: 'printer', page, printer: options.choice.printer })
    return answer.ok ? { ok: true, silent: true } : { ok: false, reason: answer.reason }
  })
}

/** As a PDF file; in a browser the print dialog offers it. */
export function saveReceipt(receipt: Receipt, options: PrintOptions): Promise<PrintEnd> {
  return onPaper(receipt, options, async (page) => {
    const bridge = window.sitedesk
    if (!bridge?.print) {
      window.print()
      return { ok: true, silent: false }
    }
    return savePdf(bridge, `${receipt.number}.pdf`, page)
  })
}

async function savePdf(bridge: SitedeskBridge, name: string, page: PageMm): Promise<PrintEnd> {
  const answer = (await bridge.print?.({ to: 'pdf', page })) ?? {
    ok: false as const,
    reason: 'failed' as const,
  }
  if (!answer.ok) return answer
  downloadBase64({ name, type: 'application/pdf', base64: answer.base64 ?? '' })
  return { ok: true, silent: true }
}

/** Puts the sheet beside the page, where only the printer sees it, and takes it away afterwards. */
async function onPaper(
  receipt: Receipt,
  { zone, now, choice, sample }: PrintOptions,
  send: (page: PageMm) => Promise<PrintEnd>,
): Promise<PrintEnd> {
  const paper = paperOf(receipt, choice)
  const sheet = document.createElement('div')
  sheet.className = 'sd-print'
  document.body.append(sheet)
  const root = createRoot(sheet)
  const rule = document.createElement('style')
  const title = document.title
  try {
    flushSync(() =>
      root.render(createElement(ReceiptPaper, { receipt, paper, zone, now, ...(sample && { sample }) })),
    )
    const page = pageOf(paper, sheet.getBoundingClientRect().height)
    rule.textContent = pageRule(page)
    document.head.append(rule)
    // what the browser offers as the file's name
    document.title = receipt.number
    return await send(page)
  } catch {
    return { ok: false, reason: 'failed' }
  } finally {
    document.title = title
    root.unmount()
    sheet.remove()
    rule.remove()
  }
}
