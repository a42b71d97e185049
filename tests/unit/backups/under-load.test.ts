import { copyFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { listBackups } from '#core/backups/copies.ts'
import { createBackups, type Backups } from '#core/backups/index.ts'
import type { CoreContext } from '#core/context.ts'
import type { SqlDatabase, Workers } from '#core/ports.ts'
import { createReceipts, type Receipts } from '#core/receipts/index.ts'
import { createSettings } from '#core/settings/index.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import { AT_REST } from '../../fixtures/at-rest.ts'
import { lanSettings, Phone, Seeds, startLan, type LanParts } from '../../fixtures/lan.ts'
import { contradictions } from '../../fixtures/lan-books.ts'
import { FakePayments } from '../../fixtures/payments.ts'
import { RechargeWorld } from '../../fixtures/recharge-world.ts'
import { inFile, openRestartableDesk } from '../../fixtures/restartable-desk.ts'
import { testContext } from '../../fixtures/store.ts'
import { memoryKey } from '../../fixtures/sync-site.ts'
import { FakeWx } from '../../fixtures/wechat.ts'

const workers = createWorkers(new URL('../../../src/main/worker.ts', import.meta.url))
afterAll(() => workers.close())

const BOSS = '13900000001'
const phoneOf = (i: number) => `138${String(i).padStart(8, '0')}`
const USERS = 300

let world: RechargeWorld
let lan: LanParts
let receipts: Receipts
let backups: Backups
/** the ledger after every commit that changed it, in order */
const moments: string[] = []

beforeEach(async () => {
  world = await RechargeWorld.open({ ports: { workers } })
  const life = await world.start()
  for (let i = 0; i < 9; i++) world.names.set(`房间${i}`, `batch-${i}`)
  lan = await startLan(context({ options: { profile: lanSettings() } }), {
    payments: new FakePayments(),
    wx: new FakeWx(),
  })
  const ctx = context({ ports: { workers: duringCommits(workers) } })
  const settings = await createSettings(ctx)
  const rooms = { meterNumbersOf: () => [] }
  receipts = createReceipts(ctx, { ledger: life.ledger, rooms, settings })
  backups = createBackups(ctx, { settings, operators: { count: () => 1 }, ...AT_REST })
  const add = new Seeds(lan, world.test.clock)
  await add.manager(BOSS)
  for (let n = 0; n < USERS / 4; n++) await add.charger(`A${n}`, { manager: BOSS, priceFen: 150 })
  for (let i = 0; i < USERS; i++) await add.user(phoneOf(i), { coins: 5 })
  const { site } = world.test.store
  moments.splice(0, Infinity, ledgerOf(site.sql))
  site.onCommit(() => {
    const now = ledgerOf(site.sql)
    if (now !== moments.at(-1)) moments.push(now)
  })
})
afterEach(async () => {
  await receipts.close()
  await backups.close()
  await lan.close()
  await world.close()
})

type More = Parameters<typeof testContext>[1]
const context = (more: More): CoreContext =>
  testContext(world.test, { ...more, ports: { keyWraps: [memoryKey], ...more?.ports } })

const commit = () => {
  const before = moments.length
  return expect.poll(() => moments.length, { interval: 1, timeout: 10_000 }).toBeGreaterThan(before)
}

/** Money moves right before a copy is made and right after, before anybody hears of it. */
const duringCommits = (real: Workers): Workers => ({
  async run(task, input) {
    if (task !== 'copyDatabase') return real.run(task, input)
    await commit()
    const done = await real.run(task, input)
    await commit()
    return done
  },
  close: () => Promise.resolve(),
})

/** Sales whose end is not known are one sum: a restore says of all of them that they are to be verified. */
const STATE = `CASE WHEN state IN ('DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN') THEN 'open' ELSE state END`
const LEDGER = {
  intents: `SELECT ${STATE} AS s, count(*), sum(amount_fen) FROM recharge_intent GROUP BY s ORDER BY s`,
  receipts: `SELECT count(*), sum(amount_fen), max(number) FROM receipt r JOIN recharge_intent i ON i.id = r.intent_id`,
  // one that ran goes on where it stood once somebody says so
  batches: `SELECT replace(state, 'running', 'paused') AS s, count(*) FROM recharge_batch GROUP BY s ORDER BY s`,
  batchRows: `SELECT count(*), sum(amount_fen), count(intent_id) FROM recharge_batch_row`,
  orders: `SELECT count(*), sum(money), sum(cash), sum(pmoney) FROM order_info`,
  payments: `SELECT state, count(*), sum(cash), sum(pmoney) FROM order_pay_info GROUP BY state ORDER BY state`,
  coins: `SELECT sum(pmoney) FROM user_info`,
  gifts: `SELECT count(*), sum(pmoney) FROM pmoney_gift_info`,
  charged: `SELECT count(*), sum(pmoney) FROM pmoney_charge_info`,
}
const ledgerOf = (db: SqlDatabase) =>
  JSON.stringify(Object.entries(LEDGER).map(([name, sql]) => [name, db.statement(sql).arrays()]))

/** Kinds of money of which there is none yet. */
const unmoved = (ledger = '[]') =>
  (JSON.parse(ledger) as [string, unknown[][]][])
    .filter(([, rows]) => !rows.flat().some((value) => Number(value) > 0))
    .map(([kind]) => kind)

const load = { on: false }
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The desk sells, and has each sale's receipt made once it is applied. */
async function sales(): Promise<void> {
  const { life } = world
  for (let i = 0; load.on; i++) {
    const wish = {
      intentId: `load-${i}-aaaaaaaa`,
      roomId: `r${i}`,
      amountFen: 100 + i,
      tender: 'card' as const,
    }
    await life.recharge.handlers['recharge.create'](life.call(), wish)
    await world.test.clock.advance(500)
    for (const { id } of applied()) await receipts.handlers['receipts.get'](life.call(), { intentId: id })
  }
}
const applied = () =>
  world.test.store.site
    .statement<{ id: string }>(
      `SELECT id FROM recharge_intent WHERE state = 'APPLIED' AND batch_id IS NULL
       AND id NOT IN (SELECT intent_id FROM receipt)`,
    )
    .all()

/** One sheet after the other. */
async function batches(): Promise<void> {
  const { life } = world
  const { handlers } = life.recharge
  for (let i = 0; load.on; i++) {
    const rows = Array.from({ length: 9 }, (_, n) => `房间${n},${i + n + 1},`)
    const base64 = Buffer.from(['房间,金额（元）,备注', ...rows].join('\r\n')).toString('base64')
    const { id } = await handlers['recharge.batchCheck'](life.call(), { fileName: `${i}.csv`, base64 })
    await handlers['recharge.batchStart'](life.call(), { id, tender: 'transfer' })
    while (load.on && life.jobs.running('recharge.batch').length > 0) await turn()
  }
}

/** Mini-programs order, pay with coins and give coins away, each over HTTP. */
async function phones(): Promise<void> {
  const { clock } = world.test
  const phone = new Phone(lan.url, () => clock.now())
  for (let i = 0; load.on && i < USERS; i++) {
    const [user, deviceCode, port] = [phoneOf(i), `A${Math.floor(i / 4)}`, (i % 4) + 1]
    const wish = { user, deviceCode, port, unitPrice: 1.5, unit: 2, money: 3 }
    const { data } = await phone.call<{ orderId: string }[]>('newPowerOrder', wish)
    const orderId = data[0]?.orderId
    await phone.call('payPowerOrder', { user, orderId, money: 3, pmoney: 1, cash: 2 })
    await phone.call('newPmoneyGift', { userFrom: user, userTo: phoneOf((i + 1) % USERS), pmoney: 1 })
  }
}

const ofFile = (path: string) => inFile(path, ledgerOf, 'look')
const call = () => ({
  ...world.life.call('Wang', ['admin']),
  commit: world.test.store.site.write.bind(world.test.store.site),
})

/** A file as it lies in the folder of the copies, on a desk of its own: what stands there afterwards. */
async function restoredLedger(path: string): Promise<string> {
  const desk = await openRestartableDesk(null)
  try {
    await desk.restarted(desk.call('backups.adopt', { path }))
    const last = inFile(desk.file, (db) =>
      db.statement<{ value: string }>("SELECT value FROM meta WHERE key = 'last_restore'").get(),
    )
    expect(JSON.parse(last?.value ?? '{}')).toMatchObject({ state: 'done', differences: [] })
    return ofFile(desk.file)
  } finally {
    await desk.close()
  }
}

it('a copy made under a load of recharges, batches and orders is the ledger of that moment, restored to the fen', async () => {
  load.on = true
  const works = [sales(), batches(), phones()]
  await expect.poll(() => unmoved(moments.at(-1)), { timeout: 10_000 }).toEqual([])
  const copies: { path: string; ledger: string }[] = []
  for (let i = 0; i < 3; i++) {
    const from = moments.length - 1
    expect(await backups.handlers['backups.run'](call(), {})).toMatchObject({ state: 'good' })
    const [path = ''] = listBackups(world.test.ports, world.test.directory, 'site.db')
    const ledger = ofFile(path)
    const at = moments.indexOf(ledger, from)
    // a moment within the time of the copy, neither its begin nor what came after it
    expect(at).toBeGreaterThan(from)
    expect(at).toBeLessThan(moments.length - 1)
    copies.push({ path, ledger })
  }
  load.on = false
  await Promise.all(works)
  expect(new Set(copies.map(({ ledger }) => ledger)).size).toBe(3)
  expect(contradictions(world.test.store.site)).toEqual([])
  const { path = '', ledger = '' } = copies.at(-1) ?? {}
  expect(await restoredLedger(path)).toBe(ledger)
  await neverOffered(path)
})

/** Cut off anywhere, it is bad in the list, and no desk opens it. */
async function neverOffered(path: string): Promise<void> {
  const cut = join(world.test.directory, 'site.20260101T000000Z.manual.db')
  const fresh = await openRestartableDesk(null)
  try {
    copyFileSync(path, cut)
    const length = statSync(path).size
    for (const bytes of [length - 1, length - 4096, Math.floor(length / 2), 4096, 100, 0]) {
      truncateSync(path, bytes)
      truncateSync(cut, bytes)
      const { rows } = await backups.handlers['backups.list'](call(), { state: 'good' })
      expect(rows.map(({ name }) => path.endsWith(name))).not.toContain(true)
      await expect(fresh.call('backups.adopt', { path: cut }), `cut at ${bytes}`).rejects.toMatchObject({
        code: 'BACKUP_UNUSABLE',
      })
    }
    expect(await fresh.call('system.hello', {})).toMatchObject({ firstRun: true })
  } finally {
    await fresh.close()
  }
}
