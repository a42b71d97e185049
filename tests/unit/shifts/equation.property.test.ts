import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLedger } from '#core/recharge/index.ts'
import { createShifts } from '#core/shifts/index.ts'
import { contract } from '#shared/contract/index.ts'
import { intentState, tender } from '#shared/contract/values.ts'
import { callOf, storeIntent, storeRefund } from '../../fixtures/ledger-rows.ts'
import { openTestStore, testContext } from '../../fixtures/store.ts'

const amount = fc.integer({ min: 1, max: 100_000_000 })
const sale = fc.record({
  amountFen: amount,
  tender: fc.constantFrom(...tender.options),
  state: fc.constantFrom(...intentState.options),
  refunded: fc.boolean(),
})
const movement = fc.record({ direction: fc.constantFrom('in' as const, 'out' as const), amountFen: amount })
const pieces = fc.dictionary(
  fc.constantFrom('10000', '5000', '2000', '1000', '500', '100', '50', '10'),
  fc.integer({ min: 0, max: 1000 }),
)

const WAITING = ['DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED']
const total = (amounts: readonly number[]) => amounts.reduce((sum, fen) => sum + fen, 0)

describe('the shift equation', () => {
  it('float + cash sales − cash refunds + in − out, and difference = counted − expected, to the fen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(sale, { maxLength: 12 }),
        fc.array(movement, { maxLength: 6 }),
        pieces,
        async (cashFloatFen, sales, movements, counted) => {
          const test = await openTestStore()
          try {
            const ctx = testContext(test)
            const { handlers } = createShifts(ctx, { ledger: createLedger(ctx), reasonAboveFen: () => 0 })
            const call = callOf(test, 'lin')
            const { id } = contract['shifts.open'].output.parse(
              await handlers['shifts.open'](call, { cashFloatFen }),
            )
            for (const [i, { refunded, ...one }] of sales.entries()) {
              await storeIntent(test, { id: `i${i}`, shiftId: id, roomId: `H-${i}`, ...one })
              if (refunded && one.state === 'APPLIED') await storeRefund(test, `i${i}`, id)
            }
            for (const one of movements) await handlers['shifts.cash'](call, { ...one, reason: '其他' })
            const closed = contract['shifts.close'].output.parse(
              await handlers['shifts.close'](call, { counted, reason: '盘点' }),
            )
            const took = sales.filter((s) => s.tender === 'cash')
            const expected =
              cashFloatFen +
              total(
                took
                  .filter((s) => s.state === 'APPLIED' || WAITING.includes(s.state))
                  .map((s) => s.amountFen),
              ) -
              total(took.filter((s) => s.state === 'APPLIED' && s.refunded).map((s) => s.amountFen)) +
              total(movements.map((m) => (m.direction === 'in' ? m.amountFen : -m.amountFen)))
            const found = total(Object.entries(counted).map(([unit, n]) => Number(unit) * n))
            expect(closed).toMatchObject({
              expectedFen: expected,
              countedFen: found,
              differenceFen: found - expected,
              salesFen: total(sales.filter((s) => s.state === 'APPLIED').map((s) => s.amountFen)),
              sales: sales.filter((s) => s.state === 'APPLIED').length,
            })
            expect(total(closed.tenders.map((t) => t.amountFen ?? Number.NaN))).toBe(closed.salesFen)
            expect(total(closed.tenders.map((t) => t.waiting))).toBe(
              sales.filter((s) => WAITING.includes(s.state)).length,
            )
          } finally {
            await test.close()
          }
        },
      ),
      { numRuns: 25 },
    )
  })
})
