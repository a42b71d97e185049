import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SECOND_PIN } from '../../fixtures/second-person.ts'
import type { Input } from '#shared/contract/index.ts'
import type { SitedeskError } from '#shared/errors.ts'
import { RechargeWorld, type Life } from '../../fixtures/recharge-world.ts'

let world: RechargeWorld
let life: Life

beforeEach(async () => {
  world = await RechargeWorld.open()
  life = await world.start()
})
afterEach(() => world.close())

type Create = Input<'recharge.create'>
const sale = (more: Partial<Create> = {}): Create => ({
  intentId: 'intent-0001',
  roomId: 'H-1',
  amountFen: 5000,
  tender: 'cash',
  ...more,
})
const create = async (more: Partial<Create> = {}, operator = 'Cash') =>
  world.test.clock.until(
    Promise.resolve(life.recharge.handlers['recharge.create'](life.call(operator), sale(more))),
  )
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('it should have been refused')
    },
    (error: unknown) => {
      const { code, data } = error as SitedeskError
      return { code, data }
    },
  )
/** time goes by, and everything that it set off is done */
async function pass(ms: number): Promise<void> {
  await world.test.clock.advance(ms)
  for (let i = 0; i < 12; i++) await world.test.clock.advance(0)
}
const row = (id = 'intent-0001') => {
  const found = life.ledger.find(id)
  if (!found) throw new Error(`no intent ${id}`)
  return found
}
const codes = async (id = 'intent-0001') => {
  const detail = await life.recharge.handlers['recharge.get'](life.call(), { id })
  return detail.events.map((event) => event.code)
}
const run = <T>(work: T | Promise<T>) => world.test.clock.until(Promise.resolve(work))

