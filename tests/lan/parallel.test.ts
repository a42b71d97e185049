import { afterEach, beforeEach, expect, it } from 'vitest'
import { settleByStaff } from '#core/charging/payments.ts'
import { SECOND } from '#shared/time.ts'
import { contradictions } from '../fixtures/lan-books.ts'
import { openLan, type LanSite } from '../fixtures/lan.ts'

const USER = '13800001234'
const OTHER = '13800005555'
const BOSS = '13900005678'

let site: LanSite
beforeEach(async () => {
  site = await openLan()
  await site.add.user(USER, { coins: 10 })
  await site.add.user(OTHER)
  await site.add.manager(BOSS)
  for (const code of ['A1', 'A2']) await site.add.charger(code, { manager: BOSS, priceFen: 150 })
})
afterEach(() => {
  expect(contradictions(site.test.store.site)).toEqual([])
  return site.close()
})

const times = <R>(n: number, work: (i: number) => Promise<R>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)))
const tally = (values: readonly unknown[]) =>
  Object.fromEntries(
    [...new Set(values)].map((value) => [String(value), values.filter((one) => one === value).length]),
  )

it('fifty orders of one user at once are one (R-01)', async () => {
  const answers = await times(50, (i) =>
    site.call('newPowerOrder', {
      user: USER,
      deviceCode: i % 2 === 0 ? 'A1' : 'A2',
      port: (i % 4) + 1,
      unitPrice: 1.5,
      unit: 1,
      money: 1.5,
    }),
  )
  expect(tally(answers.map(({ code }) => code))).toEqual({ 0: 1, 5: 49 })
  expect(site.count('SELECT count(*) FROM order_info')).toBe(1)
})

it('fifty users at one port are one (R-07)', async () => {
  await times(50, (i) => site.add.user(`139${String(i).padStart(8, '0')}`))
  const answers = await times(50, (i) =>
    site.call('newPowerOrder', {
      user: `139${String(i).padStart(8, '0')}`,
      deviceCode: 'A1',
      port: 1,
      unitPrice: 1.5,
      unit: 1,
      money: 1.5,
    }),
  )
  expect(tally(answers.map(({ code }) => code))).toEqual({ 0: 1, 6: 49 })
})

it('fifty gifts of a whole balance at once are one (R-22)', async () => {
  const answers = await times(50, () =>
    site.call<{ result: number }[]>('newPmoneyGift', { userFrom: USER, userTo: OTHER, pmoney: 10 }),
  )
  expect(tally(answers.map(({ data }) => data[0]?.result))).toEqual({ 0: 1, 1: 49 })
  expect(tally(answers.map(({ code }) => code))).toEqual({ 0: 50 })
  expect(site.all('SELECT pmoney FROM user_info ORDER BY id')).toEqual([{ pmoney: 0 }, { pmoney: 10 }])
})

it('fifty payments of one order at once hold its coins once, and never more than there are (U-25)', async () => {
  const order = { user: USER, deviceCode: 'A1', port: 1, unitPrice: 1.5, unit: 10, money: 15 }
  const { data } = await site.call<{ orderId: string }[]>('newPowerOrder', order)
  const orderId = data[0]?.orderId
  const answers = await times(50, (i) =>
    site.call('payPowerOrder', { user: USER, orderId, money: 15, pmoney: i % 11, cash: 15 - (i % 11) }),
  )
  expect(tally(answers.map(({ code }) => code))).toEqual({ 0: 50 })
  const [open] = site.all('SELECT pmoney FROM order_pay_info WHERE state = 0')
  expect(site.count('SELECT pmoney FROM user_info WHERE user = ?', USER)).toBe(10 - Number(open?.pmoney))
})

it('two withdrawals at once are one batch (M-17, R-38)', async () => {
  for (const port of [1, 2, 3]) {
    const order = { user: USER, deviceCode: 'A1', port, unitPrice: 1.5, unit: 1, money: 1.5 }
    const { data } = await site.call<{ orderId: string }[]>('newPowerOrder', order)
    const { books } = site.charging
    await books.db.write(() => settleByStaff(books, data[0]?.orderId ?? '', `r${port}`, site.clock.now()))
    await site.clock.advance(SECOND)
  }
  const bank = { manager: BOSS, bankName: 'a', bankUser: 'b', bankCode: '123456789012' }
  const answers = await times(2, () => site.call<{ result: number }[]>('CashOut', bank))
  expect(answers.map(({ code }) => code)).toEqual([0, 0])
  expect(tally(answers.map(({ data }) => data[0]?.result))).toEqual({ 0: 1, 1: 1 })
  expect(site.all('SELECT money, service, cash FROM cashout_info')).toEqual([
    { money: 450, service: 0, cash: 450 },
  ])
  expect(site.count('SELECT count(*) FROM order_info WHERE cashOutFlag = 1')).toBe(3)
})

it('a frozen clock and phones with one tail still give fifty numbers each (R-24, D-03)', async () => {
  const phones = Array.from({ length: 50 }, (_, i) => `13${String(i).padStart(5, '0')}1234`)
  for (const phone of phones) await site.add.user(phone)
  await site.write('UPDATE device_info SET chargeFlag = 0')
  const bought = await times(50, (i) =>
    site.call<{ payId: string }[]>('newPmoneyCharge', { user: phones[i], pmoney: 1 }),
  )
  const payIds = bought.map(({ data }) => data[0]?.payId ?? '')
  expect(new Set(payIds).size).toBe(50)
  expect(payIds.filter((id) => !/^P1234\d{6}$/.test(id))).toEqual([])
  const ordered: string[] = []
  for (const user of phones) {
    const order = { user, deviceCode: 'A1', port: 1, unitPrice: 0, unit: 1, money: 0 }
    const { data } = await site.call<{ orderId: string }[]>('newPowerOrder', order)
    ordered.push(data[0]?.orderId ?? '')
    await site.call('cancelPowerOrder', { orderId: data[0]?.orderId })
  }
  expect(new Set(ordered).size).toBe(50)
  expect(ordered.filter((id) => !/^91234\d{9}$/.test(id))).toEqual([])
})
