import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Input, OperationName } from '#shared/contract/index.ts'
import { HOUR } from '#shared/time.ts'
import { Crew, KEEPER, OWNER, text, WORKER } from '../../fixtures/attendance-crew.ts'

/** three roles × three scopes, in every list and sum, over HTTP and through the console's door. */
const MATE = '13800000006'
const OTHERS = { owner: '13800000011', keeper: '13800000012', worker: '13800000013' }
const BOTH = [WORKER, MATE]
const DAYS = { startDate: '20260301', endDate: '20260331' }
const PAGE = { startIndex: 0, pageSize: 100 }
const MONTH = { month: '2026-03' }

type Scope = 'whole' | 'mate' | 'foreign'
/** whose rows are seen; null: refused */
const EXPECTED: readonly (readonly [
  role: string,
  phone: string,
  Readonly<Record<Scope, readonly string[] | null>>,
])[] = [
  ['the owner', OWNER, { whole: BOTH, mate: [MATE], foreign: null }],
  ['the keeper', KEEPER, { whole: BOTH, mate: [MATE], foreign: null }],
  ['a worker', WORKER, { whole: [WORKER], mate: null, foreign: null }],
]
const CELLS = EXPECTED.flatMap(([role, phone, cells]) =>
  (['whole', 'mate', 'foreign'] as const).map((scope) => [role, scope, phone, cells[scope]] as const),
)

/** what a phone may ask for; `person`: takes a worker */
const ENDPOINTS = [
  ['getAttRecordList', { ...PAGE, ...DAYS }, true],
  ['getAttStatistics', { ...DAYS, by: 'user' }, true],
  ['getAttMemberList', PAGE, false],
  ['getAttCorrectionList', PAGE, false],
] as const
const OPERATIONS: readonly (readonly [name: OperationName, input: object, person: boolean])[] = [
  ['attendance.records', {}, true],
  ['attendance.corrections', {}, true],
  ['attendance.notices', {}, true],
  ['attendance.statistics', { from: 0, to: Date.UTC(2030, 0), by: 'user' }, true],
  ['attendance.calendar', MONTH, true],
  ['attendance.sheet', MONTH, true],
  ['attendance.members', {}, false],
  ['attendance.gang', {}, false],
]

let crew: Crew
let foreign: string
let records: Record<string, string>

beforeAll(async () => {
  crew = await Crew.open()
  const { projectId, site } = crew
  await crew.ok(KEEPER, 'addAttMember', { projectId, user: MATE, userName: '工人乙' })
  records = Object.fromEntries([
    [WORKER, await shift(projectId, KEEPER, WORKER)],
    [MATE, await shift(projectId, KEEPER, MATE)],
  ])
  foreign = await crew.newProject(OTHERS.owner, '别人的')
  const keeper = { projectId: foreign, keeper: OTHERS.keeper, keeperName: '别的考勤员' }
  await crew.ok(OTHERS.owner, 'setAttKeeper', keeper)
  await crew.ok(OTHERS.keeper, 'addAttMember', { projectId: foreign, user: OTHERS.worker, userName: '丙' })
  records[OTHERS.worker] = await shift(foreign, OTHERS.keeper, OTHERS.worker)
  expect(site.lan.count('SELECT count(*) FROM att_record')).toBe(3)
})
afterAll(() => crew.site.close())

/** Asked for with a notice, ended, and with a correction of the keeper that waits. */
async function shift(projectId: string, keeper: string, user: string): Promise<string> {
  const { site } = crew
  const at = site.now - 3 * HOUR
  const { recordId } = await crew.ok(user, 'newAttCheckIn', { projectId, checkInTime: text(at) })
  await crew.ok(user, 'subscribeAttRecord', { recordId })
  await crew.ok(keeper, 'decideAttCheckIn', { recordId, decision: 0 })
  await crew.ok(keeper, 'newAttCheckOut', { recordId, checkOutTime: text(at + 2 * HOUR) })
  await crew.ok(keeper, 'newAttCorrection', { recordId, checkOutTime: text(at + HOUR) })
  return String(recordId)
}

const wanted = (scope: Scope) => ({
  projectId: scope === 'foreign' ? foreign : crew.projectId,
  ...(scope === 'mate' ? { user: MATE } : {}),
})
interface Rows {
  readonly rows: readonly { user: string | null; kind?: string }[]
}
const people = (rows: Rows['rows']) =>
  [...new Set(rows.flatMap(({ user, kind }) => (user && kind !== 'total' ? [user] : [])))].toSorted()

describe.each(CELLS)('%s, asking for the %s', (_role, scope, phone, seen) => {
  it.each(ENDPOINTS.filter(([, , person]) => person || scope !== 'mate'))('%s', async (name, params) => {
    const answer = await crew.site.call<{ abstractList: { user: string }[] }>(phone, name, {
      ...wanted(scope),
      ...params,
    })
    expect(answer.code === 0 ? people(answer.data.abstractList) : answer.code).toEqual(seen?.toSorted() ?? 5)
  })

  it.each(OPERATIONS.filter(([, , person]) => person || scope !== 'mate'))('%s', async (name, input) => {
    const desk = await crew.site.operator(phone, ['cashier'])
    const asked = { ...wanted(scope), ...input } as Input<OperationName>
    if (seen === null) return expect(await desk.refused(name, asked)).toBe('ROLE_REQUIRED notYours')
    const { rows } = (await desk.call(name, asked)) as unknown as Rows
    return expect(people(rows)).toEqual(seen.toSorted())
  })

  it('attendance.record, and the log of the project', async () => {
    const desk = await crew.site.operator(phone, ['cashier'])
    const whose = scope === 'foreign' ? OTHERS.worker : scope === 'mate' ? MATE : (seen?.[0] ?? '')
    const recordId = records[whose] ?? ''
    if (seen === null)
      expect(await desk.refused('attendance.record', { recordId })).toBe('ROLE_REQUIRED notYours')
    else expect(await desk.call('attendance.record', { recordId })).toMatchObject({ user: whose })
    const { projectId } = wanted(scope)
    if (scope === 'foreign')
      return expect(await desk.refused('attendance.project', { projectId })).toBe('ROLE_REQUIRED notYours')
    const { history } = await desk.call('attendance.project', { projectId })
    const joined = history.flatMap(({ kind, data }) => (kind === 'memberAdded' ? [data['phone']] : []))
    return expect(joined).toEqual(phone === WORKER ? [WORKER] : BOTH)
  })
})
