import type { Receipt, ReceiptTemplate } from '#shared/contract/receipts.ts'
import { moneyWords } from '#shared/money-words.ts'
import { receiptNumber } from '#shared/receipt-number.ts'
import type { ZoneOffset } from '#shared/time.ts'

const SAMPLE_FEN = 12_350

/** Invented, and marked so on the paper: the first of its series, made at `at`. */
export function sampleReceipt(template: ReceiptTemplate, at: number, zone: ZoneOffset): Receipt {
  return {
    id: 'sample',
    number: receiptNumber(template, { at, zone, n: 1 }),
    intentId: 'sample',
    outTradeNo: 'SD0000000000000000000001',
    roomPath: ['东区', '1号楼', '102'],
    amountFen: SAMPLE_FEN,
    amountWords: moneyWords(SAMPLE_FEN),
    tender: 'cash',
    operator: '张三',
    at,
    balanceBeforeFen: 1575,
    balanceAfterFen: 1575 + SAMPLE_FEN,
    meters: ['000000001234'],
    copies: 0,
    state: 'waiting',
    printedAt: null,
    failure: null,
    template,
  }
}
