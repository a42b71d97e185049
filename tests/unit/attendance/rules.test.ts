import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { Crew, KEEPER, NEXT, OTHER, OWNER, text, WORKER } from '../../fixtures/attendance-crew.ts'
import type { AttendanceSite } from '../../fixtures/attendance.ts'

/** Every rule R-50…R-65 refuses through real HTTP and through the console's door alike. */

let crew: Crew
let site: AttendanceSite
let projectId: string

beforeEach(async () => {
  crew = await Crew.open()
  ;({ site, projectId } = crew)
})
afterEach(() => site.close())

type Params = Record<string, unknown>
const ok = (phone: string, name: string, params: Params) => crew.ok(phone, name, params)
const no = (phone: string, name: string, params: Params) => crew.no(phone, name, params)
const checkIn = (phone?: string, at?: number) => crew.checkIn(phone, at)
const confirm = (recordId: string) => crew.confirm(recordId)
const working = () => crew.working()
const closed = (hours?: number) => crew.closed(hours)
const owner = () => crew.owner()
const keeper = () => crew.keeper()
const newProject = (by: string, name: string) => crew.newProject(by, name)
const minutes = async () => {
  const admin = await site.operator(OWNER, ['admin'])
  const { totals } = await admin.call('attendance.statistics', {
    from: 0,
    to: site.now + DAY,
    by: 'project',
  })
  return totals.minutes
}

describe('who may', () => {
  it('every endpoint needs a session (A-01)', async () => {
    const { data, code } = await site.lan.call('newAttProject', { projectName: 'x' })
    expect([code, data]).toEqual([4, [{ result: 1, reason: '请先登录' }]])
    expect((await site.lan.call('getAttProjectList', { startIndex: 0, pageSize: 9 })).code).toBe(4)
    expect((await site.lan.call('newAttProject', { projectName: 'x', session: 'nobody' })).code).toBe(4)
  })

  it('a manager of chargers is nobody here until he logs in as a user (A-04)', async () => {
    const { charging } = site.lan
    const session = await charging.books.db.write(() => {
      const opened = charging.sessions.open('manager', 'wx-boss', 'key', site.now)
      charging.sessions.bindPhone('manager', opened, OTHER, site.now)
      return opened
    })
    expect((await site.lan.call('newAttProject', { projectName: 'x', session })).code).toBe(4)
  })

  it('R-50: only the owner deletes the project and sets the keeper', async () => {
    for (const phone of [KEEPER, WORKER, OTHER]) {
      expect(await no(phone, 'deleteAttProject', { projectId })).toBe('5')
      expect(await no(phone, 'setAttKeeper', { projectId, keeper: NEXT, keeperName: 'x' })).toBe('5')
    }
    const desk = await keeper()
    expect(await desk.refused('attendance.deleteProject', { projectId })).toBe('ROLE_REQUIRED notOwner')
    expect(await desk.refused('attendance.setKeeper', { projectId, keeper: NEXT, keeperName: 'x' })).toBe(
      'ROLE_REQUIRED notOwner',
    )
    const clerk = await site.operator('', ['attendance'])
    expect(await clerk.refused('attendance.deleteProject', { projectId })).toBe('ROLE_REQUIRED noPhone')
  })

  it('R-51: a fourth project is refused; VIP, a deleted one and a lapse change that (A-19)', async () => {
    await newProject(OWNER, '二')
    const third = await newProject(OWNER, '三')
    expect(await no(OWNER, 'newAttProject', { projectName: '四' })).toBe('5')
    expect(await (await owner()).refused('attendance.newProject', { projectName: '四' })).toBe(
      'ROLE_REQUIRED tooManyProjects',
    )
    await ok(OWNER, 'deleteAttProject', { projectId: third })
    await newProject(OWNER, '四')
    const boss = await site.operator('', ['supervisor'])
    await boss.call('attendance.setVip', { phone: OWNER, expiresAt: site.now + DAY })
    await newProject(OWNER, '五')
    site.pass(2 * DAY)
    expect(await no(OWNER, 'newAttProject', { projectName: '六' })).toBe('5')
    expect((await site.call(OWNER, 'getAttProjectList', { startIndex: 0, pageSize: 9 })).data).toMatchObject({
      totalCount: 5,
    })
    expect(await (await owner()).refused('attendance.setVip', { phone: OWNER, expiresAt: null })).toMatch(
      /^ROLE_REQUIRED/,
    )
  })

  it('R-52: the old keeper is out at once, view and act (A-05)', async () => {
    const recordId = await checkIn()
    await ok(OWNER, 'setAttKeeper', { projectId, keeper: NEXT, keeperName: '新' })
    expect(await no(KEEPER, 'decideAttCheckIn', { recordId, decision: 0 })).toBe('5')
    expect(
      (await site.call(KEEPER, 'getAttRecordList', { projectId, startIndex: 0, pageSize: 9 })).code,
    ).toBe(5)
    const old = await keeper()
    expect(await old.refused('attendance.decideCheckIn', { recordId, decision: 'confirm' })).toBe(
      'ROLE_REQUIRED notKeeper',
    )
    expect(await old.refused('attendance.records', { projectId })).toBe('ROLE_REQUIRED notYours')
    await ok(NEXT, 'decideAttCheckIn', { recordId, decision: 0 })
  })

  it('R-53: one active membership of a phone in a project; another project is fine (A-03)', async () => {
    expect(await no(KEEPER, 'addAttMember', { projectId, user: WORKER, userName: '甲' })).toMatch(/^0\/r1/)
    const desk = await keeper()
    const again = { projectId, user: WORKER, userName: '甲' }
    expect(await desk.refused('attendance.addMember', again)).toBe('NOT_ALLOWED_NOW alreadyMember')
    const second = await newProject(OWNER, '二')
    await ok(OWNER, 'setAttKeeper', { projectId: second, keeper: KEEPER, keeperName: '考' })
    await ok(KEEPER, 'addAttMember', { projectId: second, user: WORKER, userName: '甲' })
    await ok(WORKER, 'leaveAttProject', { projectId })
    await ok(KEEPER, 'addAttMember', { projectId, user: WORKER, userName: '甲又来' })
    expect(site.lan.count('SELECT count(*) FROM att_member WHERE phone = ?', WORKER)).toBe(3)
  })

  it('R-54: the keeper is no worker of his project, both ways round (A-06)', async () => {
    expect(await no(KEEPER, 'addAttMember', { projectId, user: KEEPER, userName: '我' })).toBe('3')
    expect(await no(OWNER, 'setAttKeeper', { projectId, keeper: WORKER, keeperName: '甲' })).toBe('3')
    expect(
      await (await keeper()).refused('attendance.addMember', { projectId, user: KEEPER, userName: '我' }),
    ).toBe('INVALID_INPUT keeperIsWorker')
    expect(
      await (await owner()).refused('attendance.setKeeper', { projectId, keeper: WORKER, keeperName: '甲' }),
    ).toBe('INVALID_INPUT keeperIsWorker')
    // the owner may be keeper, and a worker where he is not
    await ok(KEEPER, 'addAttMember', { projectId, user: OWNER, userName: '老板' })
  })
})

