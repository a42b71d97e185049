import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stagedPath, writeMark } from '#core/backups/mark.ts'
import { newOrder } from '#core/charging/orders.ts'
import { beginCharge } from '#core/charging/coins.ts'
import { beginPayment } from '#core/charging/payments.ts'
import { createFiles } from '#main/adapters/files.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import { SCREEN } from '../../fixtures/console.ts'
import { YearDesk } from '../../fixtures/year-desk.ts'

const USER = '13800000001'

let desk: YearDesk
beforeEach(async () => {
  desk = new YearDesk()
  await desk.found()
  await desk.open()
})
afterEach(() => desk.remove())

const sale = (intentId: string) =>
  ({
    intentId: `intent-${intentId}`,
    roomId: 'H-1',
    amountFen: 1000,
    tender: 'card',
    confirmedDuplicate: true,
  }) as const
const numbers = () =>
  desk.read<{ no: string }>('SELECT out_trade_no AS no FROM recharge_intent').map(({ no }) => no)

async function copied() {
  const { name } = await desk.call('backups.run', {})
  const from = { place: 'first', name } as const
  const preview = await desk.call('backups.preview', { from })
  return { from, confirm: preview.confirm, preview }
}

async function reopened() {
  await desk.close()
  await desk.open()
  return (await desk.call('backups.status', {})).lastRestore
}

/** A phone begins to pay an order; its provider does not say what becomes of it. */
async function payingPhone(provider: 'wechatpay' | 'offline' = 'wechatpay'): Promise<void> {
  desk.payments.kind = provider
  await desk.phones((books) => {
    const wanted = { user: USER, deviceCode: 'A1', port: 1, unit: 1, unitPriceFen: 150, moneyFen: 150 }
    const { orderId } = newOrder(books, wanted, desk.clock.now())
    const parts = { user: USER, orderId, moneyFen: 150, coins: 0, cashFen: 150 }
    beginPayment(books, parts, desk.clock.now(), { provider, mchId: null })
  })
}

/** Runs while the mark of the restore is being written: the files change places from then on. */
function whileLaidReady<R>(work: () => Promise<R>): Promise<R> {
  const { promise, resolve } = Promise.withResolvers<R>()
  desk.beforeWrite = async (path) => {
    if (!path.endsWith('restore.json')) return
    const began = work()
    began.then(resolve, () => undefined)
    await began
  }
  return promise
}

describe('a sale and a restore', () => {
  it('is refused once a restore is laid ready: the restored file would not know of it', async () => {
    const { from, confirm } = await copied()
    desk.platform.saleFault = () => 'stallApplied'
    const answer = whileLaidReady(() =>
      desk.core.call(SCREEN, 'recharge.create', sale('late')).catch((error: unknown) => error),
    )
    await desk.call('backups.restore', { from, confirm })
    expect(await answer).toMatchObject({ code: 'NOT_ALLOWED_NOW', data: { reason: 'restoring' } })
    await expect(desk.call('recharge.create', sale('later'))).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
    })
    await desk.clock.advance(MINUTE)
    expect(await reopened()).toMatchObject({ state: 'done' })
    expect(desk.platform.posted).toEqual([])
    desk.platform.saleFault = () => 'ok'
    await desk.call('recharge.create', sale('after'))
    expect(await desk.settled()).toBe(true)
    expect(desk.platform.posted.map(({ outTradeNo }) => outTradeNo)).toEqual(numbers())
  })

  it('is taken again where the restore could not be laid ready', async () => {
    const { from, confirm } = await copied()
    desk.beforeWrite = (path) =>
      path.endsWith('restore.json') ? Promise.reject(new Error('no space')) : Promise.resolve()
    await expect(desk.call('backups.restore', { from, confirm })).rejects.toMatchObject({ code: 'INTERNAL' })
    await desk.call('recharge.create', sale('one'))
    expect(await desk.settled()).toBe(true)
    expect(createFiles().exists(join(desk.directory, 'site.db.restoring'))).toBe(false)
  })

  it('keeps the file whose close left it without an answer', async () => {
    const { from } = await copied()
    desk.platform.saleFault = () => 'stallApplied'
    await desk.call('recharge.create', sale('one'))
    await desk.clock.advance(2000)
    expect(desk.read('SELECT state FROM recharge_intent')).toEqual([{ state: 'SENT' }])
    const ports = { files: createFiles(), sql: createSqlDriver() }
    copyFileSync(join(desk.directory, 'backups', from.name), stagedPath(ports, desk.directory, 'site.db'))
    const at = desk.clock.now()
    await writeMark(ports, desk.directory, {
      format: 1,
      at,
      by: 'Wang',
      from: from.name,
      madeAt: at,
      files: ['site.db'],
      figures: [],
    })
    expect(await reopened()).toMatchObject({ state: 'abandoned', openRecharges: 1 })
    const [posted] = desk.platform.posted
    expect(numbers()).toEqual([posted?.outTradeNo])
    expect(await desk.settled()).toBe(true)
    expect(desk.read('SELECT state FROM recharge_intent')).toEqual([{ state: 'APPLIED' }])
  })
})

