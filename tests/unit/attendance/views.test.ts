import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, formatDateTime, HOUR } from '#shared/time.ts'
import { openAttendance, type AttendanceSite } from '../../fixtures/attendance.ts'

/** Who sees what and how far back, at both doors. */

const ZONE = 8 * HOUR
const [OWNER, KEEPER, WORKER, MATE] = ['13800000001', '13800000002', '13800000003', '13800000004'] as const
const [OWNER2, KEEPER2, WORKER2] = ['13800000011', '13800000012', '13800000013'] as const

let site: AttendanceSite
beforeEach(async () => {
  site = await openAttendance()
})
afterEach(() => site.close())

const text = (at: number) => formatDateTime(at, ZONE)
const act = async (phone: string, name: string, params: Record<string, unknown>) => {
  const said = await site.say(phone, name, params)
  expect([name, said.code, said.result, said.message]).toEqual([name, 0, 0, '成功'])
  return said.data
}

async function project(owner: string, keeper: string, workers: readonly string[]): Promise<string> {
  const projectId = String(
    (await act(owner, 'newAttProject', { projectName: `${owner} 的项目` }))['projectId'],
  )
  await act(owner, 'setAttKeeper', { projectId, keeper, keeperName: '考' })
  for (const user of workers)
    await act(keeper, 'addAttMember', { projectId, user, userName: `工${user.slice(-1)}` })
  return projectId
}

async function shift(projectId: string, keeper: string, user: string, from: number, to: number) {
  const asked = await act(user, 'newAttCheckIn', { projectId, checkInTime: text(from) })
  const recordId = String(asked['recordId'])
  await act(keeper, 'decideAttCheckIn', { recordId, decision: 0 })
  await act(keeper, 'newAttCheckOut', { recordId, checkOutTime: text(to), confirmLong: 1 })
  return recordId
}

const PAGE = { startIndex: 0, pageSize: 100 }
interface Records {
  totalCount: number
  limited: boolean
  adRequired: boolean
  abstractList: { user: string; checkInTime: string; overlap: boolean }[]
}