describe('recharge.create', () => {
  it('answers DRAFT once it is stored, before the platform answers, and ends APPLIED', async () => {
    world.platform.saleFault = () => 'stallApplied'
    expect(await create()).toMatchObject({ id: 'intent-0001', state: 'DRAFT' })
    expect(row().state).not.toBe('APPLIED')
    await pass(60_000)
    expect(row()).toMatchObject({
      state: 'APPLIED',
      shiftId: 'shift-1',
      operator: 'Cash',
      balanceAfterFen: 5000,
    })
    expect(await codes()).toEqual(['created', 'sent', 'noAnswer', 'found', 'applied'])
    expect(world.platform.posted).toHaveLength(1)
  })

  it('the same intent again is the same intent, at once and later', async () => {
    const [a, b] = await Promise.all([create(), create()])
    expect(b.outTradeNo).toBe(a.outTradeNo)
    await pass(1000)
    expect(await create()).toEqual({ ...a, state: 'APPLIED' })
    expect(world.platform.posted).toHaveLength(1)
  })

  it.each([{ amountFen: 5001 }, { roomId: 'H-2' }, { tender: 'card' as const }])(
    'the same intent with %o is a conflict',
    async (more) => {
      await create()
      expect(await refusal(create(more))).toMatchObject({
        code: 'INTENT_CONFLICT',
        data: { differs: Object.keys(more) },
      })
    },
  )

  it('sends money to rooms only (C-52)', async () => {
    expect(await refusal(create({ roomId: 'f-17' }))).toMatchObject({
      code: 'INVALID_INPUT',
      data: { level: 102 },
    })
    world.unknownRooms.add('H-9')
    expect((await refusal(create({ roomId: 'H-9' }))).code).toBe('NOT_FOUND')
    expect(world.platform.arrived.size).toBe(0)
  })

  it('wants a second confirmation above the limit (C-21)', async () => {
    expect((await refusal(create({ amountFen: 200_001 }))).code).toBe('AMOUNT_TOO_LARGE')
    await create({ amountFen: 200_000 })
    await create({ intentId: 'intent-0002', roomId: 'H-2', amountFen: 200_001, confirmedLarge: true })
  })

  it('an account that the platform refused: no row, nothing leaves, and not for the network (F-04)', async () => {
    world.platform.saleFault = () => 'code1008'
    await create()
    await pass(100)
    expect(row().state).toBe('REJECTED')
    world.platform.saleFault = () => 'ok'
    const next = create({ intentId: 'intent-0002', roomId: 'H-2' })
    expect(await refusal(next)).toEqual({
      code: 'UPSTREAM_REFUSED',
      data: { source: 'campus', reason: 'stopped' },
    })
    expect(life.ledger.find('intent-0002')).toBeNull()
    await pass(60_000)
    expect(world.platform.posted).toEqual([])
  })

  it('offline: no row, and a read is tried for the next time (R-77)', async () => {
    world.platform.saleFault = () => 'droppedBefore'
    await create({ roomId: 'H-3' })
    await pass(100)
    expect(row()).toMatchObject({ state: 'NOT_APPLIED', canResend: true })
    world.platform.readFault = () => 'refused'
    expect((await refusal(create({ intentId: 'intent-0002' }))).code).toBe('UPSTREAM_OFFLINE')
    expect(life.ledger.find('intent-0002')).toBeNull()
    await pass(60_000)
    world.platform.readFault = () => 'ok'
    world.platform.saleFault = () => 'ok'
    expect((await refusal(create({ intentId: 'intent-0002' }))).code).toBe('UPSTREAM_OFFLINE')
    await pass(60_000)
    await create({ intentId: 'intent-0002' })
  })

  it('one sale of a room on its way at a time (R-72)', async () => {
    world.platform.saleFault = () => 'stall'
    await create()
    expect(
      await refusal(create({ intentId: 'intent-0002', amountFen: 1, confirmedDuplicate: true })),
    ).toMatchObject({
      code: 'ROOM_BUSY',
      data: { intentId: 'intent-0001' },
    })
    // UNKNOWN after 30 s; busy for two minutes from then on
    world.platform.readFault = () => 'error500'
    await pass(30_500)
    await run(life.upstreams.campus()?.login() ?? Promise.resolve())
    expect(row().state).toBe('UNKNOWN')
    expect((await refusal(create({ intentId: 'intent-0002', amountFen: 1 }))).code).toBe('ROOM_BUSY')
    await pass(120_000)
    await run(life.upstreams.campus()?.login() ?? Promise.resolve())
    expect(await refusal(create({ intentId: 'intent-0002', amountFen: 1 }))).toMatchObject({
      code: 'DUPLICATE_SUSPECTED',
      data: { reason: 'openIntent' },
    })
    world.platform.saleFault = () => 'ok'
    await create({ intentId: 'intent-0002', amountFen: 1, confirmedDuplicate: true })
  })

  it('the same amount within a minute is asked about once', async () => {
    await create()
    await pass(1000)
    expect(await refusal(create({ intentId: 'intent-0002' }))).toMatchObject({
      code: 'DUPLICATE_SUSPECTED',
      data: { reason: 'sameAmount', intentId: 'intent-0001', state: 'APPLIED' },
    })
    await create({ intentId: 'intent-0003', amountFen: 5001 })
    await pass(1000)
    await create({ intentId: 'intent-0002', confirmedDuplicate: true })
    await pass(61_000)
    await create({ intentId: 'intent-0004' })
  })

  it('two sales of a room in one moment: one of them', async () => {
    const both = await Promise.allSettled([create(), create({ intentId: 'intent-0002', amountFen: 7 })])
    expect(both.map((one) => one.status)).toEqual(['fulfilled', 'rejected'])
    expect(both[1]).toMatchObject({ reason: { code: 'ROOM_BUSY' } })
  })

  it('cash needs a shift, other tenders do not', async () => {
    expect((await refusal(create({}, 'Nobody'))).code).toBe('SHIFT_NOT_OPEN')
    await create({ tender: 'transfer' }, 'Nobody')
    expect(row().shiftId).toBeNull()
  })

  it.each(['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR_FSYNC', 'SQLITE_BUSY'])(
    'a ledger that answers %s: nothing leaves (F-36)',
    async (code) => {
      const broken = Object.assign(new Error('disk'), { code })
      const call = { ...life.call(), commit: () => Promise.reject(broken) }
      const refused = await refusal(Promise.resolve(life.recharge.handlers['recharge.create'](call, sale())))
      expect(refused.code).toBe('STORAGE_FULL')
      await pass(1000)
      expect(world.platform.arrived.size).toBe(0)
    },
  )

  it('a DRAFT whose SENT cannot be stored never leaves', async () => {
    const { site } = world.test.store
    site.sql.exec(
      `CREATE TEMP TRIGGER full BEFORE UPDATE ON recharge_intent WHEN NEW.state = 'SENT' BEGIN SELECT RAISE(ABORT, 'full'); END`,
    )
    await create()
    await pass(100)
    expect(row()).toMatchObject({ state: 'NOT_APPLIED' })
    expect(await codes()).toEqual(['created', 'notStored'])
    expect(world.platform.arrived.size).toBe(0)
  })

  it('an answer that cannot be stored is stored later, and nothing follows from it before', async () => {
    const { site } = world.test.store
    site.sql.exec(
      `CREATE TEMP TRIGGER full BEFORE UPDATE ON recharge_intent WHEN NEW.state = 'ACCEPTED' BEGIN SELECT RAISE(ABORT, 'full'); END`,
    )
    await create()
    await pass(4000)
    expect(row().state).toBe('SENT')
    site.sql.exec('DROP TRIGGER full')
    await pass(6000)
    expect(row().state).toBe('APPLIED')
    expect(world.platform.posted).toHaveLength(1)
  })

  it('money went to the platform with another amount: DISPUTED (C-27)', async () => {
    const later = life.recharge.handlers['recharge.create'](life.call(), sale())
    world.platform.saleFault = (outTradeNo) => {
      world.platform.post({ outTradeNo, roomId: 'H-1', fen: 4999, at: world.test.clock.now() })
      return 'lie200'
    }
    await run(later)
    await pass(1000)
    expect(row()).toMatchObject({ state: 'DISPUTED', needsPerson: true })
    expect((await codes()).at(-1)).toBe('amountDiffers')
  })
})

