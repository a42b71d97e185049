import type { IntentState } from '../../../src/shared/contract/values.ts'
import type { Output } from '../../../src/shared/contract/index.ts'
import type { Receipt } from '../../../src/shared/contract/receipts.ts'
import { moneyWords } from '../../../src/shared/money-words.ts'
import { HELLO } from '../render.tsx'

export const NOW = HELLO.now

export const ROOM: Output<'rooms.get'> = {
  id: 'r102',
  name: '102',
  path: ['东区', '1号楼', '102'],
  level: 103,
  active: true,
  selectable: true,
  balanceFen: 1575,
  balanceAt: NOW,
  balances: { balanceFen: 1575, electricityFen: 200, waterFen: 0, at: NOW },
  meters: [{ tableNo: '000000001234', kind: 'electricity', reading: '12.5', meterId: null }],
  recharges: [{ outTradeNo: 'A1', amountFen: 8000, tradeType: '2', at: NOW - 86_400_000 }],
  costs: [],
  recordsAt: NOW,
  marked: false,
  asOf: NOW,
}

const { path, id, name, level, active, selectable, balanceFen, balanceAt } = ROOM
export const FOUND: Output<'rooms.search'> = {
  total: 1,
  rows: [{ path, id, name, level, active, selectable, balanceFen, balanceAt }],
  asOf: NOW,
}

export const intent = (
  intentId: string,
  state: IntentState,
  more: Partial<Output<'recharge.get'>> = {},
): Output<'recharge.get'> => ({
  id: intentId,
  outTradeNo: 'SD000000000001',
  state,
  roomId: ROOM.id,
  roomPath: ROOM.path,
  amountFen: 5000,
  tender: 'cash',
  operator: '张三',
  shiftId: 's1',
  balanceBeforeFen: 1575,
  balanceAfterFen: state === 'APPLIED' ? 6575 : null,
  createdAt: NOW,
  endedAt: null,
  nextCheckAt: state === 'UNKNOWN' ? NOW + 3_600_000 : null,
  receiptNo: null,
  batchId: null,
  canResend: false,
  needsPerson: false,
  refund: null,
  events: [{ at: NOW, state, code: 'created', operator: '张三' }],
  ...more,
})

export const receipt = (more: Partial<Receipt> = {}): Receipt => ({
  id: 'rc1',
  number: 'R20260301-0001',
  intentId: 'i1',
  outTradeNo: 'SD000000000001',
  roomPath: ['东区', '1号楼', '102'],
  amountFen: 123_456,
  amountWords: moneyWords(123_456),
  tender: 'cash',
  operator: '张三',
  at: NOW,
  balanceBeforeFen: 1575,
  balanceAfterFen: 125_031,
  meters: ['000000001234'],
  copies: 0,
  state: 'waiting',
  printedAt: null,
  failure: null,
  template: {
    title: '充值收据',
    organisation: '测试物业',
    phone: '010-1234',
    footer: '请妥善保管',
    showBalance: true,
    showQr: true,
    showOperator: true,
    paper: 'roll58',
    prefix: 'R',
    series: 'day',
  },
  ...more,
})