describe('a payment at its provider and a restore', () => {
  it('is waited for, however old it is: another file would never ask about it', async () => {
    const first = await copied()
    expect(first.preview.blockers).toEqual([])
    await payingPhone()
    for (const age of [0, 3 * HOUR]) {
      desk.payments.failure = 'unreachable'
      await desk.clock.advance(age)
      const { from, confirm, preview } = await copied()
      expect(preview.blockers).toEqual(['payment'])
      await expect(desk.call('backups.restore', { from, confirm })).rejects.toMatchObject({
        code: 'NOT_ALLOWED_NOW',
        data: { blockers: ['payment'] },
      })
    }
    expect(createFiles().exists(join(desk.directory, 'site.db.restoring'))).toBe(false)
    desk.payments.failure = null
    await desk.clock.advance(MINUTE)
    await desk.call('backups.restore', { from: first.from, confirm: first.confirm })
    expect(await reopened()).toMatchObject({ state: 'done', openPayments: 0 })
  })

  it('stops no restore where staff take the money', async () => {
    await payingPhone('offline')
    const { from, confirm, preview } = await copied()
    expect(preview.blockers).toEqual([])
    await desk.call('backups.restore', { from, confirm })
    expect(await reopened()).toMatchObject({ state: 'done' })
  })

  it('begins no more once a restore is laid ready', async () => {
    const { from, confirm } = await copied()
    const order = whileLaidReady(() => payingPhone().catch((error: unknown) => error))
    await desk.call('backups.restore', { from, confirm })
    expect(await order).toMatchObject({ code: 5 })
    const coins = desk.phones((books) => beginCharge(books, { user: USER, coins: 3 }, desk.clock.now()))
    await expect(coins).rejects.toMatchObject({ code: 999 })
    expect(await reopened()).toMatchObject({ state: 'done' })
    await payingPhone()
    expect(desk.read('SELECT state FROM order_pay_info')).toEqual([{ state: 0 }])
  })
})

describe('other work and a restore', () => {
  it.each([
    [
      'command',
      `INSERT INTO meter_command (id, meter_id, device_id, table_no, place, house, user_name, action, state,
         requested_by, door, requested_at) VALUES ('a', 'imr:1', '1', '1', '', '', '', 'read', 'sent', 'Wang', 'api', 0)`,
    ],
  ] as const)('waits for what must not be forgotten: %s', async (blocker, sql) => {
    await desk.phones(({ db }) => db.statement(sql).run())
    const { from, confirm, preview } = await copied()
    expect(preview.blockers).toEqual([blocker])
    await expect(desk.call('backups.restore', { from, confirm })).rejects.toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      data: { blockers: [blocker] },
    })
  })
})
