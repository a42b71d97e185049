/**
 * Why the desk is refused something of the charging business: `data.reason` of NOT_ALLOWED_NOW and CONFLICT. Outside
 * programs match on it; screens say it in their language (i18n key `chargingRule.<reason>`).
 */
export const CHARGING_RULES = [
  'orderCancelled',
  'userUnknown',
  'managerUnknown',
  /** */
  'noUseRecord',
  /** */
  'cashoutDecided',
  /** another bank account than the last paid one: `firstBy` said so already */
  'secondPerson',
  /** `users` have it */
  'professionInUse',
  'refundDone',
  /** `owedFen` is owed by now */
  'amountChanged',
] as const
export type ChargingRule = (typeof CHARGING_RULES)[number]
