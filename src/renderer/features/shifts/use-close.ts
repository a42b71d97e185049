import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ShiftReport } from '#shared/contract/shifts.ts'
import { useWrite } from '../../api/queries.ts'
import { countedOf, type Pieces } from './count.ts'
import { differenceIn, type Difference } from './figures.ts'

export type CloseStep =
  | { readonly at: 'report' }
  | { readonly at: 'count' }
  | { readonly at: 'difference'; readonly difference: Difference }

/** Report → blind count → the difference where there is one → the closed shift's page. */
export function useClose() {
  const navigate = useNavigate()
  const [step, setStep] = useState<CloseStep>({ at: 'report' })
  const [pieces, setPieces] = useState<Pieces>({})
  const close = useWrite('shifts.close', {
    onSuccess: (report: ShiftReport) => void navigate(`/shifts/${encodeURIComponent(report.id)}`),
  })
  const send = (reason?: string) => {
    if (close.isPending) return
    close.mutate(
      { counted: countedOf(pieces), ...(reason === undefined ? {} : { reason }) },
      {
        onError: (error) => {
          const difference = differenceIn(error)
          if (difference) setStep({ at: 'difference', difference })
        },
      },
    )
  }
  const go = (at: 'report' | 'count') => {
    close.reset()
    setStep({ at })
  }
  return {
    step,
    pieces,
    setPieces,
    send,
    busy: close.isPending,
    /** a difference is an answer, not a failure */
    error: close.error && !differenceIn(close.error) ? close.error : null,
    toReport: () => go('report'),
    toCount: () => go('count'),
    again: () => {
      setPieces({})
      go('count')
    },
  }
}
