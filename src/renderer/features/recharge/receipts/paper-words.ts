import type { IntentRow } from '#shared/contract/recharge.ts'
import type { Tender } from '#shared/contract/values.ts'

/** Paper is for those who pay: it is Chinese whatever language the operator reads. */
export const WORDS = {
  number: '收据号',
  reprint: '补打',
  room: '房间',
  meters: '表号',
  amount: '金额',
  words: '人民币大写',
  tender: '收款方式',
  before: '充值前余额',
  after: '充值后余额',
  pending: '待更新',
  orderNo: '单号',
  operator: '收款人',
  at: '时间',
  phone: '电话',
  printed: '打印',
  sample: { preview: '样张', test: '测试页' },
  ruler: (mm: number) => `横线应两端完整，长 ${mm} 毫米，短线每格 10 毫米`,
  scan: '扫码核对单号',
  payer: '交款人签字',
  seal: '收款单位（盖章）',
} as const

export const TENDER_WORDS: Readonly<Record<Tender, string>> = {
  cash: '现金',
  card: '刷卡',
  transfer: '转账',
  wechat: '微信',
  alipay: '支付宝',
  other: '其他',
}

/** 退款单 */
export const REFUND_WORDS = {
  title: '退款单',
  course: '退款经过',
  orderNo: '原充值单号',
  receiptNo: '原收据号',
  room: '房间',
  paidAt: '充值时间',
  amount: '退款金额',
  words: '人民币大写',
  tender: '原收款方式',
  operator: '收款人',
  reason: '退款理由',
  state: '状态',
  requestedBy: '申请人',
  requestedAt: '申请时间',
  decidedBy: '审批人',
  decidedAt: '审批时间',
  decision: '审批意见',
  posted: '退款登记',
  postedBy: '登记人',
  postedAt: '登记时间',
  signs: ['申请人', '审批人', '领款人'],
} as const

export const REFUND_STATES: Readonly<Record<NonNullable<IntentRow['refund']>['state'], string>> = {
  requested: '待审批',
  approved: '已批准',
  refused: '未批准',
  posted: '已退',
}
