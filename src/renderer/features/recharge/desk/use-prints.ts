import { useCallback, useRef, useState } from 'react'
import type { PrintReason } from '#shared/bridge.ts'
import type { Receipt } from '#shared/contract/receipts.ts'
import { useClient } from '../../../api/client.ts'
import { useSite } from '../../../app/site.tsx'
import { readPrintChoice } from '../remembered.ts'
import { printReceipt } from '../receipts/print.ts'

export type PrintState =
  | { readonly at: 'printing' }
  | { readonly at: 'printed' | 'handed'; readonly receiptId: string }
  | { readonly at: 'failed'; readonly reason: PrintReason }

export interface Prints {
  of(intentId: string): PrintState | null
  print(intentId: string): void
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
  const print = useCallback(
    async (intentId: string) => {
      begun.current.add(intentId)
      set(intentId, { at: 'printing' })
      let receipt: Receipt
      try {
        receipt = await client.call('receipts.get', { intentId })
      } catch {
        set(intentId, { at: 'failed', reason: 'noReceipt' })
        return
      }
      const end = await printReceipt(receipt, { zone, now: now(), choice: readPrintChoice() })
      const said = end.ok ? { ok: true } : { ok: false, reason: end.reason }
      // when even that cannot be written the receipt stays in the list: nothing is lost
      await client.call('receipts.printed', { id: receipt.id, ...said }).catch(() => undefined)
      if (!end.ok) set(intentId, { at: 'failed', reason: end.reason })
      else set(intentId, { at: end.silent ? 'printed' : 'handed', receiptId: receipt.id })
    },
    [client, now, set, zone],
  )
  const notOut = (intentId: string) => {
    const state = states[intentId]
    if (!state || !('receiptId' in state)) return
    set(intentId, { at: 'failed', reason: 'notReported' })
    void client
      .call('receipts.printed', { id: state.receiptId, ok: false, reason: 'notReported' })
      .catch(() => undefined)
  }
  return {
    of: (intentId) => states[intentId] ?? null,
    print: (intentId) => void print(intentId),
    first: (intentId) => {
      if (readPrintChoice().auto && !begun.current.has(intentId)) void print(intentId)
    },
    notOut,
  }
}
