import type { ShiftReport, ShiftRow } from '#shared/contract/shifts.ts'
import { HELLO } from '../render.tsx'

export const shiftRow = (change: Partial<ShiftRow> = {}): ShiftRow => ({
  id: 's1',
  number: 7,
  operator: '张三',
  state: 'open',
  openedAt: HELLO.now - 3_600_000,
  closedAt: null,
  cashFloatFen: 20_000,
  expectedFen: null,
  countedFen: null,
  differenceFen: null,
  differenceReason: null,
  signedBy: null,
  signedAt: null,
  ...change,
})

export const shiftReport = (change: Partial<ShiftReport> = {}): ShiftReport => ({
  ...shiftRow(),
  at: HELLO.now,
  counted: null,
  movements: [{ id: 'm1', at: HELLO.now, operator: '张三', amountFen: -5000, reason: '交银行' }],
  tenders: [
    { tender: 'cash', count: 3, amountFen: 30_000, waiting: 1, waitingFen: 5000 },
    { tender: 'wechat', count: 1, amountFen: 10_000, waiting: 0, waitingFen: 0 },
  ],
  refundsFen: 0,
  sales: 4,
  salesFen: 40_000,
  firstReceipt: 'S0001',
  lastReceipt: 'S0004',
  firstCountedFen: null,
  late: [],
  ...change,
})
