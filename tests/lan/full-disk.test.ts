import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLan, sideOf, signed, type LanSite, type Params } from '../fixtures/lan.ts'

const USER = '13800001234'
const BOSS = '13900005678'

let site: LanSite
beforeEach(async () => {
  site = await openLan()
  await site.add.user(USER, { name: '张三', coins: 5 })
  await site.add.manager(BOSS, '老王')
  await site.add.charger('A1', { manager: BOSS, name: '东门', priceFen: 150 })
})
afterEach(() => site.close())

/** The file cannot grow by one page. */
function fill(full: boolean): void {
  const { sql } = site.test.store.site
  const pages = sql.statement<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0
  sql.pragma(`max_page_count = ${full ? pages : 1_073_741_823}`)
}

it('refuses phones cleanly on a full disk, answers what it can read, and goes on when there is space', async () => {
  // a name as long as the form takes, until no page has room for one more
  fill(true)
  const seen = { refused: 0 }
  for (let i = 0; i < 400 && seen.refused === 0; i++) {
    const user = `138${String(i).padStart(8, '1')}`
    const before = site.count('SELECT count(*) FROM user_info')
    await site
      .write('INSERT INTO user_info (user, userName, setupTime) VALUES (?, ?, ?)', user, 'x'.repeat(400), 't')
      .catch((error: Error & { code?: string }) => {
        expect(error.code).toBe('STORAGE_FULL')
        seen.refused++
      })
    expect(site.count('SELECT count(*) FROM user_info')).toBe(before + (seen.refused > 0 ? 0 : 1))
  }
  expect(seen.refused).toBe(1)
  const order = { user: USER, deviceCode: 'A1', port: 1, unitPrice: 1.5, unit: 2, money: 3 }
  const answers = []
  for (let port = 1; port <= 4; port++) answers.push(await site.call('newPowerOrder', { ...order, port }))
  const made = site.count('SELECT count(*) FROM order_info')
  expect(answers.filter(({ code }) => code === 0)).toHaveLength(made)
  expect(await site.call('getUserInfo', { user: USER })).toMatchObject({ status: 200, code: 0 })
  fill(false)
  if (made === 0) expect(await site.call('newPowerOrder', order)).toMatchObject({ code: 0 })
  await site.write(
    'INSERT INTO user_info (user, userName, setupTime) VALUES (?, ?, ?)',
    '13899999999',
    'x',
    't',
  )
  expect(site.count("SELECT count(*) FROM user_info WHERE user = '13899999999'")).toBe(1)
})

const FULL = { status: 200, code: 999, message: '服务电脑磁盘已满，暂时不能办理，请联系管理员' }
/** Answers of one page of the file, at least; then the next has no room. */
const MOST = 200

/** Calls until it is refused, each time another request; answers how often it was done, and what was refused. */
async function untilRefused(name: string, params: Params) {
  for (let done = 0; done < MOST; done++) {
    const body = signed(sideOf(name), { ...params, nonce: done }, site.clock.now())
    const refusal = await site.phone.send(name, body)
    if (refusal.code !== 0) return { done, refusal, body }
  }
  throw new Error('the disk was never full')
}

it('says in its documented form that the disk is full, takes no money, and does the same request later', async () => {
  const giver = await site.add.user('13700001111', { coins: 1000 })
  const coinsOf = (user: string) => site.count('SELECT pmoney FROM user_info WHERE user = ?', user)
  fill(true)
  const gift = await untilRefused('newPmoneyGift', { userFrom: giver, userTo: USER, pmoney: 1 })
  expect(gift.refusal).toEqual({ ...FULL, data: [{ result: 1, reason: FULL.message }] })
  expect([coinsOf(giver), coinsOf(USER)]).toEqual([1000 - gift.done, 5 + gift.done])
  expect(site.count('SELECT count(*) FROM pmoney_gift_info')).toBe(gift.done)

  const bought = await untilRefused('newPmoneyCharge', { user: USER, pmoney: 3 })
  expect(bought.refusal).toEqual({ ...FULL, data: [] })
  expect(site.count('SELECT count(*) FROM pmoney_charge_pay WHERE state = 0')).toBe(bought.done)
  expect(site.payments.begun).toHaveLength(bought.done)

  expect(await site.call('getUserInfo', { user: USER })).toMatchObject({ status: 200, code: 0 })
  const gifts = await site.call('getPmoneyGift', { user: USER, startIndex: 0, pageSize: 5 })
  expect(gifts).toMatchObject({ status: 200, code: 0, data: { totalCount: gift.done } })

  fill(false)
  for (let i = 0; i < 2; i++)
    expect(await site.phone.send('newPmoneyGift', gift.body)).toMatchObject({ code: 0 })
  expect(coinsOf(giver)).toBe(1000 - gift.done - 1)
})
