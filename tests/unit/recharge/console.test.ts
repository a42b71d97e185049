import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '#core/context.ts'
import type { DemoFault } from '#shared/contract/demo.ts'
import type { Role } from '#shared/contract/index.ts'
import type { SitedeskError } from '#shared/errors.ts'
import { DEFAULT_ZONE, formatDay, parseZone } from '#shared/time.ts'
import { openDemoConsole, SCREEN, type DemoConsole } from '../../fixtures/console.ts'

const PIN = '246810'
let desk: DemoConsole
let rooms: string[]
beforeEach(async () => {
  desk = await openDemoConsole()
  await ended((await desk.call('sync.start', { source: 'campus', dataset: 'addresses' })).jobId)
  const found = await desk.call('rooms.search', { query: '1', limit: 50 })
  rooms = found.rows.filter(({ selectable }) => selectable).map(({ id }) => id)
  expect(rooms.length).toBeGreaterThan(6)
})
afterEach(() => desk.close())

/** Looks now and at every push until the answer is what is waited for. */
async function until<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean): Promise<T> {
  let pushed = () => {}
  const stop = desk.core.subscribe(SCREEN, () => pushed())
  try {
    for (;;) {
      const next = new Promise<void>((resolve) => (pushed = resolve))
      const answer = await ask()
      if (isIt(answer)) return answer
      await next
    }
  } finally {
    stop()
  }
}
const ended = (id: string) =>
  until(
    () => desk.call('jobs.get', { id }),
    (job) => job.endedAt !== null,
  )
const stateIs = (id: string, state: string) =>
  until(
    () => desk.call('recharge.get', { id }),
    (intent) => intent.state === state,
  )
const fault = (kind: DemoFault, on: boolean) =>
  desk.call('demo.fault', { kind, on, endpoint: 'userBalanceQuery' })
const sell = (intentId: string, roomId = rooms[0] ?? '') =>
  desk.call('recharge.create', { intentId, roomId, amountFen: 5000, tender: 'transfer' })
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
const STOPPED = { code: 'UPSTREAM_REFUSED', data: { source: 'campus', reason: 'stopped' } }

/** The platform refuses the account itself (1008): nothing leaves until the settings change (F-04). */
async function stopAccount(): Promise<void> {
  await fault('campus.missing', true)
  await sell('stops-it', rooms.at(-1))
  await stateIs('stops-it', 'REJECTED')
  await fault('campus.missing', false)
}
/** A change of the settings of the source is what tries it anew. */
const changeSettings = () => desk.call('settings.update', { changes: { 'upstreams.campus.rechargeType': 1 } })
const upstream = (outTradeNo: string) =>
  desk.demo.campus.ledger().filter((one) => one.outTradeNo === outTradeNo)

const sheet = (lines: readonly string[]) => Buffer.from(['房间,金额', ...lines].join('\n')).toString('base64')
const check = (count: number) =>
  desk.call('recharge.batchCheck', {
    fileName: '补贴.csv',
    base64: sheet(rooms.slice(0, count).map((id, i) => `${id},${10 + i}`)),
  })
const states = async (id: string) =>
  (await desk.call('recharge.batchRows', { id })).rows.map(({ state }) => state)

it('takes whatever name the client makes for a sale (interfaces §3)', async () => {
  await sell('7')
  expect(await stateIs('7', 'APPLIED')).toMatchObject({ id: '7', amountFen: 5000 })
})

