import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Crew, KEEPER, OTHER, OWNER, WORKER } from '../../fixtures/attendance-crew.ts'
import type { Console } from '../../fixtures/attendance.ts'

/** Looks like WORKER where the middle is hidden. */
const ALIKE = '13899990003'

let crew: Crew
let clerk: Console
let keeper: Console
let supervisor: Console
let records: Record<string, string>
beforeAll(async () => {
  crew = await Crew.open()
  const { projectId } = crew
  await crew.ok(KEEPER, 'addAttMember', { projectId, user: ALIKE, userName: '工人丙' })
  await crew.ok(KEEPER, 'addAttMember', { projectId, user: OTHER, userName: '工人乙' })
  records = { [WORKER]: await crew.checkIn(WORKER), [ALIKE]: await crew.checkIn(ALIKE) }
  clerk = await crew.site.operator('', ['attendance'])
  keeper = await crew.keeper()
  supervisor = await crew.site.operator('', ['supervisor'])
})
afterAll(() => crew.site.close())

const shownTo = async (desk: Console) =>
  (await desk.call('attendance.members', { projectId: crew.projectId })).rows
    .map(({ user }) => user)
    .toSorted()

describe('phones of attendance', () => {
  it('are whole for a supervisor and for the keeper of the project, masks that differ for a clerk', async () => {
    const whole = [WORKER, ALIKE, OTHER].toSorted()
    expect(await shownTo(supervisor)).toEqual(whole)
    expect(await shownTo(keeper)).toEqual(whole)
    expect(await shownTo(clerk)).toEqual(['138****0003', '138****0003~2', '138****0004'])
  })

  it('are hidden wherever they stand: rows, people who wait, the log and what it says', async () => {
    const { projectId } = crew
    const answers = await Promise.all([
      clerk.call('attendance.projects', {}),
      clerk.call('attendance.project', { projectId }),
      clerk.call('attendance.record', { recordId: records[WORKER] ?? '' }),
      clerk.call('attendance.gang', { projectId }),
    ])
    expect(JSON.stringify(answers)).not.toMatch(/"1[3-9]\d{9}"/)
    expect(JSON.stringify(answers)).toContain('138****0001')
  })

  it('are found by their mask, each its own', async () => {
    const found = async (user: string) => {
      const { rows } = await clerk.call('attendance.records', { user })
      return rows.map(({ recordId, user: shown }) => [recordId, shown])
    }
    expect(await found('138****0003')).toEqual([[records[WORKER], '138****0003']])
    expect(await found('138****0003~2')).toEqual([[records[ALIKE], '138****0003~2']])
    expect(await found('138****0003~3')).toEqual([])
  })

  it('are not found out digit by digit, only whole or by their end', async () => {
    const { projectId } = crew
    const found = async (desk: Console, query: string) =>
      (await desk.call('attendance.members', { projectId, query })).total
    expect([await found(clerk, '1389999'), await found(supervisor, '1389999')]).toEqual([0, 1])
    expect([await found(clerk, '0003'), await found(clerk, ALIKE), await found(clerk, '工人')]).toEqual([
      2, 1, 3,
    ])
    const projects = async (query: string) => (await clerk.call('attendance.projects', { query })).total
    expect([await projects('1380000'), await projects(OWNER), await projects('一号')]).toEqual([0, 1, 1])
  })

  it('are said one by one to who may ask, and that stands in the audit', async () => {
    expect(await clerk.call('attendance.reveal', { phone: '138****0003~2' })).toEqual({ phone: ALIKE })
    expect(await clerk.refused('attendance.reveal', { phone: '139****0003' })).toBe('NOT_FOUND')
    expect(await keeper.refused('attendance.reveal', { phone: '138****0003' })).toBe('ROLE_REQUIRED')
    const [row] = crew.site.lan.all("SELECT * FROM audit WHERE operation = 'attendance.reveal'")
    expect(row).toMatchObject({ operation: 'attendance.reveal', target: '138****0003' })
    expect(JSON.stringify(row)).not.toContain(ALIKE)
  })
})