describe('refused for speed (1011), waited out', () => {
  const refusedOnce = async () => {
    let times = 0
    world.platform.saleFault = () => (++times === 1 ? 'code1011' : 'ok')
    await create()
    await pass(0)
    expect(row().state).toBe('SENT')
    expect(await codes()).toEqual(['created', 'sent', 'tooFast'])
  }
  const arrived = () => world.platform.arrived.get(row().outTradeNo)

  it('goes on after the computer slept in the meantime', async () => {
    await refusedOnce()
    await run(life.recharge.resumeAfterSleep())
    await pass(10_000)
    expect(row().state).toBe('APPLIED')
    expect(world.platform.posted).toHaveLength(1)
  })

  it('is not sent sooner because somebody asks', async () => {
    await refusedOnce()
    for (let i = 0; i < 8; i++)
      await run(life.recharge.handlers['recharge.check'](life.call(), { id: 'intent-0001' }))
    expect(arrived()).toBe(1)
    await pass(2200)
    expect(row().state).toBe('APPLIED')
    expect(arrived()).toBe(2)
  })
})

describe('a clock that was set back', () => {
  it('does not keep a room busy until it has caught up', async () => {
    world.platform.saleFault = () => 'droppedAfterBytes'
    world.platform.readFault = (path) => (path === 'hasRefundOrder' ? 'error500' : 'ok')
    await create()
    await pass(60_000)
    expect(row().state).toBe('UNKNOWN')
    world.platform.saleFault = () => 'ok'
    const day = 24 * 3_600_000
    world.test.clock.setWall(world.test.clock.now() - day)
    const next = { intentId: 'intent-0002', amountFen: 700 }
    expect(await refusal(create(next))).toMatchObject({
      code: 'DUPLICATE_SUSPECTED',
      data: { reason: 'openIntent' },
    })
    world.platform.readFault = () => 'ok'
    await pass(300_000)
    expect(row().state).toBe('NOT_APPLIED')
  })
})

