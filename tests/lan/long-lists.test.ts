import { afterAll, beforeAll, expect, it } from 'vitest'
import { BASES } from '#main/lan/request/route.ts'
import { newNonce, openLan, sideOf, signed, type LanSite, type Params } from '../fixtures/lan.ts'

const USER = '13800001234'
const BOSS = '13900005678'
/** more than two parts of a list, the last one not full */
const ORDERS = 640
const BATCHES = 260

let site: LanSite
beforeAll(async () => {
  site = await openLan()
  await site.add.user(USER, { name: '张三' })
  await site.add.manager(BOSS)
  await site.add.charger('A1', { manager: BOSS, name: '三号楼"东"' })
  await site.add.charger('A2', { manager: BOSS })
  // several in one second, paid, unpaid, cancelled and in a batch
  await site.write(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${ORDERS - 1})
     INSERT INTO order_info (orderId, user, deviceCode, port, unitPrice, unit, money, orderTime, pmoney, cash, payTime,
       cashOutFlag, manager, cancelTime)
     SELECT printf('O%05d', i), '${USER}', CASE i % 3 WHEN 0 THEN 'A2' ELSE 'A1' END, 1 + i % 4, 150, 1, 150,
       printf('2026-02-%02d 08:%02d:00', 1 + i % 27, i % 7), 0, 150,
       CASE WHEN i % 10 > 1 THEN '2026-02-28 09:00:00' END, CASE i % 50 WHEN 5 THEN 2 ELSE 0 END, '${BOSS}',
       CASE WHEN i % 10 <= 1 AND i > 0 THEN '2026-02-28 09:00:00' END FROM n`,
  )
  await site.write(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${BATCHES - 1})
     INSERT INTO cashout_info (cashOutId, manager, state, bankName, bankUser, bankCode, money, service, cash, cashOutTime,
       processTime)
     SELECT printf('C%05d', i), '${BOSS}', i % 2, 'a', 'b', '6222000011112222', 100, 0, 100,
       printf('2026-02-%02d 08:00:00', 1 + i % 5), '2026-02-28 09:00:00' FROM n`,
  )
})
afterAll(() => site.close())

/** The answer as it stands on the wire. */
async function wire(name: string, params: Params): Promise<string> {
  const side = sideOf(name)
  const response = await fetch(`${site.url}${BASES[side]}${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: signed(side, { nonce: newNonce(), ...params }, site.clock.now()),
  })
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  const text = await response.text()
  expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
  return text
}

type Rows = Record<string, unknown[]>

/** The same rows in pages that are answered in one piece each. */
async function inSmallPages(name: string, params: Params, rowsAs: string, from: number, upTo: number) {
  const rows: unknown[] = []
  let last: { data: Rows } | null = null
  for (let startIndex = from; startIndex < upTo; startIndex += 100) {
    const pageSize = Math.min(100, upTo - startIndex)
    last = JSON.parse(await wire(name, { ...params, startIndex, pageSize })) as { data: Rows }
    rows.push(...(last.data[rowsAs] ?? []))
  }
  return JSON.stringify({ ...last, data: { ...last?.data, [rowsAs]: rows } })
}

const manager = { manager: BOSS }
it.each([
  ['getOrderAll', manager, 'abstractList', ORDERS],
  [
    'getOrderAll',
    { ...manager, deviceCode: 'A1', startDate: '20260203', endDate: '20260227' },
    'abstractList',
    ORDERS,
  ],
  ['getOrderAll', { ...manager, user: USER }, 'abstractList', ORDERS],
  ['getUserOrder', { user: USER }, 'abstractList', ORDERS],
  ['getOrderCashList', manager, 'abstractList', ORDERS],
  ['getCashOutList', manager, 'CashOutList', BATCHES],
])(
  '%s %o without a size is all of it in its order, to the letter (U-11, U-14)',
  async (name, params, rowsAs, most) => {
    const whole = await wire(name, params)
    const rows = (JSON.parse(whole) as { data: Rows }).data[rowsAs] ?? []
    expect(rows.length).toBeGreaterThan(250)
    expect(whole).toBe(await inSmallPages(name, params, rowsAs, 0, most))
    expect(await wire(name, { ...params, startIndex: 7 })).toBe(
      await inSmallPages(name, params, rowsAs, 7, most),
    )
  },
)

it('a large page is what it was too, and the end of a list has no rows', async () => {
  expect(await wire('getOrderAll', { ...manager, startIndex: 3, pageSize: 400 })).toBe(
    await inSmallPages('getOrderAll', manager, 'abstractList', 3, 403),
  )
  const all = JSON.parse(await wire('getOrderAll', manager)) as { data: Rows }
  const none = JSON.parse(await wire('getOrderAll', { ...manager, startIndex: ORDERS })) as { data: Rows }
  expect(none.data).toEqual({ ...all.data, abstractList: [] })
})

it('many at once are each answered whole', async () => {
  const one = await wire('getOrderAll', manager)
  const many = await Promise.all(Array.from({ length: 8 }, () => wire('getOrderAll', manager)))
  expect(new Set(many)).toEqual(new Set([one]))
})
