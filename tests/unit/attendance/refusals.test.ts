import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import type { Input, OperationName } from '#shared/contract/index.ts'
import { Crew, KEEPER, NEXT, OTHER, OWNER, text, WORKER } from '../../fixtures/attendance-crew.ts'

/**
 * Every rule R-50…R-65 in one table: what a phone is answered over HTTP (`code`, or code 0 with result 1 and its
 * reason) and what the same wish is refused with through the console's door.
 */
type Given = Readonly<Record<string, string>>
type Params = Record<string, unknown>
/** at the console nobody answers for a worker: there is no such operation */
const NONE = 'UNKNOWN_OPERATION'

interface Case {
  readonly rule: `R-${number}`
  readonly what: string
  readonly given?: (crew: Crew) => Promise<Given | void>
  readonly phone: readonly [whose: string, endpoint: string, params: (crew: Crew, given: Given) => Params]
  readonly http: string
  readonly desk: readonly [whose: string, operation: string, input: (crew: Crew, given: Given) => Params]
  readonly door: string
}

const project = ({ projectId }: Crew): Params => ({ projectId })
const record = (_crew: Crew, { recordId }: Given): Params => ({ recordId })
const person = (phone: string) => (crew: Crew) => ({ ...project(crew), user: phone, userName: '某人' })
const keeperIs = (phone: string) => (crew: Crew) => ({ ...project(crew), keeper: phone, keeperName: '某人' })
const yes = (_crew: Crew, { recordId, correctionId }: Given): Params =>
  correctionId === undefined ? { recordId, decision: 0 } : { correctionId, decision: 0 }
const yesAtDesk = (_crew: Crew, { recordId, correctionId }: Given): Params =>
  correctionId === undefined ? { recordId, decision: 'confirm' } : { correctionId, decision: 'confirm' }
const page =
  (more: Params = {}) =>
  (crew: Crew) => ({ ...project(crew), startIndex: 0, pageSize: 9, ...more })

const asked = async (crew: Crew) => ({ recordId: await crew.checkIn() })
const working = async (crew: Crew) => ({ recordId: await crew.working() })
const closed = async (crew: Crew) => ({ recordId: await crew.closed(8) })
const correctionBy = (phone: string) => async (crew: Crew) => {
  const { recordId } = await closed(crew)
  const out = { recordId, checkOutTime: text(crew.site.now - HOUR) }
  return { recordId, correctionId: String((await crew.ok(phone, 'newAttCorrection', out))['correctionId']) }
}
const replaced = async (crew: Crew) => {
  const given = await asked(crew)
  await crew.ok(OWNER, 'setAttKeeper', keeperIs(NEXT)(crew))
  return given
}
const earlierOut = (crew: Crew, given: Given) => ({
  ...record(crew, given),
  checkOutTime: text(crew.site.now - MINUTE),
})
const earlierOutAtDesk = (crew: Crew, given: Given) => ({
  ...record(crew, given),
  checkOutAt: crew.site.now - MINUTE,
})
const anHourAgo = ({ site }: Crew) => Math.floor((site.now - HOUR) / 1000) * 1000

