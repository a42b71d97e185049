import type { IntentDetail } from '../desk/use-reason.ts'

export type Doing = 'check' | 'resend' | 'resolve' | 'requestRefund' | 'decide' | 'posted'
export type Why =
  'notOpen' | 'cannotResend' | 'notDisputed' | 'notApplied' | 'hasRefund' | 'noRequest' | 'notApproved'

/** Why something cannot be done with a recharge in its present state; null: it can. The core decides in any case. */
export function whyNot(doing: Doing, intent: IntentDetail): Why | null {
  const { state, refund } = intent
  switch (doing) {
    case 'check':
      return state === 'APPLIED' || state === 'DRAFT' ? 'notOpen' : null
    case 'resend':
      return intent.canResend ? null : 'cannotResend'
    case 'resolve':
      return state === 'UNKNOWN' || state === 'DISPUTED' ? null : 'notDisputed'
    case 'requestRefund':
      if (state !== 'APPLIED') return 'notApplied'
      return refund === null || refund.state === 'refused' ? null : 'hasRefund'
    case 'decide':
      return refund?.state === 'requested' ? null : 'noRequest'
    case 'posted':
      break
  }
  return refund?.state === 'approved' ? null : 'notApproved'
}

/** Whether another person is named with it: may be, to approve on the spot, or has to be, for one's own request. */
export function secondFor(doing: Doing, { refund }: IntentDetail, operator: string): 'may' | 'must' | null {
  if (doing === 'requestRefund') return 'may'
  return doing === 'decide' && refund?.requestedBy === operator ? 'must' : null
}

/** What makes sense to offer at all: the rest is left out rather than shown dead. */
export function offered(intent: IntentDetail): readonly Doing[] {
  const { state, refund } = intent
  if (state === 'APPLIED')
    return refund === null || refund.state === 'refused' ? ['requestRefund'] : ['decide', 'posted']
  if (state === 'UNKNOWN' || state === 'DISPUTED') return ['check', 'resolve']
  return state === 'NOT_APPLIED' || state === 'REJECTED' ? ['check', 'resend'] : ['check']
}
