import { useState } from 'react'
import type { Paper } from '#shared/contract/receipts.ts'
import type { Tender } from '#shared/contract/values.ts'
import { readPreference, readText, writePreference } from '../../app/preferences.ts'

export const TENDERS: readonly Tender[] = ['cash', 'card', 'transfer', 'wechat', 'alipay', 'other']
export const PAPERS: readonly Paper[] = ['roll58', 'roll80', 'a4half']

/** How the last sale on this computer was paid. */
export function useTender(): [Tender, (tender: Tender) => void] {
  const [tender, setTender] = useState(() => readPreference('recharge.tender', TENDERS, 'cash'))
  return [
    tender,
    (next) => {
      writePreference('recharge.tender', next)
      setTender(next)
    },
  ]
}

/** What this computer prints on; the template's paper where none was chosen. */
export interface PrintChoice {
  readonly paper: Paper | 'template'
  /** the system's name of the printer; '' its default */
  readonly printer: string
  readonly auto: boolean
}

export function readPrintChoice(): PrintChoice {
  return {
    paper: readPreference('print.paper', ['template', ...PAPERS], 'template'),
    printer: readText('print.printer') ?? '',
    auto: readPreference('print.auto', ['on', 'off'], 'on') === 'on',
  }
}

export function usePrintChoice(): [PrintChoice, (change: Partial<PrintChoice>) => void] {
  const [choice, setChoice] = useState(readPrintChoice)
  return [
    choice,
    (change) => {
      const next = { ...choice, ...change }
      writePreference('print.paper', next.paper)
      writePreference('print.printer', next.printer)
      writePreference('print.auto', next.auto ? 'on' : 'off')
      setChoice(next)
    },
  ]
}
