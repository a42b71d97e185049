import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unzipSync } from 'fflate'
import readExcel from 'read-excel-file/node'
import { maskPhone } from '#shared/privacy.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { Crew, KEEPER, OTHER, OWNER, WORKER } from '../../fixtures/attendance-crew.ts'
import type { AttendanceSite, Console } from '../../fixtures/attendance.ts'

let crew: Crew
let site: AttendanceSite
let clerk: Console
beforeAll(async () => {
  crew = await Crew.open()
  site = crew.site
  await crew.ok(KEEPER, 'addAttMember', { projectId: crew.projectId, user: OTHER, userName: '工人乙' })
  // 10 March: 8 h; 11 March: 7.5 h over midnight; 1 April: 1 min; one that still runs
  await crew.closed()
  site.lan.clock.setWall(Date.UTC(2026, 2, 11, 14))
  await crew.closed(7.5)
  site.lan.clock.setWall(Date.UTC(2026, 3, 1, 1))
  await crew.closed(1 / 60)
  site.pass(MINUTE)
  await crew.working()
  clerk = await site.operator('', ['attendance'])
})
afterAll(() => site.close())

const wanted = (from = '2026-03', to = '2026-04') => ({ projectId: crew.projectId, from, to })
const ended = (jobId: string) =>
  new Promise<string>((resolve) => {
    const stop = site.onJob((job) => {
      if (job.id !== jobId || job.endedAt === null) return
      stop()
      resolve(job.state)
    })
  })

async function written(desk: Console, input: Parameters<typeof wanted> = []) {
  const { jobId } = await desk.call('attendance.export', wanted(...input))
  expect(await ended(jobId)).toBe('done')
  const file = await desk.call('attendance.exported', { jobId })
  const bytes = Buffer.from(file.base64, 'base64')
  const sheets = await readExcel(bytes)
  return { jobId, name: file.name, sheets }
}

describe('months of a project as a workbook', () => {
  it.each([
    ['a supervisor', '', 'supervisor', WORKER],
    ['the keeper of the project', KEEPER, 'attendance', WORKER],
    ['the keeper of another one', '13900000099', 'attendance', maskPhone(WORKER)],
  ] as const)('shows phones to %s as the screens do', async (_who, phone, role, shown) => {
    const { sheets } = await written(await site.operator(phone, [role]))
    const cells = sheets.flatMap(({ data }) => data.flatMap((row) => row.slice(1, 2)))
    expect(cells.filter((cell) => cell !== null && cell !== '手机号')).toEqual([shown, shown, shown])
  })

  it('has the sums, and a sheet a month with a cell a day', async () => {
    const { jobId, name, sheets } = await written(clerk)
    expect(name).toBe('考勤工时 一号楼 2026-03–2026-04.xlsx')
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['汇总', '2026-03', '2026-04'])
    const [sums, march, april] = sheets.map(({ data }) => data)
    expect(sums?.map((row) => row.slice(0, 6))).toEqual([
      ['姓名', '手机号', '2026-03', '2026-04', '班次', '工时（小时）'],
      // a clerk is shown masks, and so is his file
      ['工人甲', maskPhone(WORKER), 15.5, 1 / 60, 3, 15.5 + 1 / 60],
      ['合计', null, 15.5, 1 / 60, 3, 15.5 + 1 / 60],
    ])
    expect(march?.[0]).toHaveLength(2 + 31 + 4)
    expect(april?.[0]).toHaveLength(2 + 30 + 4)
    // 22:00 to 05:30 is of the day it began
    expect([march?.[0]?.[11], march?.[1]?.[11], march?.[0]?.[12], march?.[1]?.[12]]).toEqual([
      '10',
      8,
      '11',
      7.5,
    ])
    expect(march?.map((row) => row.slice(-4, -1))).toEqual([
      ['出勤天数', '班次', '工时（小时）'],
      [2, 2, 15.5],
      [null, 2, 15.5],
    ])
    expect((await clerk.call('jobs.get', { id: jobId })).report).toEqual([
      { level: 'info', code: 'attendanceBook', data: { workers: 1, months: 2 } },
    ])
  })

  it('writes hours that add up in the file, and durations that show more than a day', async () => {
    const { jobId } = await written(clerk, ['2026-03', '2026-03'])
    const { base64 } = await clerk.call('attendance.exported', { jobId })
    const files = unzipSync(Buffer.from(base64, 'base64'))
    const text = new TextDecoder().decode(files['xl/worksheets/sheet2.xml'])
    expect(text).toContain(`<v>${(15.5 * HOUR) / DAY}</v>`)
    expect(new TextDecoder().decode(files['xl/styles.xml'])).toContain('[h]:mm')
  })

  it('is only for who asked', async () => {
    const { jobId } = await written(clerk, ['2026-03', '2026-03'])
    const keeper = await site.operator(KEEPER, ['cashier'])
    expect(await keeper.refused('attendance.exported', { jobId })).toBe('NOT_FOUND')
  })

  it('stops where it is told to, by who began it, and leaves no file', async () => {
    const { jobId } = await clerk.call('attendance.export', wanted('2025-01', '2026-04'))
    const other = await site.operator('', ['viewer'])
    expect(await other.refused('jobs.cancel', { id: jobId })).toBe('ROLE_REQUIRED')
    expect(await other.refused('attendance.export', wanted())).toBe('JOB_RUNNING')
    const end = ended(jobId)
    await clerk.call('jobs.cancel', { id: jobId })
    expect(await end).toBe('cancelled')
    expect(await clerk.refused('attendance.exported', { jobId })).toBe('NOT_FOUND')
    expect(await clerk.call('jobs.get', { id: jobId })).toMatchObject({ total: 17 })
  })

  it('writes no more than its operator may see (R-62), and says so', async () => {
    const owner = await site.operator(OWNER, ['cashier'])
    const { jobId, sheets } = await written(owner, ['2026-01', '2026-04'])
    expect(sheets[0]?.data.at(-1)?.[7]).toBeCloseTo(15.5 + 1 / 60, 9)
    expect((await owner.call('jobs.get', { id: jobId })).report[0]?.code).toBe('attendanceLimited')
    // 13 May: nothing before 13 March is his to see
    site.lan.clock.setWall(Date.UTC(2026, 4, 13))
    const later = await written(owner, ['2026-03', '2026-04'])
    expect(later.sheets[0]?.data.at(-1)?.slice(2, 4)).toEqual([null, 1 / 60])
    const whole = await written(clerk, ['2026-03', '2026-04'])
    expect(whole.sheets[0]?.data.at(-1)?.slice(2, 4)).toEqual([15.5, 1 / 60])
    expect((await clerk.call('jobs.get', { id: whole.jobId })).report.map(({ code }) => code)).toEqual([
      'attendanceBook',
    ])
  })

  it('is refused who may not see the project, and more than two years', async () => {
    const nobody = await site.operator('13900000000', ['cashier'])
    expect(await nobody.refused('attendance.export', wanted())).toBe('ROLE_REQUIRED notYours')
    expect(await clerk.refused('attendance.export', wanted('2026-04', '2026-03'))).toBe('INVALID_INPUT')
    expect(await clerk.refused('attendance.export', wanted('2024-03', '2026-03'))).toBe('INVALID_INPUT')
    expect(await clerk.refused('attendance.export', { ...wanted(), projectId: '99' })).toBe(
      'NOT_FOUND noProject',
    )
  })
})
