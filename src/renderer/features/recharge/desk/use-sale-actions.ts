import { useQueryClient } from '@tanstack/react-query'
import { readKey, useWrite } from '../../../api/queries.ts'
import type { IntentDetail } from './use-reason.ts'

/** What one does with a sale; each answer is the sale as it is now and shown at once. */
export function useSaleActions(id: string) {
  const queries = useQueryClient()
  const onSuccess = (now: IntentDetail) => {
    queries.setQueryData(readKey('recharge.get', { id }), now)
    void queries.invalidateQueries({ queryKey: ['recharge', 'recharge.list'] })
  }
  return {
    resend: useWrite('recharge.resend', { onSuccess }),
    check: useWrite('recharge.check', { onSuccess }),
    resolve: useWrite('recharge.resolve', { onSuccess }),
    requestRefund: useWrite('recharge.requestRefund', { onSuccess }),
    decideRefund: useWrite('recharge.decideRefund', { onSuccess }),
    refundPosted: useWrite('recharge.refundPosted', { onSuccess }),
  }
}
