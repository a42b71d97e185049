/** What a recharge can stand at, in the order of its life (spec §7.1). */
export const INTENT_STATES = [
  'DRAFT',
  'SENT',
  'ACCEPTED',
  'APPLIED',
  'REJECTED',
  'UNKNOWN',
  'NOT_APPLIED',
  'DISPUTED',
] as const