describe('a shift', () => {
  it('R-55: only an active worker asks, one open record at a time', async () => {
    for (const phone of [OWNER, KEEPER, OTHER])
      expect(await no(phone, 'newAttCheckIn', { projectId })).toBe('5')
    await checkIn()
    expect(await no(WORKER, 'newAttCheckIn', { projectId })).toMatch(/^0\/r1/)
    // at the console nobody answers for a worker: there is no such operation, and a worker's phone is no key
    const desk = await site.operator(WORKER, ['admin'])
    expect(await desk.refused('attendance.newCheckIn' as never, { projectId } as never)).toBe(
      'UNKNOWN_OPERATION',
    )
  })

  it('R-55: a request of tomorrow, and one over another shift, are refused', async () => {
    expect(await no(WORKER, 'newAttCheckIn', { projectId, checkInTime: text(site.now + 2 * MINUTE) })).toBe(
      '3',
    )
    await closed(8)
    const within = text(site.now - HOUR)
    expect(await no(WORKER, 'newAttCheckIn', { projectId, checkInTime: within })).toMatch(/^0\/r1.*重叠/)
    expect(await no(WORKER, 'newAttCheckIn', { projectId, checkInTime: '2026-02-30 08:00:00' })).toBe('3')
    expect(await no(WORKER, 'newAttCheckIn', { projectId, checkInTime: '20260301' })).toBe('3')
  })

  it('R-56: the current keeper answers a pending request, once', async () => {
    const recordId = await checkIn()
    for (const phone of [WORKER, OWNER, OTHER])
      expect(await no(phone, 'decideAttCheckIn', { recordId, decision: 0 })).toBe('5')
    expect(await (await owner()).refused('attendance.decideCheckIn', { recordId, decision: 'confirm' })).toBe(
      'ROLE_REQUIRED notKeeper',
    )
    await confirm(recordId)
    expect(await no(KEEPER, 'decideAttCheckIn', { recordId, decision: 0 })).toMatch(/^0\/r1/)
    expect(await (await keeper()).refused('attendance.decideCheckIn', { recordId, decision: 'reject' })).toBe(
      'NOT_ALLOWED_NOW notPending',
    )
    expect(await no(KEEPER, 'decideAttCheckIn', { recordId, decision: 2 })).toBe('3')
  })

  it('A-07, A-08: confirming keeps the time asked for; rejecting and cancelling end the request', async () => {
    const asked = site.now
    const recordId = await checkIn()
    site.pass(40 * MINUTE)
    await confirm(recordId)
    const { rows } = await (await keeper()).call('attendance.records', { projectId })
    expect(rows[0]).toMatchObject({ checkInAt: asked, state: 'confirmed', decidedBy: KEEPER })
    await ok(KEEPER, 'newAttCheckOut', { recordId })
    const second = await checkIn()
    await ok(KEEPER, 'decideAttCheckIn', { recordId: second, decision: 1, reason: '未到岗' })
    const third = await checkIn()
    expect(await no(OTHER, 'cancelAttCheckIn', { recordId: third })).toBe('5')
    await ok(WORKER, 'cancelAttCheckIn', { recordId: third })
    expect(await no(WORKER, 'cancelAttCheckIn', { recordId: third })).toMatch(/^0\/r1/)
  })

  it('R-57: only the keeper ends a shift, and only a confirmed open one', async () => {
    const recordId = await checkIn()
    site.pass(HOUR)
    expect(await no(KEEPER, 'newAttCheckOut', { recordId })).toMatch(/^0\/r1/)
    await confirm(recordId)
    for (const phone of [WORKER, OWNER, OTHER])
      expect(await no(phone, 'newAttCheckOut', { recordId })).toBe('5')
    await ok(KEEPER, 'newAttCheckOut', { recordId })
    expect(await no(KEEPER, 'newAttCheckOut', { recordId })).toMatch(/^0\/r1/)
    expect(await (await keeper()).refused('attendance.checkOut', { recordId })).toBe(
      'NOT_ALLOWED_NOW notConfirmed',
    )
    expect(await (await owner()).refused('attendance.checkOut', { recordId })).toBe('ROLE_REQUIRED notKeeper')
    expect(await no(KEEPER, 'newAttCheckOut', { recordId: '99' })).toBe('3')
  })

  it('R-58: out after in, not later than now and a minute; a long shift is confirmed (A-10)', async () => {
    const recordId = await working()
    const began = site.now
    site.pass(2 * HOUR)
    const desk = await keeper()
    expect(await no(KEEPER, 'newAttCheckOut', { recordId, checkOutTime: text(began) })).toBe('3')
    expect(await no(KEEPER, 'newAttCheckOut', { recordId, checkOutTime: text(site.now + 61_000) })).toBe('3')
    expect(await desk.refused('attendance.checkOut', { recordId, checkOutAt: began })).toBe(
      'INVALID_INPUT order',
    )
    expect(await desk.refused('attendance.checkOut', { recordId, checkOutAt: site.now + 61_000 })).toBe(
      'INVALID_INPUT future',
    )
    site.pass(24 * HOUR)
    expect(await no(KEEPER, 'newAttCheckOut', { recordId })).toMatch(/^0\/r1.*过长/)
    expect(await desk.refused('attendance.checkOut', { recordId })).toBe('NOT_ALLOWED_NOW longShift')
    await ok(KEEPER, 'newAttCheckOut', { recordId, confirmLong: 1, checkOutTime: text(site.now + 60_000) })
  })

  it('R-64: leaving, removal and deletion wait for the end of a shift; requests are given up (A-15)', async () => {
    const recordId = await working()
    expect(await no(WORKER, 'leaveAttProject', { projectId })).toMatch(/^0\/r1/)
    expect(await no(KEEPER, 'deleteAttMember', { projectId, user: WORKER })).toMatch(/^0\/r1/)
    expect(await no(OWNER, 'deleteAttProject', { projectId })).toMatch(/^0\/r1/)
    expect(await (await keeper()).refused('attendance.deleteMember', { projectId, user: WORKER })).toBe(
      'NOT_ALLOWED_NOW openShift',
    )
    expect(await (await owner()).refused('attendance.deleteProject', { projectId })).toBe(
      'NOT_ALLOWED_NOW openShift',
    )
    site.pass(HOUR)
    await ok(KEEPER, 'newAttCheckOut', { recordId })
    const asked = await checkIn()
    await ok(WORKER, 'leaveAttProject', { projectId })
    const list = await site.call<{ abstractList: Record<string, unknown>[] }>(WORKER, 'getAttRecordList', {
      projectId,
      startIndex: 0,
      pageSize: 9,
    })
    expect(list.data.abstractList.map((row) => [row['recordId'], row['state']])).toEqual([
      [asked, 4],
      [recordId, 2],
    ])
    await ok(OWNER, 'deleteAttProject', { projectId })
    expect(await no(OWNER, 'deleteAttProject', { projectId })).toMatch(/^0\/r1/)
    const view = { projectId, startIndex: 0, pageSize: 9 }
    expect((await site.call(WORKER, 'getAttRecordList', view)).code).toBe(5)
    expect((await site.call(OWNER, 'getAttRecordList', view)).data).toMatchObject({ totalCount: 2 })
  })

  it('A-21: the worker is told of the answer once', async () => {
    const recordId = await checkIn()
    expect(await no(OTHER, 'subscribeAttRecord', { recordId })).toBe('5')
    await ok(WORKER, 'subscribeAttRecord', { recordId })
    await ok(WORKER, 'subscribeAttRecord', { recordId })
    const notices = async () =>
      (await site.call(WORKER, 'getAttNoticeList', { startIndex: 0, pageSize: 9 })).data
    expect(await notices()).toMatchObject({ totalCount: 0 })
    expect((await (await keeper()).call('attendance.gang', { projectId })).rows[0]).toMatchObject({
      standing: 'pending',
      subscribed: true,
    })
    await confirm(recordId)
    expect(await notices()).toMatchObject({ totalCount: 1, abstractList: [{ recordId, state: 1 }] })
    expect(await no(WORKER, 'subscribeAttRecord', { recordId })).toMatch(/^0\/r1/)
  })
})

