import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HOUR } from '#shared/time.ts'
import { Crew, KEEPER, OTHER, OWNER, text, WORKER } from '../../fixtures/attendance-crew.ts'

/** What the lists find: a worker by his name, what was left alone for too long, who wants to be told. */
let crew: Crew
let done: string
let forgotten: string
let late: string

beforeAll(async () => {
  crew = await Crew.open()
  const { projectId, site } = crew
  await crew.ok(KEEPER, 'addAttMember', { projectId, user: OTHER, userName: '欧阳乙' })
  done = await crew.checkIn()
  await crew.ok(WORKER, 'subscribeAttRecord', { recordId: done })
  await crew.confirm(done)
  site.pass(HOUR)
  await crew.ok(KEEPER, 'newAttCheckOut', { recordId: done })
  const correction = { recordId: done, checkOutTime: text(site.now - HOUR / 2) }
  await crew.ok(KEEPER, 'newAttCorrection', correction)
  forgotten = await crew.working()
  late = await crew.checkIn(OTHER)
  await crew.ok(OTHER, 'subscribeAttRecord', { recordId: late })
  site.pass(40 * HOUR)
})
afterAll(() => crew.site.close())

const desk = () => crew.keeper()
const ids = (rows: readonly { recordId: string }[]) => rows.map(({ recordId }) => recordId)

describe('records', () => {
  it.each([
    ['欧阳', () => [late]],
    ['工人', () => [forgotten, done]],
    [OTHER.slice(-6), () => [late]],
    ['%', () => []],
  ])('of a worker whose name or phone has %s', async (query, expected) => {
    const { rows, total } = await (await desk()).call('attendance.records', { query })
    expect(ids(rows)).toEqual(expected())
    expect(total).toBe(expected().length)
  })

  it('that nobody ended, or nobody answered, are those that are marked so', async () => {
    const all = (await (await desk()).call('attendance.records', {})).rows
    for (const waiting of ['forgotten', 'late'] as const) {
      const { rows } = await (await desk()).call('attendance.records', { waiting })
      expect(ids(rows)).toEqual(ids(all.filter((row) => row[waiting])))
    }
    expect(ids(all.filter((row) => row.forgotten))).toEqual([forgotten])
    expect(ids(all.filter((row) => row.late))).toEqual([late])
  })
})

describe('corrections', () => {
  it('are found by a name, and written with both times and who has to answer', async () => {
    const console = await desk()
    expect((await console.call('attendance.corrections', { query: '欧阳' })).total).toBe(0)
    expect(ids((await console.call('attendance.corrections', { query: '工人甲' })).rows)).toEqual([done])
    const { base64 } = await console.call('exports.create', {
      list: 'attendance.corrections',
      input: {},
      format: 'csv',
      name: '修改',
      columns: [
        { key: 'old.minutes', title: '原', format: 'duration' },
        { key: 'new.minutes', title: '新', format: 'duration' },
        { key: 'waitsFor.side', title: '等', format: 'text', words: { worker: '考勤人' } },
      ],
    })
    const [head, row] = Buffer.from(base64, 'base64').toString('utf8').replace('\uFEFF', '').split(/\r?\n/)
    expect([head, row]).toEqual(['原,新,"等"', '1:00,0:30,"考勤人"'])
  })
})

describe('notices', () => {
  it('are listed by when they were asked for, told or not', async () => {
    const console = await desk()
    const { rows } = await console.call('attendance.notices', {})
    expect(rows).toMatchObject([
      { recordId: late, userName: '欧阳乙', state: 'pending', notifiedAt: null, decidedBy: null },
      { recordId: done, userName: '工人甲', state: 'closed', decidedBy: KEEPER },
    ])
    expect(rows[1]?.notifiedAt).not.toBeNull()
    expect(ids((await console.call('attendance.notices', { told: false })).rows)).toEqual([late])
    expect(ids((await console.call('attendance.notices', { told: true })).rows)).toEqual([done])
    expect(ids((await console.call('attendance.notices', { query: '甲' })).rows)).toEqual([done])
    const nobody = await crew.site.operator('', ['cashier'])
    expect(await nobody.refused('attendance.notices', {})).toBe('ROLE_REQUIRED notYours')
  })

  it('are one of a worker to himself', async () => {
    const worker = await crew.site.operator(OTHER, ['cashier'])
    expect(ids((await worker.call('attendance.notices', {})).rows)).toEqual([late])
  })
})

describe('the log of a project', () => {
  it('tells of joining, leaving and being removed, by name', async () => {
    const { projectId } = crew
    const [three, four] = ['13800000021', '13800000022'] as const
    for (const [user, userName] of [
      [three, '丙'],
      [four, '丁'],
    ] as const)
      await crew.ok(KEEPER, 'addAttMember', { projectId, user, userName })
    await crew.ok(three, 'leaveAttProject', { projectId })
    await crew.ok(KEEPER, 'deleteAttMember', { projectId, user: four })
    const { history } = await (await crew.owner()).call('attendance.project', { projectId })
    expect(history.slice(-4).map(({ kind, byPhone, data }) => [kind, byPhone, data['name']])).toEqual([
      ['memberAdded', KEEPER, '丙'],
      ['memberAdded', KEEPER, '丁'],
      ['memberLeft', three, '丙'],
      ['memberRemoved', KEEPER, '丁'],
    ])
    expect(history[0]).toMatchObject({ kind: 'projectCreated', byPhone: OWNER, data: { name: '一号楼' } })
  })
})