describe('what each role sees (R-61; the whole matrix is in matrix.test.ts)', () => {
  it('own project whole, own project of one worker, another project', async () => {
    const mine = await project(OWNER, KEEPER, [WORKER, MATE])
    const theirs = await project(OWNER2, KEEPER2, [WORKER2])
    const at = site.now
    await shift(mine, KEEPER, WORKER, at - 3 * HOUR, at - HOUR)
    await shift(mine, KEEPER, MATE, at - 3 * HOUR, at - 2 * HOUR)
    await shift(theirs, KEEPER2, WORKER2, at - 3 * HOUR, at)
    const scopes = {
      whole: { projectId: mine },
      mate: { projectId: mine, user: MATE },
      foreign: { projectId: theirs },
    }
    const expected = {
      [OWNER]: { whole: [MATE, WORKER], mate: [MATE], foreign: 5 },
      [KEEPER]: { whole: [MATE, WORKER], mate: [MATE], foreign: 5 },
      [WORKER]: { whole: [WORKER], mate: 5, foreign: 5 },
    }
    const minutes = { [MATE]: 60, [WORKER]: 120 } as Record<string, number>
    for (const [phone, cells] of Object.entries(expected)) {
      const desk = await site.operator(phone, ['cashier'])
      for (const [scope, seen] of Object.entries(cells)) {
        const wanted = scopes[scope as keyof typeof scopes]
        const records = await site.call<Records>(phone, 'getAttRecordList', { ...wanted, ...PAGE })
        const span = { startDate: '20260101', endDate: '20270101', by: 'user' }
        const stats = await site.call<{ totalMinutes: number }>(phone, 'getAttStatistics', {
          ...wanted,
          ...span,
        })
        const asked = { from: 0, to: at + 1, by: 'user' as const }
        if (seen === 5) {
          expect([records.code, records.data, stats.code]).toEqual([5, [], 5])
          expect(await desk.refused('attendance.records', wanted)).toBe('ROLE_REQUIRED notYours')
          expect(await desk.refused('attendance.statistics', { ...wanted, ...asked })).toBe(
            'ROLE_REQUIRED notYours',
          )
          expect(await desk.refused('attendance.corrections', wanted)).toBe('ROLE_REQUIRED notYours')
          expect(await desk.refused('attendance.sheet', { ...wanted, month: '2026-03' })).toBe(
            'ROLE_REQUIRED notYours',
          )
          continue
        }
        const people = seen as string[]
        const sum = people.reduce((all, user) => all + (minutes[user] ?? 0), 0)
        expect(records.data.abstractList.map(({ user }) => user).toSorted()).toEqual(people.toSorted())
        expect(stats.data.totalMinutes).toBe(sum)
        const { rows } = await desk.call('attendance.records', wanted)
        expect(rows.map(({ user }) => user).toSorted()).toEqual(people.toSorted())
        expect((await desk.call('attendance.statistics', { ...wanted, ...asked })).totals.minutes).toBe(sum)
      }
    }
  })

  it('without a project: all own ones for the owner (A-22), the kept one, the own shifts', async () => {
    const one = await project(OWNER, KEEPER, [WORKER])
    const two = await project(OWNER, KEEPER2, [WORKER, MATE])
    const at = site.now
    await shift(one, KEEPER, WORKER, at - 9 * HOUR, at - 8 * HOUR)
    await shift(two, KEEPER2, WORKER, at - 8.5 * HOUR, at - 7 * HOUR)
    await shift(two, KEEPER2, MATE, at - 4 * HOUR, at)
    const total = async (phone: string, more = {}) => {
      const span = { startDate: '20260101', endDate: '20270101', by: 'project', ...more }
      const { data } = await site.call<{ totalMinutes: number }>(phone, 'getAttStatistics', span)
      return data.totalMinutes
    }
    expect(await total(OWNER)).toBe(60 + 90 + 240)
    expect(await total(OWNER, { user: WORKER })).toBe(150)
    expect(await total(KEEPER2)).toBe(330)
    expect(await total(WORKER)).toBe(150)
    expect(await total(MATE, { user: WORKER })).toBe(0)
    expect(await total(OWNER2)).toBe(0)
    // both count, and the worker's own list says so
    const list = await site.call<Records>(WORKER, 'getAttRecordList', { projectId: one, ...PAGE })
    expect(list.data.abstractList.map(({ overlap }) => overlap)).toEqual([true])
    const nobody = await site.operator('', ['cashier'])
    expect(await nobody.refused('attendance.records', {})).toBe('ROLE_REQUIRED notYours')
    const clerk = await site.operator('', ['attendance'])
    expect((await clerk.call('attendance.records', {})).total).toBe(3)
    expect((await clerk.call('attendance.projects', {})).total).toBe(2)
    expect(
      (await (await site.operator(MATE, ['cashier'])).call('attendance.projects', {})).rows,
    ).toMatchObject([{ projectId: two, roles: ['worker'] }])
    expect(
      await (await site.operator(MATE, ['cashier'])).refused('attendance.project', { projectId: one }),
    ).toBe('ROLE_REQUIRED notYours')
  })

  it('lists of people: everybody for owner and keeper, himself for a worker', async () => {
    const mine = await project(OWNER, KEEPER, [WORKER, MATE])
    const people = async (phone: string) => {
      const answer = await site.call<{ abstractList: { user: string }[] }>(phone, 'getAttMemberList', {
        projectId: mine,
        ...PAGE,
      })
      return answer.code === 0 ? answer.data.abstractList.map(({ user }) => user) : answer.code
    }
    expect(await people(OWNER)).toEqual([WORKER, MATE])
    expect(await people(KEEPER)).toEqual([WORKER, MATE])
    expect(await people(WORKER)).toEqual([WORKER])
    expect(await people(OWNER2)).toBe(5)
    const desk = await site.operator(WORKER, ['cashier'])
    expect((await desk.call('attendance.members', { projectId: mine })).total).toBe(1)
    expect((await desk.call('attendance.gang', { projectId: mine })).rows).toHaveLength(1)
  })
})

