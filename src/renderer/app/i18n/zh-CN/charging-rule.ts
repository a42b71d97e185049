/** Why the desk is refused something of the charging business (shared/charging-rules.ts). */
export const chargingRule = {
  orderCancelled: '账单已经取消',
  userUnknown: '没有这个用户：这个手机号从未登录过',
  managerUnknown: '没有这个管理员：这个手机号从未登录过',
  noUseRecord: '用户没有用过这个管理员的充电器，不能列入黑名单',
  cashoutDecided: '这笔提现已经处理过',
  secondPerson: '收款账户与上次不同，要由另一个人再确认一次（{{firstBy}} 已确认）',
  professionInUse: '还有 {{users}} 个用户选了这个工种',
  refundDone: '这笔钱已经退过',
  amountChanged: '应收的钱变了，请刷新后按新金额收',
} as const