const CASES: readonly Case[] = [
  {
    rule: 'R-50',
    what: 'the keeper does not delete the project',
    phone: [KEEPER, 'deleteAttProject', project],
    http: '5',
    desk: [KEEPER, 'attendance.deleteProject', project],
    door: 'ROLE_REQUIRED notOwner',
  },
  {
    rule: 'R-50',
    what: 'the keeper does not appoint his successor',
    phone: [KEEPER, 'setAttKeeper', keeperIs(NEXT)],
    http: '5',
    desk: [KEEPER, 'attendance.setKeeper', keeperIs(NEXT)],
    door: 'ROLE_REQUIRED notOwner',
  },
  {
    rule: 'R-51',
    what: 'a fourth project of a normal owner',
    given: async (crew) => {
      for (const name of ['二', '三']) await crew.newProject(OWNER, name)
    },
    phone: [OWNER, 'newAttProject', () => ({ projectName: '四' })],
    http: '5',
    desk: [OWNER, 'attendance.newProject', () => ({ projectName: '四' })],
    door: 'ROLE_REQUIRED tooManyProjects',
  },
  {
    rule: 'R-52',
    what: 'the replaced keeper decides no more',
    given: replaced,
    phone: [KEEPER, 'decideAttCheckIn', yes],
    http: '5',
    desk: [KEEPER, 'attendance.decideCheckIn', yesAtDesk],
    door: 'ROLE_REQUIRED notKeeper',
  },
  {
    rule: 'R-52',
    what: 'the replaced keeper sees no more',
    given: replaced,
    phone: [KEEPER, 'getAttRecordList', page()],
    http: '5',
    desk: [KEEPER, 'attendance.records', project],
    door: 'ROLE_REQUIRED notYours',
  },
  {
    rule: 'R-53',
    what: 'a worker is added once',
    phone: [KEEPER, 'addAttMember', person(WORKER)],
    http: '0/r1 考勤人已在该项目中',
    desk: [KEEPER, 'attendance.addMember', person(WORKER)],
    door: 'NOT_ALLOWED_NOW alreadyMember',
  },
  {
    rule: 'R-54',
    what: 'the keeper becomes no worker',
    phone: [KEEPER, 'addAttMember', person(KEEPER)],
    http: '3',
    desk: [KEEPER, 'attendance.addMember', person(KEEPER)],
    door: 'INVALID_INPUT keeperIsWorker',
  },
  {
    rule: 'R-54',
    what: 'a worker becomes no keeper',
    phone: [OWNER, 'setAttKeeper', keeperIs(WORKER)],
    http: '3',
    desk: [OWNER, 'attendance.setKeeper', keeperIs(WORKER)],
    door: 'INVALID_INPUT keeperIsWorker',
  },
  {
    rule: 'R-55',
    what: 'somebody who is no worker asks for a start',
    phone: [OTHER, 'newAttCheckIn', project],
    http: '5',
    desk: [OTHER, 'attendance.newCheckIn', project],
    door: NONE,
  },
  {
    rule: 'R-55',
    what: 'a second open record',
    given: asked,
    phone: [WORKER, 'newAttCheckIn', project],
    http: '0/r1 已有未结束的考勤记录',
    desk: [WORKER, 'attendance.newCheckIn', project],
    door: NONE,
  },
  {
    rule: 'R-56',
    what: 'a worker confirms himself',
    given: asked,
    phone: [WORKER, 'decideAttCheckIn', yes],
    http: '5',
    desk: [WORKER, 'attendance.decideCheckIn', yesAtDesk],
    door: 'ROLE_REQUIRED notKeeper',
  },
  {
    rule: 'R-56',
    what: 'a request is confirmed once',
    given: working,
    phone: [KEEPER, 'decideAttCheckIn', yes],
    http: '0/r1 该考勤申请已处理',
    desk: [KEEPER, 'attendance.decideCheckIn', yesAtDesk],
    door: 'NOT_ALLOWED_NOW notPending',
  },
  {
    rule: 'R-57',
    what: 'the owner ends a shift',
    given: working,
    phone: [OWNER, 'newAttCheckOut', record],
    http: '5',
    desk: [OWNER, 'attendance.checkOut', record],
    door: 'ROLE_REQUIRED notKeeper',
  },
  {
    rule: 'R-57',
    what: 'a request that was not confirmed has no end',
    given: asked,
    phone: [KEEPER, 'newAttCheckOut', record],
    http: '0/r1 没有已确认且未下班的考勤记录',
    desk: [KEEPER, 'attendance.checkOut', record],
    door: 'NOT_ALLOWED_NOW notConfirmed',
  },
  {
    rule: 'R-57',
    what: 'a shift ends once',
    given: closed,
    phone: [KEEPER, 'newAttCheckOut', record],
    http: '0/r1 没有已确认且未下班的考勤记录',
    desk: [KEEPER, 'attendance.checkOut', record],
    door: 'NOT_ALLOWED_NOW notConfirmed',
  },
  {
    rule: 'R-58',
    what: 'a shift ends before it began',
    given: working,
    phone: [KEEPER, 'newAttCheckOut', (crew, given) => ({ ...given, checkOutTime: text(anHourAgo(crew)) })],
    http: '3',
    desk: [KEEPER, 'attendance.checkOut', (crew, given) => ({ ...given, checkOutAt: anHourAgo(crew) })],
    door: 'INVALID_INPUT order',
  },
  {
    rule: 'R-58',
    what: 'a shift ends more than a minute from now',
    given: working,
    phone: [
      KEEPER,
      'newAttCheckOut',
      ({ site }, given) => ({ ...given, checkOutTime: text(site.now + 61_000) }),
    ],
    http: '3',
    desk: [KEEPER, 'attendance.checkOut', ({ site }, given) => ({ ...given, checkOutAt: site.now + 61_000 })],
    door: 'INVALID_INPUT future',
  },
  {
    rule: 'R-59',
    what: 'the owner, who is no side, corrects a time',
    given: closed,
    phone: [OWNER, 'newAttCorrection', earlierOut],
    http: '5',
    desk: [OWNER, 'attendance.newCorrection', earlierOutAtDesk],
    door: 'ROLE_REQUIRED notParty',
  },
  {
    rule: 'R-59',
    what: 'the keeper agrees with himself',
    given: correctionBy(KEEPER),
    phone: [KEEPER, 'decideAttCorrection', yes],
    http: '5',
    desk: [KEEPER, 'attendance.decideCorrection', yesAtDesk],
    door: 'ROLE_REQUIRED notOtherSide',
  },
  {
    rule: 'R-59',
    what: 'the worker agrees with himself',
    given: correctionBy(WORKER),
    phone: [WORKER, 'decideAttCorrection', yes],
    http: '5',
    desk: [WORKER, 'attendance.decideCorrection', yesAtDesk],
    door: 'ROLE_REQUIRED notParty',
  },
  {
    rule: 'R-60',
    what: 'a second correction of a record',
    given: correctionBy(WORKER),
    phone: [
      KEEPER,
      'newAttCorrection',
      (crew, { recordId }) => earlierOut(crew, { recordId: recordId ?? '' }),
    ],
    http: '0/r1 已有待处理的修改请求',
    desk: [
      KEEPER,
      'attendance.newCorrection',
      (crew, { recordId }) => earlierOutAtDesk(crew, { recordId: recordId ?? '' }),
    ],
    door: 'NOT_ALLOWED_NOW correctionPending',
  },
  {
    rule: 'R-60',
    what: 'a yes to times that lie over another shift by now',
    given: async (crew) => {
      const { recordId } = await closed(crew)
      const out = crew.site.now
      crew.site.pass(2 * HOUR)
      const longer = { recordId, checkOutTime: text(out + HOUR) }
      const { correctionId } = await crew.ok(WORKER, 'newAttCorrection', longer)
      await crew.confirm(await crew.checkIn(WORKER, out + 30 * MINUTE))
      return { correctionId: String(correctionId) }
    },
    phone: [KEEPER, 'decideAttCorrection', yes],
    http: '0/r1 与该考勤人的其他班次时间重叠',
    desk: [KEEPER, 'attendance.decideCorrection', yesAtDesk],
    door: 'NOT_ALLOWED_NOW overlap',
  },
  {
    rule: 'R-61',
    what: 'a stranger looks',
    given: closed,
    phone: [OTHER, 'getAttRecordList', page()],
    http: '5',
    desk: [OTHER, 'attendance.records', project],
    door: 'ROLE_REQUIRED notYours',
  },
  {
    rule: 'R-61',
    what: 'a worker looks at a mate',
    given: async (crew) => {
      await crew.ok(KEEPER, 'addAttMember', person(NEXT)(crew))
    },
    phone: [WORKER, 'getAttRecordList', page({ user: NEXT })],
    http: '5',
    desk: [WORKER, 'attendance.records', (crew) => ({ ...project(crew), user: NEXT })],
    door: 'ROLE_REQUIRED notYours',
  },
  {
    rule: 'R-64',
    what: 'a worker leaves in a shift',
    given: working,
    phone: [WORKER, 'leaveAttProject', project],
    http: '0/r1 有未结束的班次',
    desk: [WORKER, 'attendance.leaveProject', project],
    door: NONE,
  },
  {
    rule: 'R-64',
    what: 'a worker is removed in a shift',
    given: working,
    phone: [KEEPER, 'deleteAttMember', person(WORKER)],
    http: '0/r1 有未结束的班次',
    desk: [KEEPER, 'attendance.deleteMember', (crew) => ({ ...project(crew), user: WORKER })],
    door: 'NOT_ALLOWED_NOW openShift',
  },
  {
    rule: 'R-64',
    what: 'a project is deleted with an open shift',
    given: working,
    phone: [OWNER, 'deleteAttProject', project],
    http: '0/r1 有未结束的班次',
    desk: [OWNER, 'attendance.deleteProject', project],
    door: 'NOT_ALLOWED_NOW openShift',
  },
]

