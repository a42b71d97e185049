import { requireUser } from '#core/charging/books.ts'
import { professions, unpaidOrders, userInfo } from '#core/charging/pages.ts'
import { orderParts } from '#core/charging/lists.ts'
import { setProfession, setUserName } from '#core/charging/people.ts'
import { CODE, Refusal } from '#core/charging/refusal.ts'
import { listed, orderData, orderInfo, yuanOf } from '../data.ts'
import { endpoint } from '../endpoint.ts'
import { integer, nameText, optionalId, pagingBeside, phone, span, spanIn } from '../params.ts'

const side = 'user'
const actor = 'user'

/** UE-3 */
const getUserInfo = endpoint({
  side,
  actor,
  name: 'getUserInfo',
  shape: 'list',
  mutating: false,
  parse: (fields) => ({ user: phone(fields, 'user') }),
  answer({ user }, { charging: { books } }) {
    requireUser(books, user)
    return [userInfo(books, user)]
  },
})

/** UE-4; documented with `cause` (U-05) */
const reportUserName = endpoint({
  side,
  actor,
  name: 'reportUserName',
  shape: 'result',
  mutating: true,
  changes: ['users'],
  alsoReasonAs: 'cause',
  parse: (fields) => ({ user: phone(fields, 'user'), name: nameText(fields, 'userName') }),
  answer({ user, name }, { charging: { books } }) {
    setUserName(books, user, name)
  },
})

/** UE-5 */
const reportUserProfession = endpoint({
  side,
  actor,
  name: 'reportUserProfession',
  shape: 'result',
  mutating: true,
  changes: ['users'],
  parse(fields) {
    const professionId = integer(fields, 'professionId')
    if (professionId < 1 || professionId > 99) throw new Refusal(CODE.parameter, '工种不存在')
    return { user: phone(fields, 'user'), professionId }
  },
  answer({ user, professionId }, { charging: { books } }) {
    setProfession(books, user, professionId)
  },
})

/** UE-6 */
const getOrderPay = endpoint({
  side,
  actor,
  name: 'getOrderPay',
  shape: 'list',
  mutating: false,
  parse: (fields) => ({ user: phone(fields, 'user') }),
  answer({ user }, { charging: { books } }) {
    requireUser(books, user)
    return unpaidOrders(books, user).map(orderInfo)
  },
})

/** UE-7; with an orderId the paging is not looked at (U-11) */
const getUserOrder = endpoint({
  side,
  actor,
  name: 'getUserOrder',
  shape: 'page',
  mutating: false,
  parse(fields, forms) {
    const orderId = optionalId(fields, 'orderId')
    const slice = pagingBeside(orderId, fields, forms)
    return { user: phone(fields, 'user'), orderId, days: span(fields), slice }
  },
  answer({ user, orderId, days, slice }, { charging: { books }, forms }) {
    requireUser(books, user)
    const { totals, parts } = orderParts(books, { user, orderId, ...spanIn(days, books.zone()) }, slice)
    return {
      totalCount: totals.count,
      totalUnit: totals.units,
      totalMoney: yuanOf(totals.moneyFen),
      abstractList: listed(parts, (order) => orderData(order, forms)),
    }
  },
})

/** UE-8 */
const getProfessionList = endpoint({
  side,
  name: 'getProfessionList',
  shape: 'list',
  mutating: false,
  parse: () => null,
  answer: (_none, { charging: { books } }) => professions(books),
})

export const people = [
  getUserInfo,
  reportUserName,
  reportUserProfession,
  getOrderPay,
  getUserOrder,
  getProfessionList,
]
