import type { Tender } from '#shared/contract/recharge.ts'

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
  sample: '样张',
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
