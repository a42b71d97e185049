import { requireManager } from '#core/charging/books.ts'
import { orderParts } from '#core/charging/lists.ts'
import { cashOuts, withdrawableOrders } from '#core/charging/pages.ts'
import { cashOut, withdrawable } from '#core/charging/withdrawals.ts'
import { listed, managedOrderData, timeText, yuanOf } from '../data.ts'
import { endpoint } from '../endpoint.ts'
import {
  bankCode,
  nameText,
  optionalDeviceCode,
  optionalId,
  optionalPaging,
  optionalPhone,
  pagingBeside,
  phone,
  span,
  spanIn,
} from '../params.ts'

const side = 'manager'
const actor = 'manager'

/** ME-14; with an orderId the paging is not looked at (U-11) */
const getOrderAll = endpoint({
  side,
  actor,
  name: 'getOrderAll',
  shape: 'page',
  mutating: false,
  parse(fields, forms) {
    const orderId = optionalId(fields, 'orderId')
    return {
      manager: phone(fields, 'manager'),
      user: optionalPhone(fields, 'user'),
      deviceCode: optionalDeviceCode(fields, 'deviceCode'),
      orderId,
      days: span(fields),
      slice: pagingBeside(orderId, fields, forms),
    }
  },
  answer({ days, slice, ...filter }, { charging: { books }, forms }) {
    requireManager(books, filter.manager)
    const { totals, parts } = orderParts(books, { ...filter, ...spanIn(days, books.zone()) }, slice)
    return {
      totalCount: totals.count,
      totalUnit: totals.units,
      totalMoney: yuanOf(totals.moneyFen),
      abstractList: listed(parts, (order) => managedOrderData(order, forms)),
    }
  },
})

/** ME-15 */
const getOrderCash = endpoint({
  side,
  actor,
  name: 'getOrderCash',
  shape: 'list',
  mutating: false,
  parse: (fields) => ({ manager: phone(fields, 'manager') }),
  answer({ manager }, { charging: { books } }) {
    requireManager(books, manager)
    const { count, moneyFen, serviceFen, cashFen } = withdrawable(books, manager)
    return [{ count, money: yuanOf(moneyFen), service: yuanOf(serviceFen), cash: yuanOf(cashFen) }]
  },
})

/** ME-16; totalCount is additive (M-19) */
const getOrderCashList = endpoint({
  side,
  actor,
  name: 'getOrderCashList',
  shape: 'page',
  mutating: false,
  parse: (fields) => ({ manager: phone(fields, 'manager'), slice: optionalPaging(fields) }),
  answer({ manager, slice }, { charging: { books }, forms }) {
    requireManager(books, manager)
    return {
      totalCount: withdrawable(books, manager).count,
      abstractList: listed(withdrawableOrders(books, manager, slice), (order) =>
        managedOrderData(order, forms),
      ),
    }
  },
})

/** ME-17, alone in its capital letter (H-25) */
const cashOutEndpoint = endpoint({
  side,
  actor,
  name: 'CashOut',
  shape: 'result',
  mutating: true,
  changes: ['cashouts', 'orders'],
  parse: (fields) => ({
    manager: phone(fields, 'manager'),
    bank: {
      bankName: nameText(fields, 'bankName'),
      bankUser: nameText(fields, 'bankUser'),
      bankCode: bankCode(fields, 'bankCode'),
    },
  }),
  answer({ manager, bank }, { charging: { books }, now }) {
    cashOut(books, manager, bank, now)
  },
})

/** ME-18; counts those that were paid, lists all (M-20, M-21) */
const getCashOutList = endpoint({
  side,
  actor,
  name: 'getCashOutList',
  shape: 'page',
  mutating: false,
  parse: (fields) => ({ manager: phone(fields, 'manager'), slice: optionalPaging(fields) }),
  answer({ manager, slice }, { charging: { books }, forms }) {
    requireManager(books, manager)
    const { paid, paidFen, parts } = cashOuts(books, manager, slice)
    return {
      totalCount: paid,
      totalCash: yuanOf(paidFen),
      CashOutList: listed(parts, (batch) => ({
        cashOutId: batch.cashOutId,
        bankCode: batch.bankCode,
        money: yuanOf(batch.money),
        service: yuanOf(batch.service),
        cash: yuanOf(batch.cash),
        state: batch.state,
        reason: batch.reason,
        cashOutTime: batch.cashOutTime,
        processTime: timeText(batch.processTime, forms),
      })),
    }
  },
})

export const income = [getOrderAll, getOrderCash, getOrderCashList, cashOutEndpoint, getCashOutList]
