import { describe, expect, it } from 'vitest'
import { offered, secondFor, whyNot } from '../../../src/renderer/features/recharge/records/may-do.ts'
import { elapsed, untilCheck } from '../../../src/renderer/features/recharge/desk/clock-text.ts'
import { vendorWords } from '../../../src/renderer/features/recharge/desk/use-reason.ts'
import { intent } from './fixtures.ts'

const refund = (state: 'requested' | 'approved' | 'refused' | 'posted') => ({
  id: 'f1',
  intentId: 'i',
  reason: '充错了房间',
  requestedBy: '张三',
  requestedAt: 1,
  state,
  decidedBy: null,
  decidedAt: null,
  decisionReason: null,
  postedNote: null,
  postedBy: null,
  postedAt: null,
})

describe('what can be done with a recharge', () => {
  it('sends again only what the core says can be', () => {
    expect(whyNot('resend', intent('i', 'NOT_APPLIED', { canResend: true }))).toBeNull()
    expect(whyNot('resend', intent('i', 'NOT_APPLIED'))).toBe('cannotResend')
    expect(whyNot('resend', intent('i', 'UNKNOWN'))).toBe('cannotResend')
  })

  it('lets nobody decide his own refund alone', () => {
    const asked = intent('i', 'APPLIED', { refund: refund('requested') })
    expect([secondFor('decide', asked, '张三'), secondFor('decide', asked, '李四')]).toEqual(['must', null])
    expect(secondFor('requestRefund', intent('i', 'APPLIED'), '张三')).toBe('may')
    expect(whyNot('posted', asked)).toBe('notApproved')
    expect(whyNot('posted', intent('i', 'APPLIED', { refund: refund('approved') }))).toBeNull()
  })

  it('offers a refund once, and again after it was refused', () => {
    expect(offered(intent('i', 'APPLIED'))).toEqual(['requestRefund'])
    expect(offered(intent('i', 'APPLIED', { refund: refund('requested') }))).not.toContain('requestRefund')
    expect(offered(intent('i', 'APPLIED', { refund: refund('refused') }))).toEqual(['requestRefund'])
  })

  it('settles only what has no outcome', () => {
    expect(whyNot('resolve', intent('i', 'DISPUTED'))).toBeNull()
    expect(whyNot('resolve', intent('i', 'APPLIED'))).toBe('notDisputed')
  })
})

describe('the timer', () => {
  it.each([
    [0, '0:00'],
    [7400, '0:07'],
    [125_000, '2:05'],
    [3_725_000, '1:02:05'],
  ])('%i ms is %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text)
  })

  it.each([
    [null, null],
    [900, { unit: 'now', n: 0 }],
    [3001, { unit: 'seconds', n: 3 }],
    [601_000, { unit: 'minutes', n: 10 }],
  ])('the next question at %j', (at, next) => {
    expect(untilCheck(at, 1000)).toEqual(next)
  })
})

it('shows the words of the vendor without the head the client wrote', () => {
  expect(vendorWords('userBalanceQuery answered 1008: 缺少参数')).toBe('缺少参数 · 1008')
  expect(vendorWords('The connection ended.')).toBe('The connection ended.')
})