describe('recharge.resend', () => {
  const resend = (more: { confirmedDuplicate?: boolean } = {}) =>
    run(life.recharge.handlers['recharge.resend'](life.call(), { id: 'intent-0001', ...more }))
  const notApplied = async () => {
    world.platform.saleFault = () => 'droppedBefore'
    await create()
    await pass(100)
    world.platform.saleFault = () => 'ok'
    expect(row().state).toBe('NOT_APPLIED')
  }

  it('sends the same number, and only once it was asked for', async () => {
    await notApplied()
    const { outTradeNo } = row()
    await resend()
    await pass(100)
    expect(row()).toMatchObject({ state: 'APPLIED', outTradeNo })
    expect(world.platform.posted.map((one) => one.outTradeNo)).toEqual([outTradeNo])
  })

  it('a double press sends once', async () => {
    await notApplied()
    const both = await Promise.allSettled([resend(), resend()])
    await pass(100)
    expect(both.filter((one) => one.status === 'rejected').length).toBeLessThanOrEqual(1)
    expect(world.platform.posted).toHaveLength(1)
  })

  it('what the platform has by now is APPLIED, not sent again', async () => {
    await notApplied()
    world.platform.post({
      outTradeNo: row().outTradeNo,
      roomId: 'H-1',
      fen: 5000,
      at: world.test.clock.now(),
    })
    expect(await resend()).toMatchObject({ state: 'APPLIED' })
    expect(world.platform.arrived.size).toBe(0)
  })

  it('belongs to the shift of who sends it now, unless its money was counted in a closed one', async () => {
    await notApplied()
    world.shifts.set('Cash', 'shift-2')
    world.platform.saleFault = () => 'droppedBefore'
    await resend()
    await pass(100)
    expect(row()).toMatchObject({ state: 'NOT_APPLIED', shiftId: 'shift-2' })
    // its drawer was handed in with this money: no other drawer is short of it, and none needs to be open
    world.counted.add('shift-2 intent-0001')
    world.shifts.clear()
    world.platform.saleFault = () => 'ok'
    await run(life.upstreams.campus()?.userInfo('H-1') ?? Promise.reject(new Error('none')))
    await resend()
    await pass(100)
    expect(row()).toMatchObject({ state: 'APPLIED', shiftId: 'shift-2' })
  })

  it('warns of another order of that amount (F-34)', async () => {
    await notApplied()
    world.platform.post({ outTradeNo: 'other', roomId: 'H-1', fen: 5000, at: world.test.clock.now() })
    expect(await refusal(resend())).toMatchObject({
      code: 'DUPLICATE_SUSPECTED',
      data: { reason: 'elsewhere' },
    })
    await resend({ confirmedDuplicate: true })
    await pass(100)
    expect(row().state).toBe('APPLIED')
  })

  it('is refused while offline and in every other state', async () => {
    await notApplied()
    world.platform.readFault = () => 'refused'
    expect((await refusal(resend())).code).toBe('UPSTREAM_OFFLINE')
    world.platform.readFault = () => 'ok'
    await resend()
    await pass(100)
    expect((await refusal(resend())).code).toBe('NOT_ALLOWED_NOW')
  })
})

describe('a person settles it', () => {
  const SUPERVISOR = ['supervisor'] as const
  const resolve = (outcome: 'applied' | 'not_applied') =>
    run(
      life.recharge.handlers['recharge.resolve'](life.call('Sue', SUPERVISOR), {
        id: 'intent-0001',
        outcome,
        reason: 'seen on the platform',
      }),
    )

  it('DISPUTED, with the reason in the events', async () => {
    world.platform.saleFault = () => 'lie200'
    await create()
    await pass(130_000)
    expect(row()).toMatchObject({ state: 'DISPUTED', canResend: false, endedAt: null })
    const detail = await resolve('not_applied')
    expect(detail).toMatchObject({ state: 'NOT_APPLIED', canResend: false })
    expect(detail.events.at(-1)).toMatchObject({
      code: 'resolved',
      operator: 'Sue',
      data: { outcome: 'not_applied', reason: 'seen on the platform' },
    })
  })

  it('nothing that has an end', async () => {
    await create()
    await pass(100)
    expect((await refusal(resolve('applied'))).code).toBe('NOT_ALLOWED_NOW')
  })

  it('recharge.check asks now', async () => {
    world.platform.saleFault = () => 'answerLost'
    world.platform.readFault = () => 'error500'
    await create()
    await pass(40_000)
    expect(row().state).toBe('UNKNOWN')
    world.platform.readFault = () => 'ok'
    expect(
      await run(life.recharge.handlers['recharge.check'](life.call(), { id: 'intent-0001' })),
    ).toMatchObject({
      state: 'APPLIED',
    })
  })
})

