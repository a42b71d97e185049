import { useCallback, useRef, useState } from 'react'
import type { PrintReason } from '#shared/bridge.ts'
import { NOT_OUT, type Receipt } from '#shared/contract/receipts.ts'
import { useClient } from '../../../api/client.ts'
import { useSite } from '../../../app/site.tsx'
import { readPrintChoice } from '../remembered.ts'
import { printReceipt, saveReceipt } from '../receipts/print.ts'

export type PrintState =
  | { readonly at: 'printing' }
  /** `saved`: as a PDF */
  | { readonly at: 'printed' | 'handed' | 'saved'; readonly receiptId: string }
  /** `waits`: it stands among those to be printed */
  | { readonly at: 'failed'; readonly reason: PrintReason; readonly waits: boolean }

export interface Prints {
  of(intentId: string): PrintState | null
  print(intentId: string): void
  /** as a PDF, which counts like a paper */
  save(intentId: string): void
  /** prints it once in this visit, when this computer prints by itself */
  first(intentId: string): void
  /** the operator says that nothing came out */
  notOut(intentId: string): void
}

/** Receipts of this visit. A failed printer leaves the sale as it is and the receipt in the list (§4). */
export function usePrints(): Prints {
  const client = useClient()
  const { zone, now } = useSite()
  const [states, setStates] = useState<Readonly<Record<string, PrintState>>>({})
  const begun = useRef(new Set<string>())
  const set = useCallback(
    (id: string, state: PrintState) => setStates((all) => ({ ...all, [id]: state })),
    [],
  )
  /** Tells the core and resolves to how the receipt stands then; null: it could not be told. */
  const tell = useCallback(
    (id: string, said: { ok: true } | { ok: false; reason: PrintReason }) =>
      client.call('receipts.printed', { id, ...said }).catch(() => null),
    [client],
  )
  const print = useCallback(
    async (intentId: string, to: 'paper' | 'pdf' = 'paper') => {
      begun.current.add(intentId)
      set(intentId, { at: 'printing' })
      let receipt: Receipt
      try {
        receipt = await client.call('receipts.get', { intentId })
      } catch {
        set(intentId, { at: 'failed', reason: 'noReceipt', waits: false })
        return
      }
      const send = to === 'pdf' ? saveReceipt : printReceipt
      const end = await send(receipt, { zone, now: now(), choice: readPrintChoice() })
      // when even that cannot be written the receipt stays as it was: nothing is lost
      const told = await tell(receipt.id, end.ok ? { ok: true } : { ok: false, reason: end.reason })
      const { state } = told ?? receipt
      if (!end.ok) set(intentId, { at: 'failed', reason: end.reason, waits: state === 'waiting' })
      else set(intentId, { at: end.silent ? SILENT[to] : 'handed', receiptId: receipt.id })
    },
    [client, now, set, tell, zone],
  )
  const notOut = async (intentId: string) => {
    const shown = states[intentId]
    if (!shown || !('receiptId' in shown)) return
    const told = await tell(shown.receiptId, { ok: false, reason: NOT_OUT })
    set(intentId, { at: 'failed', reason: NOT_OUT, waits: told?.state === 'waiting' })
  }
  return {
    of: (intentId) => states[intentId] ?? null,
    print: (intentId) => void print(intentId),
    save: (intentId) => void print(intentId, 'pdf'),
    first: (intentId) => {
      if (readPrintChoice().auto && !begun.current.has(intentId)) void print(intentId)
    },
    notOut: (intentId) => void notOut(intentId),
  }
}

const SILENT = { paper: 'printed', pdf: 'saved' } as const
