import { useEffect } from 'react'
import { useRead } from '../../../api/queries.ts'
import { isOpen } from '../states.ts'

/** How often a sale without an outcome is looked at beside the events, ms: a missed event leaves nothing stale. */
const LOOK_MS = 2000

/** Follows a sale of this visit to its end, whatever the screen shows meanwhile, and has its receipt printed. */
export function FollowSale(props: { intentId: string; onApplied: (intentId: string) => void }) {
  const { intentId, onApplied } = props
  const state = useSaleState(intentId)
  const applied = state === 'APPLIED'
  useEffect(() => {
    if (applied) onApplied(intentId)
    // once per sale: the printing itself refuses a second time
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [applied, intentId])
  return null
}

function useSaleState(intentId: string) {
  const last = useRead('recharge.get', { id: intentId }, { keepPrevious: false })
  const state = last.data?.state
  const { refetch } = last
  const open = state === undefined || isOpen(state)
  useEffect(() => {
    if (!open) return undefined
    const timer = setInterval(() => void refetch(), LOOK_MS)
    return () => clearInterval(timer)
  }, [open, refetch])
  return state
}