describe('money back', () => {
  const handlers = () => life.recharge.handlers
  const ask = (operator = 'Cash') =>
    run(
      handlers()['recharge.requestRefund'](life.call(operator), { id: 'intent-0001', reason: 'wrong room' }),
    )
  const decide = (operator: string, approve = true) =>
    run(
      handlers()['recharge.decideRefund'](life.call(operator), {
        id: 'intent-0001',
        approve,
        reason: 'checked',
      }),
    )
  const posted = (operator: string) =>
    run(
      handlers()['recharge.refundPosted'](life.call(operator), { id: 'intent-0001', note: 'posted by hand' }),
    )

  it('is asked for, decided by somebody else, posted, and comes out of the payer’s drawer', async () => {
    await create()
    await pass(100)
    expect((await ask()).refund).toMatchObject({ state: 'requested', requestedBy: 'Cash' })
    expect((await refusal(ask())).code).toBe('NOT_ALLOWED_NOW')
    expect(await refusal(decide('Cash'))).toMatchObject({
      code: 'NOT_ALLOWED_NOW',
      data: { reason: 'samePerson' },
    })
    expect((await refusal(posted('Sue'))).code).toBe('NOT_ALLOWED_NOW')
    expect((await decide('Sue')).refund).toMatchObject({ state: 'approved', decidedBy: 'Sue' })
    expect((await refusal(posted('Sue'))).code).toBe('SHIFT_NOT_OPEN')
    world.shifts.set('Sue', 'shift-2')
    expect((await posted('Sue')).refund).toMatchObject({ state: 'posted', postedBy: 'Sue' })
    expect(life.ledger.cashRefundsOf('shift-2')).toBe(5000)
    expect(life.ledger.cashRefundsOf('shift-1')).toBe(0)
    expect(life.ledger.tendersOf('shift-1')).toEqual([
      { tender: 'cash', count: 1, amountFen: 5000, waiting: 0, waitingFen: 0 },
    ])
  })

  it('is approved on the spot by a supervisor who is there, and not by who asked', async () => {
    await create()
    await pass(100)
    const asked = (name: string, pin = SECOND_PIN) => {
      const input = { id: 'intent-0001', reason: 'wrong room', second: { name, pin } }
      return run(handlers()['recharge.requestRefund'](life.call('Cash'), input))
    }
    expect((await refusal(asked('Sue', '1111'))).code).toBe('PIN_WRONG')
    expect(await refusal(asked('Cash'))).toMatchObject({ data: { reason: 'samePerson' } })
    const approved = { state: 'approved', requestedBy: 'Cash', decidedBy: 'Sue' }
    expect((await asked('Sue')).refund).toMatchObject(approved)
    // nobody is asked for a PIN in vain
    expect((await refusal(asked('Sue', '1111'))).code).toBe('NOT_ALLOWED_NOW')
  })

  it('of a supervisor’s own request is decided at his screen by another one', async () => {
    await create()
    await pass(100)
    await ask('Sue')
    const decided = (name: string) => {
      const input = { id: 'intent-0001', approve: true, reason: 'ok', second: { name, pin: SECOND_PIN } }
      return run(handlers()['recharge.decideRefund'](life.call('Sue'), input))
    }
    expect((await refusal(decided('Sue'))).data).toEqual({ reason: 'samePerson' })
    expect((await decided('Ada')).refund).toMatchObject({ requestedBy: 'Sue', decidedBy: 'Ada' })
  })

  it('a refused one can be asked for again; nothing for what was not applied', async () => {
    world.platform.saleFault = () => 'droppedBefore'
    await create()
    await pass(100)
    expect((await refusal(ask())).code).toBe('NOT_ALLOWED_NOW')
    world.platform.saleFault = () => 'ok'
    await run(handlers()['recharge.resend'](life.call(), { id: 'intent-0001' }))
    await pass(100)
    await ask()
    expect((await decide('Sue', false)).refund?.state).toBe('refused')
    expect((await ask()).refund?.state).toBe('requested')
  })
})
