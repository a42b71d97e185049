import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEvents } from '#core/events.ts'
import { USUAL_LIMITS } from '#core/charging/books.ts'
import { newOrder } from '#core/charging/orders.ts'
import { settleByStaff } from '#core/charging/payments.ts'
import { openStore } from '#core/store/store.ts'
import type { SiteDatabase } from '#core/store/store.ts'
import { createPorts } from '#main/adapters/ports.ts'
import { createClock } from '#main/adapters/clock.ts'
import { contradictions } from '../fixtures/lan-books.ts'
import {
  lanSettings,
  newNonce,
  Phone,
  Seeds,
  signed,
  startLan,
  type Answer,
  type Params,
} from '../fixtures/lan.ts'
import { FakePayments } from '../fixtures/payments.ts'
import { FakeWx } from '../fixtures/wechat.ts'

const clock = createClock()
const PEOPLE = 16
const COINS = 100
const user = (i: number) => `138${String(i).padStart(8, '0')}`
const boss = (i: number) => `139${String(i).padStart(8, '0')}`
/** Answers after which the program is killed; everybody has others on the way by then. */
const ROUNDS = [60, 150, 240]

let directory: string
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sitedesk-lan-kill-'))
  await seed()
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** Opens the folder in this process, as after a restart. */
async function inside(work: (db: SiteDatabase, seeds: () => Promise<Seeds>) => Promise<void> | void) {
  const ports = createPorts({ directory, workerUrl: new URL('../../src/main/worker.ts', import.meta.url) })
  const store = await openStore(ports, directory)
  const options = { version: '0.0.0-test', directory, demo: false, profile: lanSettings() }
  const ctx = { ports, store, options, events: createEvents(ports.log) }
  let close = () => Promise.resolve()
  try {
    await work(store.site, async () => {
      const lan = await startLan(ctx, { payments: new FakePayments(), wx: new FakeWx() })
      close = lan.close
      return new Seeds(lan, clock)
    })
  } finally {
    await close()
    await ports.workers.close()
    await store.close()
  }
}

/** Each has coins, a charger, and income that was never withdrawn. */
const seed = () =>
  inside(async (db, seeds) => {
    const add = await seeds()
    const books = {
      db,
      zone: () => 8 * 3_600_000,
      rules: () => ({ coinFen: 100, serviceBp: 0, ...USUAL_LIMITS }),
    }
    for (let i = 0; i < PEOPLE; i += 1) {
      await add.user(user(i), { coins: COINS })
      await add.manager(boss(i))
      await add.charger(`D${i}`, { manager: boss(i), priceFen: 100 })
      await db.write(() => {
        const wish = {
          user: user(i),
          deviceCode: `D${i}`,
          port: 4,
          unit: 1,
          unitPriceFen: 100,
          moneyFen: 100,
        }
        const { orderId } = newOrder(books, wish, clock.now() - 3_600_000)
        settleByStaff(books, orderId, `r${i}`, clock.now())
      })
    }
  })

interface Said {
  readonly name: string
  readonly params: Params
  readonly body: string
  readonly answer: Answer<Record<string, unknown>[]>
}

/** Starts the program, lets everybody do something until so many answers are there, and kills it. */
async function killAfter(answers: number): Promise<Said[]> {
  const script = join(import.meta.dirname, '../fixtures/lan-child.ts')
  const child = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const phone = new Phone((JSON.parse(line) as { url: string }).url, () => clock.now())
  const said: Said[] = []
  const call = async (name: string, params: Params): Promise<Said['answer']> => {
    const side = name === 'CashOut' ? 'manager' : 'user'
    const body = signed(side, { ...params, nonce: newNonce() }, clock.now())
    const answer = await phone.send<Record<string, unknown>[]>(name, body)
    said.push({ name, params, body, answer })
    if (said.length === answers) child.kill('SIGKILL')
    return answer
  }
  await Promise.all(Array.from({ length: PEOPLE }, (_, i) => person(i, call).catch(lost)))
  expect(await exit).toEqual([null, 'SIGKILL'])
  return said
}

/** A request that was on its way when the program died. */
function lost(error: unknown): void {
  if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error
}

