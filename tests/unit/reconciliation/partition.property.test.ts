import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partition, sumsOf, type DayIntent, type UpstreamRecord } from '#core/reconciliation/partition.ts'
import { reconciliationClass } from '#shared/contract/reconciliation.ts'
import { intentState } from '#shared/contract/values.ts'

const room = fc.constantFrom('H-1', 'H-2', 'H-3')
const amountFen = fc.constantFrom(100, 200, 10_000)
const number = fc.integer({ min: 0, max: 9 }).map((n) => `sdk${n}`)
const intent: fc.Arbitrary<DayIntent> = fc.record({
  id: fc.uuid(),
  outTradeNo: number,
  state: fc.constantFrom(...intentState.options),
  roomId: room,
  roomPath: room.map((one) => ['梅园', one]),
  amountFen,
  operator: fc.constant('lin'),
  createdAt: fc.integer({ min: 1, max: 1000 }),
  endedAt: fc.constant(null),
})
const upstream: fc.Arbitrary<UpstreamRecord> = fc.record({
  roomId: room,
  outTradeNo: fc.oneof(number, fc.constant('other')),
  amountFen: fc.option(amountFen),
  tradeType: fc.constant('微信充值'),
  at: fc.integer({ min: 1, max: 1000 }),
})
const day = fc.record({
  intents: fc.uniqueArray(intent, { selector: (one) => one.outTradeNo, maxLength: 10 }),
  upstream: fc.array(upstream, { maxLength: 15 }),
  compared: fc.boolean(),
})

const total = (amounts: readonly (number | null)[]) =>
  amounts.reduce<number>((sum, fen) => sum + (fen ?? 0), 0)
const records = ({
  intents,
  upstream,
  compared,
}: {
  intents: DayIntent[]
  upstream: UpstreamRecord[]
  compared: boolean
}) => partition({ intents, upstream, compared: () => compared, pathOf: (id) => [id] })

const OPEN = ['DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED']

describe('the reconciliation partition', () => {
  it('puts every intent and every upstream record into exactly one class, and loses no fen', () => {
    fc.assert(
      fc.property(day, (given) => {
        const found = records(given)
        for (const one of given.intents) {
          const mine = found.filter(({ intentId }) => intentId === one.id)
          const listed = given.upstream.some((row) => row.outTradeNo === one.outTradeNo)
          const nothing = ['NOT_APPLIED', 'REJECTED'].includes(one.state) && !listed
          expect(mine).toHaveLength(nothing ? 0 : 1)
        }
        const ours = new Set(given.intents.map((one) => one.outTradeNo))
        const strangers = given.upstream.filter((row) => !ours.has(row.outTradeNo))
        expect(found.filter((one) => one.class === 'onlyUpstream')).toHaveLength(strangers.length)
        const sums = sumsOf(found)
        const all = reconciliationClass.options.map((kind) => sums[kind])
        expect(total(all.map((sum) => sum.count))).toBe(found.length)
        expect(total(all.map((sum) => sum.upstreamFen))).toBe(
          total(given.upstream.map((row) => row.amountFen)),
        )
        expect(total(all.map((sum) => sum.hereFen))).toBe(
          total(
            given.intents.map((one) =>
              one.state === 'APPLIED' || OPEN.includes(one.state) ? one.amountFen : 0,
            ),
          ),
        )
        expect(sums.matched.hereFen).toBe(sums.matched.upstreamFen)
      }),
      { numRuns: 500 },
    )
  })

  it('matches only what agrees in number, room and amount, once', () => {
    fc.assert(
      fc.property(day, (given) => {
        for (const one of records(given)) {
          const listed = given.upstream.filter((row) => row.outTradeNo === one.outTradeNo)
          const mine = given.intents.find((other) => other.id === one.intentId)
          const agrees =
            mine?.state === 'APPLIED' &&
            listed.length === 1 &&
            listed[0]?.roomId === mine.roomId &&
            listed[0].amountFen === mine.amountFen
          expect(one.class === 'matched').toBe(agrees)
          if (mine && OPEN.includes(mine.state)) expect(one.class).toBe('waiting')
          if (one.class === 'onlyHere')
            expect([mine?.state, listed.length, given.compared]).toEqual(['APPLIED', 0, true])
        }
      }),
      { numRuns: 500 },
    )
  })
})
