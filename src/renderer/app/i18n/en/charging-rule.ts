import type { Same } from '../key.ts'
import type { chargingRule as zh } from '../zh-CN/charging-rule.ts'

export const chargingRule: Same<typeof zh> = {
  orderCancelled: 'The order was cancelled already',
  userUnknown: 'There is no such user: this phone never logged in',
  managerUnknown: 'There is no such manager: this phone never logged in',
  noUseRecord: 'The user never used a charger of this manager, and cannot be barred',
  cashoutDecided: 'This withdrawal was decided already',
  secondPerson: 'The account is not the last paid one: somebody else has to confirm it too ({{firstBy}} did)',
  professionInUse: '{{users}} users have this profession',
  refundDone: 'This money was given back already',
  amountChanged: 'Another sum is owed by now; reload, and take that one',
}