describe('an account that the platform stopped, seen from the desk', () => {
  it('refuses to send again, sends nothing, and sends the same number once the settings changed', async () => {
    await fault('campus.requestLost', true)
    await sell('intent-1')
    await stateIs('intent-1', 'UNKNOWN')
    await fault('campus.requestLost', false)
    // a read that succeeds ends being offline
    await desk.call('recharge.check', { id: 'intent-1' })
    await desk.call('recharge.resolve', { id: 'intent-1', outcome: 'not_applied', reason: 'not listed' })
    await stopAccount()

    expect(await refusal(desk.call('recharge.resend', { id: 'intent-1' }))).toEqual(STOPPED)
    expect(await refusal(sell('intent-2', rooms[1]))).toEqual(STOPPED)
    const { state, canResend, outTradeNo } = await desk.call('recharge.get', { id: 'intent-1' })
    expect({ state, canResend }).toEqual({ state: 'NOT_APPLIED', canResend: true })
    expect(upstream(outTradeNo)).toEqual([])

    await changeSettings()
    await desk.call('recharge.resend', { id: 'intent-1', confirmedDuplicate: true })
    expect((await stateIs('intent-1', 'APPLIED')).outTradeNo).toBe(outTradeNo)
    expect(upstream(outTradeNo)).toHaveLength(1)
  })

  it('pauses a batch before its first row; the same call goes on when the settings changed', async () => {
    await stopAccount()
    const batch = await check(3)
    const { jobId } = await desk.call('recharge.batchStart', { id: batch.id, tender: 'transfer' })
    expect(await ended(jobId)).toMatchObject({ state: 'failed', error: STOPPED })
    expect(await desk.call('recharge.batchGet', { id: batch.id })).toMatchObject({
      state: 'paused',
      appliedRows: 0,
    })
    expect(await states(batch.id)).toEqual(['waiting', 'waiting', 'waiting'])

    await changeSettings()
    await ended((await desk.call('recharge.batchStart', { id: batch.id, tender: 'transfer' })).jobId)
    expect(await desk.call('recharge.batchGet', { id: batch.id })).toMatchObject({
      state: 'done',
      appliedRows: 3,
      appliedFen: 3300,
    })
  })

  it('pauses a batch in the middle: what was refused is told, the rest waits, nothing is posted twice', async () => {
    await fault('campus.missing', true)
    const batch = await check(3)
    const { jobId } = await desk.call('recharge.batchStart', { id: batch.id, tender: 'transfer' })
    expect(await ended(jobId)).toMatchObject({ state: 'failed', error: STOPPED })
    expect(await states(batch.id)).toEqual(['failed', 'waiting', 'waiting'])
    await fault('campus.missing', false)
    await changeSettings()
    const again = await desk.call('recharge.batchStart', { id: batch.id, tender: 'transfer' })
    expect(await ended(again.jobId)).toMatchObject({ state: 'partial' })
    expect(await states(batch.id)).toEqual(['failed', 'applied', 'applied'])
    const numbers = desk.demo.campus.ledger().map(({ outTradeNo }) => outTradeNo)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('the amount that is typed twice (C-21)', () => {
  it('is what the settings say, from then on, and 200000 fen until they do', async () => {
    expect((await desk.call('settings.get', {})).values.recharge).toEqual({ maxRechargeFen: 200_000 })
    await desk.call('settings.update', { changes: { 'recharge.maxRechargeFen': 5000 } })
    const sale = {
      intentId: 'above-it',
      roomId: rooms[0] ?? '',
      amountFen: 5001,
      tender: 'transfer',
    } as const
    expect(await refusal(desk.call('recharge.create', sale))).toMatchObject({
      code: 'AMOUNT_TOO_LARGE',
      data: { amountFen: 5001, limitFen: 5000 },
    })
    await desk.call('recharge.create', { ...sale, confirmedLarge: true })
    await stateIs('above-it', 'APPLIED')
    const none = desk.call('settings.update', { changes: { 'recharge.maxRechargeFen': 0 } })
    expect(await refusal(none)).toMatchObject({ data: { issues: [{ path: 'recharge.maxRechargeFen' }] } })
  })
})

describe('the difference that needs no reason', () => {
  it('is none until the settings say otherwise, and holds from then on', async () => {
    const handIn = async () => {
      await desk.call('shifts.open', { cashFloatFen: 0 })
      return desk.call('shifts.close', { counted: { 100: 1 } })
    }
    expect(await refusal(handIn())).toMatchObject({ code: 'NOT_ALLOWED_NOW', data: { differenceFen: 100 } })
    await desk.call('shifts.close', { counted: { 100: 1 }, reason: 'found' })
    await desk.call('settings.update', { changes: { 'shifts.reasonAboveFen': 100 } })
    expect(await handIn()).toMatchObject({ state: 'closed', differenceFen: 100, differenceReason: null })
    const wrong = desk.call('settings.update', { changes: { 'shifts.reasonAboveFen': -1 } })
    expect(await refusal(wrong)).toMatchObject({
      code: 'INVALID_INPUT',
      data: { issues: [{ path: 'shifts.reasonAboveFen' }] },
    })
    expect((await desk.call('settings.get', {})).values.shifts).toEqual({ reasonAboveFen: 100 })
  })
})

describe('a sale without an answer', () => {
  it('can be looked at in every moment until it is known that nothing was posted', async () => {
    const recovery = 'upstreams.campus.recovery'
    await desk.call('settings.update', {
      changes: {
        [`${recovery}.pollMs`]: [100, 250, 60_000],
        [`${recovery}.notAppliedAfter.polls`]: 3,
        [`${recovery}.notAppliedAfter.spanMs`]: 1000,
      },
    })
    await fault('campus.requestLost', true)
    await sell('intent-1')
    const planned: number[] = []
    // the clock that measures the noes counts in fractions; what is planned by it is told in whole milliseconds
    const { events, outTradeNo } = await until(
      async () => {
        const intent = await desk.call('recharge.get', { id: 'intent-1' })
        if (intent.nextCheckAt !== null) planned.push(intent.nextCheckAt)
        return intent
      },
      ({ state }) => state === 'NOT_APPLIED',
    )
    expect(events.filter(({ code }) => code === 'notThere').length).toBeGreaterThanOrEqual(2)
    expect(planned.length).toBeGreaterThan(1)
    expect(upstream(outTradeNo)).toEqual([])
  })
})

describe('a cashier with an open shift', () => {
  it('keeps the name until it is closed: no drawer is left to nobody', async () => {
    const { id, name } = await desk.call('operators.create', { name: 'Lin', pin: PIN, roles: ['cashier'] })
    const { session } = await desk.call('operators.signIn', { name, pin: PIN }, { door: 'api' })
    const lin: Caller = { door: 'api', session }
    const shift = await desk.call('shifts.open', { cashFloatFen: 0 }, lin)
    const rename = () => desk.call('operators.update', { id, name: 'Lin Wei' })
    expect(await refusal(rename())).toMatchObject({
      code: 'SHIFT_OPEN',
      data: { id: shift.id, operator: 'Lin' },
    })
    await desk.call('operators.update', { id, phone: '13800000000', name: 'Lin' })
    await desk.call('shifts.close', { counted: {} }, lin)
    expect((await rename()).name).toBe('Lin Wei')
  })
})

describe('who may stop a job', () => {
  const signIn = async (name: string, roles: readonly Role[]): Promise<Caller> => {
    await desk.call('operators.create', { name, pin: PIN, roles: [...roles] })
    const { session } = await desk.call('operators.signIn', { name, pin: PIN }, { door: 'api' })
    return { door: 'api', session }
  }

  it('a cashier his own, not the batch of a supervisor', async () => {
    const lin = await signIn('Lin', ['cashier'])
    const chen = await signIn('Chen', ['cashier'])
    await desk.call('demo.fault', { kind: 'campus.stall', on: true, endpoint: 'roomBuyRecord' })
    const day = formatDay(Date.now(), parseZone(DEFAULT_ZONE) ?? 0)
    const { jobId } = await desk.call('reconciliation.run', { day, scope: 'all' }, lin)
    expect(await refusal(desk.call('jobs.cancel', { id: jobId }, chen))).toMatchObject({
      code: 'ROLE_REQUIRED',
    })
    expect((await desk.call('jobs.get', { id: jobId })).state).toBe('running')
    await desk.call('jobs.cancel', { id: jobId }, lin)
    expect((await ended(jobId)).state).toBe('cancelled')

    await fault('campus.stall', true)
    const batch = await check(3)
    const started = await desk.call('recharge.batchStart', { id: batch.id, tender: 'transfer' })
    expect(await refusal(desk.call('jobs.cancel', { id: started.jobId }, lin))).toMatchObject({
      code: 'ROLE_REQUIRED',
    })
    await desk.call('jobs.cancel', { id: started.jobId })
    await ended(started.jobId)
    expect(await desk.call('recharge.batchGet', { id: batch.id })).toMatchObject({ state: 'paused' })
  })
})