describe('corrections', () => {
  const propose = async (phone: string, recordId: string, more: Record<string, unknown>) =>
    String((await ok(phone, 'newAttCorrection', { recordId, ...more }))['correctionId'])

  it('R-59: four pairs of who asks and who answers; nothing counts before the other side agrees', async () => {
    const recordId = await closed(8)
    const earlier = text(site.now - HOUR)
    for (const [asks, answers] of [
      [WORKER, KEEPER],
      [KEEPER, WORKER],
    ] as const) {
      const correctionId = await propose(asks, recordId, { checkOutTime: earlier })
      expect(await minutes()).toBe(480)
      for (const phone of [asks, OWNER, OTHER])
        expect(await no(phone, 'decideAttCorrection', { correctionId, decision: 0 })).toBe('5')
      expect(await no(answers, 'withdrawAttCorrection', { correctionId })).toBe('5')
      await ok(answers, 'decideAttCorrection', { correctionId, decision: 1, reason: '不对' })
      expect(await minutes()).toBe(480)
      expect(await no(answers, 'decideAttCorrection', { correctionId, decision: 0 })).toMatch(/^0\/r1/)
    }
    const last = await propose(WORKER, recordId, { checkOutTime: earlier })
    await ok(KEEPER, 'decideAttCorrection', { correctionId: last, decision: 0 })
    expect(await minutes()).toBe(420)
    for (const phone of [OWNER, OTHER])
      expect(await no(phone, 'newAttCorrection', { recordId, checkOutTime: earlier })).toBe('5')
  })

  it("R-59 at the console: the keeper's side only, and never for the worker", async () => {
    const recordId = await closed(8)
    const desk = await keeper()
    const asked = await desk.call('attendance.newCorrection', { recordId, checkOutAt: site.now - HOUR })
    expect(asked).toMatchObject({
      state: 'pending',
      waitsFor: { side: 'worker', phone: WORKER },
      mayDecide: false,
      mayWithdraw: true,
      old: { minutes: 480 },
      new: { minutes: 420 },
    })
    const { correctionId } = asked
    expect(await desk.refused('attendance.decideCorrection', { correctionId, decision: 'confirm' })).toBe(
      'ROLE_REQUIRED notOtherSide',
    )
    const his = await site.operator(WORKER, ['admin'])
    expect(await his.refused('attendance.decideCorrection', { correctionId, decision: 'confirm' })).toBe(
      'ROLE_REQUIRED notParty',
    )
    expect(await his.refused('attendance.newCorrection', { recordId, checkOutAt: site.now })).toBe(
      'ROLE_REQUIRED notParty',
    )
    const boss = await owner()
    expect(await boss.refused('attendance.newCorrection', { recordId, checkOutAt: 1000 })).toBe(
      'ROLE_REQUIRED notParty',
    )
    await ok(WORKER, 'decideAttCorrection', { correctionId, decision: 0 })
    expect(await desk.refused('attendance.withdrawCorrection', { correctionId })).toBe(
      'NOT_ALLOWED_NOW correctionDecided',
    )
  })

  it('A-14: the keeper side is whoever keeps the project now', async () => {
    const recordId = await closed(8)
    const correctionId = await propose(KEEPER, recordId, { checkOutTime: text(site.now - HOUR) })
    await ok(OWNER, 'setAttKeeper', { projectId, keeper: NEXT, keeperName: '新' })
    expect(await no(KEEPER, 'withdrawAttCorrection', { correctionId })).toBe('5')
    expect(await no(NEXT, 'decideAttCorrection', { correctionId, decision: 0 })).toBe('5')
    await ok(NEXT, 'withdrawAttCorrection', { correctionId })
    const his = await propose(WORKER, recordId, { checkOutTime: text(site.now - HOUR) })
    expect(await no(KEEPER, 'decideAttCorrection', { correctionId: his, decision: 0 })).toBe('5')
    await ok(NEXT, 'decideAttCorrection', { correctionId: his, decision: 0 })
  })

  it('a worker who became the keeper does not answer himself', async () => {
    const recordId = await closed(8)
    const correctionId = await propose(WORKER, recordId, { checkOutTime: text(site.now - HOUR) })
    await ok(WORKER, 'leaveAttProject', { projectId })
    await ok(OWNER, 'setAttKeeper', { projectId, keeper: WORKER, keeperName: '甲' })
    expect(await no(WORKER, 'decideAttCorrection', { correctionId, decision: 0 })).toBe('5')
    const desk = await site.operator(WORKER, ['cashier'])
    expect(await desk.refused('attendance.decideCorrection', { correctionId, decision: 'confirm' })).toBe(
      'ROLE_REQUIRED notParty',
    )
    expect(await minutes()).toBe(480)
  })

  it('R-60: one waits at a time; on yes everything is looked at again (A-13)', async () => {
    const recordId = await closed(8)
    const out = site.now
    const correctionId = await propose(WORKER, recordId, {
      checkOutTime: text(out + 30 * MINUTE - 30 * MINUTE - HOUR),
    })
    expect(await no(KEEPER, 'newAttCorrection', { recordId, checkOutTime: text(out - 1000) })).toMatch(
      /^0\/r1/,
    )
    expect(
      await (await keeper()).refused('attendance.newCorrection', { recordId, checkOutAt: out - 1000 }),
    ).toBe('NOT_ALLOWED_NOW correctionPending')
    await ok(WORKER, 'withdrawAttCorrection', { correctionId })
    site.pass(2 * HOUR)
    // one hour longer, then a shift of that hour comes to lie there
    const longer = await propose(WORKER, recordId, { checkOutTime: text(out + HOUR) })
    await confirm(await checkIn(WORKER, out + 30 * MINUTE))
    expect(await no(KEEPER, 'decideAttCorrection', { correctionId: longer, decision: 0 })).toMatch(
      /^0\/r1.*重叠/,
    )
    expect(
      await (
        await keeper()
      ).refused('attendance.decideCorrection', { correctionId: longer, decision: 'confirm' }),
    ).toBe('NOT_ALLOWED_NOW overlap')
    expect(await minutes()).toBe(480)
  })

  it('R-60: a correction of an open shift is stale once the shift ended', async () => {
    const recordId = await working()
    site.pass(HOUR)
    const correctionId = await propose(WORKER, recordId, { checkInTime: text(site.now - 30 * MINUTE) })
    expect(await no(WORKER, 'newAttCorrection', { recordId, checkOutTime: text(site.now) })).toBe('3')
    await ok(KEEPER, 'newAttCheckOut', { recordId })
    expect(await no(KEEPER, 'decideAttCorrection', { correctionId, decision: 0 })).toMatch(/^0\/r1.*变化/)
  })

  it('R-58 holds for corrections, and only counted records have them (A-12)', async () => {
    const recordId = await closed(8)
    const began = site.now - 8 * HOUR
    expect(await no(WORKER, 'newAttCorrection', { recordId, checkOutTime: text(began) })).toBe('3')
    expect(await no(WORKER, 'newAttCorrection', { recordId, checkOutTime: text(site.now + 61_000) })).toBe(
      '3',
    )
    expect(await no(WORKER, 'newAttCorrection', { recordId })).toBe('3')
    const asked = await checkIn()
    expect(await no(WORKER, 'newAttCorrection', { recordId: asked, checkInTime: text(began) })).toMatch(
      /^0\/r1/,
    )
  })
})