/** Rules that refuse nobody: what they do instead is told below, at both doors. */
const NO_REFUSAL = ['R-62', 'R-63', 'R-65'] as const

let crew: Crew
beforeEach(async () => {
  crew = await Crew.open()
})
afterEach(() => crew.site.close())

describe('a refusal at both doors', () => {
  it.each(CASES.map((one) => [`${one.rule}: ${one.what}`, one] as const))('%s', async (_name, one) => {
    const given = (await one.given?.(crew)) ?? {}
    const before = crew.site.lan.all('SELECT count(*) AS n FROM att_fact')
    const [phone, endpoint, params] = one.phone
    expect(await crew.no(phone, endpoint, params(crew, given))).toBe(one.http)
    const [whose, operation, input] = one.desk
    // no role that reads everything: what counts is whose phone it is
    const desk = await crew.site.operator(whose, ['cashier'])
    const wish = input(crew, given) as Input<OperationName>
    expect(await desk.refused(operation as OperationName, wish)).toBe(one.door)
    expect(crew.site.lan.all('SELECT count(*) AS n FROM att_fact')).toEqual(before)
  })

  it('stands in the table for every rule of R-50…R-65 that refuses', () => {
    const rules = Array.from({ length: 16 }, (_, i) => `R-${50 + i}`)
    expect([...new Set([...CASES.map(({ rule }) => rule), ...NO_REFUSAL])].toSorted()).toEqual(rules)
  })
})

