import type { Output } from '#shared/contract/index.ts'
import { useCodeText } from '../../../app/i18n/dynamic.ts'

export type IntentDetail = Output<'recharge.get'>
export type IntentEvent = IntentDetail['events'][number]

/** The event that brought the present state about. */
export const lastReason = (intent: IntentDetail): IntentEvent | undefined =>
  intent.events.findLast((event) => event.state === intent.state && event.code !== 'notThere') ??
  intent.events.at(-1)

/** An event in the operator's words. */
export function useReason() {
  const text = useCodeText()
  return (event: IntentEvent | undefined): string => {
    if (!event) return ''
    const { message = '', ...data } = event.data ?? {}
    return text('recharge.event', event.code, {
      reason: '',
      note: '',
      ...data,
      message: vendorWords(String(message)),
    })
  }
}

/** `userBalanceQuery answered 1008: 缺少参数` → `缺少参数 · 1008`: the vendor's words without our English head. */
export const vendorWords = (message: string) => message.replace(/^\w+ answered (\S+): (.+)$/s, '$2 · $1')