describe('how far back (R-62, A-17)', () => {
  /** the day of asking, the first day that is still seen */
  const CASES = [
    ['2026-04-30', '2026-02-28'],
    ['2024-04-30', '2024-02-29'],
    ['2026-03-31', '2026-01-31'],
    ['2026-05-01', '2026-03-01'],
    ['2026-01-15', '2025-11-15'],
    ['2024-02-29', '2023-12-29'],
  ] as const
  const instant = (day: string, time: string) => Date.parse(`${day}T${time}+08:00`)

  it.each(CASES)('asked on %s, seen from %s 00:00', async (today, first) => {
    const begins = instant(first, '00:00:00')
    site.lan.clock.setWall(begins - 2 * DAY)
    const mine = await project(OWNER, KEEPER, [WORKER])
    site.lan.clock.setWall(begins + DAY)
    // one second before the first day, and on its first instant
    await shift(mine, KEEPER, WORKER, begins - HOUR - 1000, begins - HOUR)
    await shift(mine, KEEPER, WORKER, begins - 1000, begins)
    await shift(mine, KEEPER, WORKER, begins, begins + 2 * HOUR)
    site.lan.clock.setWall(instant(today, '23:59:59'))
    for (const phone of [OWNER, KEEPER, WORKER]) {
      const { data } = await site.call<Records>(phone, 'getAttRecordList', { projectId: mine, ...PAGE })
      expect(data).toMatchObject({ totalCount: 1, limited: true, adRequired: true })
      const span = { startDate: '20200101', endDate: '20300101', by: 'day', projectId: mine }
      const stats = await site.call<{ totalMinutes: number; limited: boolean }>(
        phone,
        'getAttStatistics',
        span,
      )
      expect(stats.data).toMatchObject({ totalMinutes: 120, limited: true })
    }
    const near = { projectId: mine, startDate: first.replaceAll('-', ''), ...PAGE }
    expect((await site.call<Records>(OWNER, 'getAttRecordList', near)).data.limited).toBe(false)
    const desk = await site.operator(KEEPER, ['attendance'])
    expect(await desk.call('attendance.records', { projectId: mine })).toMatchObject({
      total: 1,
      limited: true,
    })
    const [hidden] = site.lan.all('SELECT id FROM att_record ORDER BY checkInAt LIMIT 1')
    expect(await desk.refused('attendance.record', { recordId: String(hidden?.['id']) })).toBe(
      'ROLE_REQUIRED notYours',
    )
    const boss = await site.operator('', ['supervisor'])
    await boss.call('attendance.setVip', { phone: KEEPER, expiresAt: site.now + 500 })
    expect(await desk.call('attendance.records', { projectId: mine })).toMatchObject({
      total: 3,
      limited: false,
    })
    const { data } = await site.call<Records>(KEEPER, 'getAttRecordList', { projectId: mine, ...PAGE })
    expect(data).toMatchObject({ totalCount: 3, limited: false, adRequired: false })
    site.pass(900)
    expect(await desk.call('attendance.records', { projectId: mine })).toMatchObject({
      total: 1,
      limited: true,
    })
  })
})

describe('a period that was paid out', () => {
  it('is closed to changes after its grace; an override opens one record, and both sides are needed as ever', async () => {
    site.lan.clock.setWall(Date.UTC(2026, 2, 31, 12))
    const mine = await project(OWNER, KEEPER, [WORKER])
    const at = site.now
    const recordId = await shift(mine, KEEPER, WORKER, at - 9 * HOUR, at - HOUR)
    const desk = await site.operator(KEEPER, ['cashier'])
    const boss = await site.operator('', ['supervisor'])
    const april = Date.UTC(2026, 2, 31, 16)
    const lock = { projectId: mine, before: april, graceDays: 2 }
    expect(await desk.refused('attendance.lockPeriod', lock)).toBe('ROLE_REQUIRED notYours')
    expect(await boss.call('attendance.lockPeriod', lock)).toMatchObject({ lock: { before: april } })
    expect(await boss.refused('attendance.lockPeriod', { ...lock, before: april - DAY })).toBe(
      'NOT_ALLOWED_NOW lockBackwards',
    )
    const asked = await act(WORKER, 'newAttCorrection', { recordId, checkOutTime: text(at - 2 * HOUR) })
    site.pass(2 * DAY + 1000)
    const decide = { correctionId: String(asked['correctionId']), decision: 'confirm' as const }
    expect(await desk.refused('attendance.decideCorrection', decide)).toBe('NOT_ALLOWED_NOW locked')
    const late = { projectId: mine, checkInTime: text(at - HOUR) }
    expect(await site.say(WORKER, 'newAttCheckIn', late)).toMatchObject({ code: 0, result: 1 })
    const open = { recordId, reason: '工资表漏了', hours: 2 }
    expect(await desk.refused('attendance.overrideLock', open)).toBe('ROLE_REQUIRED notYours')
    await boss.call('attendance.overrideLock', open)
    expect(await desk.call('attendance.record', { recordId })).toMatchObject({
      locked: true,
      overriddenUntil: site.now + 2 * HOUR,
      minutes: 480,
    })
    await desk.call('attendance.decideCorrection', decide)
    const { minutes, thread } = await desk.call('attendance.record', { recordId })
    expect(minutes).toBe(420)
    expect(thread.find(({ kind }) => kind === 'lockOverridden')?.data).toMatchObject({ reason: '工资表漏了' })
    site.pass(3 * HOUR)
    const again = { recordId, checkOutAt: at - 3 * HOUR }
    expect(await desk.refused('attendance.newCorrection', again)).toBe('NOT_ALLOWED_NOW locked')
    const owner = await site.operator(OWNER, ['cashier'])
    await owner.call('attendance.liftLock', { projectId: mine, reason: '重新核算' })
    expect((await desk.call('attendance.newCorrection', again)).state).toBe('pending')
    const { history } = await owner.call('attendance.project', { projectId: mine })
    expect(history.map(({ kind }) => kind)).toEqual([
      'projectCreated',
      'keeperSet',
      'memberAdded',
      'periodLocked',
      'lockLifted',
    ])
  })
})