describe('rules that refuse nobody', () => {
  const list = async (phone: string) =>
    (await crew.site.call<{ totalCount: number; limited: boolean }>(phone, 'getAttRecordList', page()(crew)))
      .data

  it('R-62: what is older than two months is not there, at both doors, and both say so', async () => {
    const { recordId } = await closed(crew)
    const desk = await crew.keeper()
    expect(await list(KEEPER)).toMatchObject({ totalCount: 1 })
    crew.site.pass(70 * DAY)
    expect(await list(KEEPER)).toMatchObject({ totalCount: 0, limited: true })
    const seen = await desk.call('attendance.records', { projectId: crew.projectId })
    expect(seen).toMatchObject({ total: 0, limited: true })
    expect(await desk.refused('attendance.record', { recordId })).toBe('ROLE_REQUIRED notYours')
  })

  it('R-63: the sums over workers and over days are the total of the project, at both doors', async () => {
    await closed(crew)
    crew.site.pass(16 * HOUR)
    await closed(crew)
    const { projectId, site } = crew
    const span = { startDate: '20260301', endDate: '20260331', projectId }
    const desk = await crew.keeper()
    const sums = (rows: readonly { minutes: number }[]) => rows.reduce((all, { minutes }) => all + minutes, 0)
    for (const by of ['project', 'user', 'day'] as const) {
      const { data } = await site.call<{ totalMinutes: number; abstractList: { minutes: number }[] }>(
        KEEPER,
        'getAttStatistics',
        { ...span, by },
      )
      expect([by, sums(data.abstractList), data.totalMinutes]).toEqual([by, 960, 960])
      const told = await desk.call('attendance.statistics', { projectId, from: 0, to: site.now + DAY, by })
      expect([by, sums(told.rows), told.totals.minutes]).toEqual([by, 960, 960])
    }
  })

  it('R-65: who, when, old and new are kept of what a phone did and of what the desk did', async () => {
    const { recordId, correctionId } = await correctionBy(WORKER)(crew)
    const desk = await crew.keeper()
    await desk.call('attendance.decideCorrection', { correctionId: correctionId ?? '', decision: 'confirm' })
    const { thread } = await desk.call('attendance.record', { recordId: recordId ?? '' })
    const told = thread.map(({ kind, byPhone, operator }) => [kind, byPhone, operator !== null])
    expect(told).toEqual([
      ['checkInRequested', WORKER, false],
      ['checkInConfirmed', KEEPER, false],
      ['checkOutRecorded', KEEPER, false],
      ['correctionProposed', WORKER, false],
      ['correctionApplied', KEEPER, true],
      ['timesCorrected', KEEPER, true],
    ])
    const out = crew.site.now
    expect(thread.at(-1)).toMatchObject({
      at: out,
      data: { old: { checkOutAt: out }, new: { checkOutAt: out - HOUR } },
    })
    await crew.ok(OWNER, 'setAttKeeper', keeperIs(NEXT)(crew))
    const { history } = await (await crew.owner()).call('attendance.project', { projectId: crew.projectId })
    expect(history.at(-1)).toMatchObject({
      kind: 'keeperSet',
      byPhone: OWNER,
      data: { phone: NEXT, old: { phone: KEEPER } },
    })
  })
})
