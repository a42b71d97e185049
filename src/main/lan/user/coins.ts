import { requireUser } from '#core/charging/books.ts'
import { chargeOf, checkCoins, gift } from '#core/charging/coins.ts'
import { coinPurchases, gifts } from '#core/charging/pages.ts'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import { endpoint } from '../endpoint.ts'
import { id, integer, paging, phone } from '../params.ts'
import { paymentResult, storedState } from './payment-result.ts'

const side = 'user'

/** UE-16 */
const newPmoneyCharge = endpoint({
  side,
  actor: 'user',
  name: 'newPmoneyCharge',
  shape: 'list',
  mutating: true,
  waits: true,
  parse(fields, { mostCoins }) {
    const coins = integer(fields, 'pmoney')
    checkCoins(coins, mostCoins)
    return { user: phone(fields, 'user'), coins }
  },
  async answer(wanted, { charging: { payments }, now }) {
    const { payId, package: pack, extra } = await payments.buyCoins(wanted, now)
    return [{ payId, package: pack, ...extra }]
  },
})

/** UE-17 */
const queryPmoneyPay = endpoint({
  side,
  name: 'queryPmoneyPay',
  shape: 'result',
  mutating: false,
  parse: (fields) => ({ payId: id(fields, 'payId') }),
  async answer({ payId }, { charging: { books, payments }, sessionPhone }) {
    const { user } = chargeOf(books, payId)
    if (sessionPhone !== null && user !== sessionPhone) throw new Refusal(CODE.notAllowed, '不是本人的充值')
    await payments.refreshCharge(payId)
    return paymentResult(storedState(chargeOf(books, payId).state))
  },
})

/** UE-18 */
const getPmoneyCharge = endpoint({
  side,
  actor: 'user',
  name: 'getPmoneyCharge',
  shape: 'page',
  mutating: false,
  parse: (fields) => ({ user: phone(fields, 'user'), slice: paging(fields) }),
  answer({ user, slice }, { charging: { books } }) {
    requireUser(books, user)
    const { total, rows } = coinPurchases(books, user, slice)
    return { totalCount: total, abstractList: rows }
  },
})

/** UE-19 */
const newPmoneyGift = endpoint({
  side,
  actor: 'userFrom',
  name: 'newPmoneyGift',
  shape: 'result',
  mutating: true,
  changes: ['coins'],
  parse(fields) {
    const wish = {
      from: phone(fields, 'userFrom'),
      to: phone(fields, 'userTo'),
      coins: integer(fields, 'pmoney'),
    }
    if (wish.coins < 1) throw new Refusal(CODE.parameter, '赠送数量应为正整数')
    if (wish.from === wish.to) throw new Refusal(CODE.parameter, '不能赠送给自己')
    return wish
  },
  answer(wish, { charging: { books }, now }) {
    gift(books, wish, now)
  },
})

/** UE-20 */
const getPmoneyGift = endpoint({
  side,
  actor: 'user',
  name: 'getPmoneyGift',
  shape: 'page',
  mutating: false,
  parse: (fields) => ({ user: phone(fields, 'user'), slice: paging(fields) }),
  answer({ user, slice }, { charging: { books } }) {
    requireUser(books, user)
    const { total, rows } = gifts(books, user, slice)
    return {
      totalCount: total,
      abstractList: rows.map(({ giftId, pmoney, received, other, otherName, giftTime }) => ({
        giftId,
        pmoney,
        fromTo: received,
        user: other,
        name: otherName,
        giftTime,
      })),
    }
  },
})

export const coins = [newPmoneyCharge, queryPmoneyPay, getPmoneyCharge, newPmoneyGift, getPmoneyGift]