/** Orders, pays or cancels, gives and buys coins, withdraws, for ever. */
async function person(
  i: number,
  call: (name: string, params: Params) => Promise<Said['answer']>,
): Promise<never> {
  await call('CashOut', { manager: boss(i), bankName: 'a', bankUser: 'b', bankCode: '123456789012' })
  for (let n = 0; ; n += 1) {
    await call('reportDevicePort', { deviceCode: `D${i}`, portState: '1000200030004000' })
    const order = { user: user(i), deviceCode: `D${i}`, port: 1 + (n % 3), unitPrice: 1, unit: 1, money: 1 }
    const { data } = await call('newPowerOrder', order)
    const orderId = data[0]?.orderId ?? String((await unpaid(i, call))?.orderId)
    if (n % 3 === 0) await call('cancelPowerOrder', { orderId })
    await call('payPowerOrder', { user: user(i), orderId, money: 1, pmoney: 1, cash: 0 })
    await call('newPmoneyGift', { userFrom: user(i), userTo: user((i + 1) % PEOPLE), pmoney: 1 })
    await call('newPmoneyCharge', { user: user(i), pmoney: 1 + (n % 9) })
  }
}

const unpaid = async (i: number, call: (name: string, params: Params) => Promise<Said['answer']>) =>
  (await call('getOrderPay', { user: user(i) })).data[0]

/** What an answer with code 0 promised and the books do not say. */
function broken(db: SiteDatabase, said: readonly Said[]): string[] {
  const count = (sql: string, ...values: string[]) => db.statement<{ n: number }>(sql).get(...values)?.n ?? 0
  const done = said.filter(({ answer: { code, data } }) => code === 0 && data[0]?.result !== 1)
  const of = (name: string) => done.filter((one) => one.name === name)
  const lacks = (name: string, sql: string, values: (one: Said) => unknown[]) =>
    of(name)
      .filter((one) => count(sql, ...values(one).map(String)) !== 1)
      .map(({ params, answer }) => `${name} ${JSON.stringify(params)} ${JSON.stringify(answer.data)}`)
  const fewer = (name: string, sql: string, key: (one: Said) => string[]) =>
    [...new Set(of(name).map((one) => key(one).join()))]
      .filter((group) => {
        const answered = of(name).filter((one) => key(one).join() === group)
        return count(sql, ...group.split(',')) < answered.length
      })
      .map((group) => `${name} ${group}`)
  const ORDER = 'SELECT count(*) AS n FROM order_info WHERE orderId = ?'
  return [
    ...lacks('newPowerOrder', `${ORDER} AND user = ? AND deviceCode = ?`, ({ answer, params }) => [
      answer.data[0]?.orderId,
      params.user,
      params.deviceCode,
    ]),
    ...lacks('cancelPowerOrder', `${ORDER} AND cancelTime IS NOT NULL`, ({ params }) => [params.orderId]),
    ...lacks('payPowerOrder', `${ORDER} AND payTime IS NOT NULL AND pmoney = 1`, ({ params }) => [
      params.orderId,
    ]),
    ...lacks(
      'newPmoneyCharge',
      'SELECT count(*) AS n FROM pmoney_charge_pay WHERE payId = ?',
      ({ answer }) => [answer.data[0]?.payId],
    ),
    ...fewer(
      'newPmoneyGift',
      'SELECT count(*) AS n FROM pmoney_gift_info WHERE fromUser = ? AND toUser = ?',
      ({ params }) => [String(params.userFrom), String(params.userTo)],
    ),
    ...fewer('CashOut', 'SELECT count(*) AS n FROM cashout_info WHERE manager = ?', ({ params }) => [
      String(params.manager),
    ]),
  ]
}

it('killed in the middle of a burst, it has done all it said it did, and all sums agree', async () => {
  const said: Said[] = []
  for (const answers of ROUNDS) {
    said.push(...(await killAfter(answers)))
    await inside((db) => {
      expect(broken(db, said)).toEqual([])
      expect(contradictions(db)).toEqual([])
      const owned = db.statement<{ n: number }>(
        `SELECT (SELECT sum(pmoney) FROM user_info)
           + (SELECT coalesce(sum(pmoney), 0) FROM order_pay_info WHERE state IN (0, 1)) AS n`,
      )
      expect(owned.get()?.n).toBe(PEOPLE * COINS)
    })
  }
  const names = new Set(said.filter(({ answer }) => answer.code === 0).map(({ name }) => name))
  expect(names.size).toBeGreaterThanOrEqual(6)
}, 120_000)

it('still knows after it what it answered to the same request (H-12)', async () => {
  const said = await killAfter(80)
  const orders = said.filter(({ name, answer }) => name === 'newPowerOrder' && answer.code === 0)
  expect(orders.length).toBeGreaterThan(0)
  const script = join(import.meta.dirname, '../fixtures/lan-child.ts')
  const child = spawn(process.execPath, [script, directory], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const phone = new Phone((JSON.parse(line) as { url: string }).url, () => clock.now())
  for (const { name, body, answer } of orders) expect(await phone.send(name, body)).toEqual(answer)
  child.kill('SIGKILL')
  await exit
}, 60_000)
