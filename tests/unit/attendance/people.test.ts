import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR } from '#shared/time.ts'
import { Crew, KEEPER, OWNER, WORKER } from '../../fixtures/attendance-crew.ts'
import { rowsOfSheet } from '../../fixtures/sheets.ts'

/** People from a sheet, and sheets of hours for others. */

let crew: Crew
beforeEach(async () => {
  crew = await Crew.open()
})
afterEach(() => crew.site.close())

const HEADER = '姓名,手机号,备注'
const file = (...lines: string[]) =>
  Buffer.from(`\u{FEFF}${[HEADER, ...lines].join('\r\n')}\r\n`).toString('base64')
const GOOD = ['张三,13900000001,木工', '李四,139 0000 0002,', '王五,139-0000-0003,瓦工']
const give = (base64: string, dryRun: boolean) => ({
  projectId: crew.projectId,
  fileName: '工人.csv',
  base64,
  dryRun,
})
const members = () => crew.site.lan.count('SELECT count(*) FROM att_member WHERE removedAt IS NULL')

describe('import of people', () => {
  it('a dry run says what would be and changes nothing; the same file twice changes nothing more', async () => {
    const clerk = await crew.site.operator('', ['attendance'])
    const dry = await clerk.call('attendance.import', give(file(...GOOD), true))
    expect(dry.counts).toEqual({ new: 3, changed: 0, same: 0, error: 0 })
    expect([members(), dry.errorFile]).toEqual([1, null])
    const first = await clerk.call('attendance.import', give(file(...GOOD), false))
    expect(first.rows).toEqual(dry.rows)
    expect(members()).toBe(4)
    const facts = crew.site.lan.count('SELECT count(*) FROM att_fact')
    const again = await clerk.call('attendance.import', give(file(...GOOD), false))
    expect(again.counts).toEqual({ new: 0, changed: 0, same: 3, error: 0 })
    expect(crew.site.lan.count('SELECT count(*) FROM att_fact')).toBe(facts)
    const renamed = await clerk.call('attendance.import', give(file('张小三,13900000001,'), false))
    expect(renamed.counts).toEqual({ new: 0, changed: 1, same: 0, error: 0 })
    expect(crew.site.lan.get('SELECT byRole, operator, data FROM att_fact ORDER BY id DESC LIMIT 1')).toEqual(
      {
        byRole: 'desk',
        operator: 'op 1',
        data: JSON.stringify({ name: '张小三', old: '张三' }),
      },
    )
  })

  it('each bad row says why in the file that comes back, and takes no good one with it', async () => {
    const clerk = await crew.site.operator('', ['attendance'])
    const rows = [
      ...GOOD,
      '赵六,1390000',
      ',13900000009',
      `考,${KEEPER}`,
      '张三,13900000001',
      `${'长'.repeat(61)},13900000008`,
    ]
    const {
      counts,
      errorFile,
      rows: judged,
    } = await clerk.call('attendance.import', give(file(...rows), false))
    expect(counts).toEqual({ new: 3, changed: 0, same: 0, error: 5 })
    expect(judged.slice(3).map(({ error }) => error?.code)).toEqual([
      'phoneInvalid',
      'nameMissing',
      'isKeeper',
      'phoneTwice',
      'nameTooLong',
    ])
    const back = await rowsOfSheet(errorFile ?? '')
    expect(back[0]).toEqual(['姓名', '手机号', '备注', '错误列', '原因'])
    expect(back[6]?.slice(3)).toEqual(['手机号', '考勤员不能是本项目的考勤人'])
    expect(members()).toBe(4)
  })

  it('is for the keeper and for clerks; a sheet without its columns is refused', async () => {
    expect(
      (await (await crew.keeper()).call('attendance.import', give(file(...GOOD), false))).counts.new,
    ).toBe(3)
    const desk = await crew.owner()
    expect(await desk.refused('attendance.import', give(file(...GOOD), false))).toBe('ROLE_REQUIRED notYours')
    const viewer = await crew.site.operator('', ['viewer'])
    expect(await viewer.refused('attendance.import', give(file(...GOOD), true))).toBe(
      'ROLE_REQUIRED notYours',
    )
    const clerk = await crew.site.operator('', ['attendance'])
    const wrong = Buffer.from('a,b\r\n1,2\r\n').toString('base64')
    expect(await clerk.refused('attendance.import', give(wrong, true))).toBe('INVALID_INPUT columnsMissing')
    const { base64 } = await clerk.call('attendance.importTemplate', { format: 'xlsx' })
    expect(await clerk.refused('attendance.import', give(base64, true))).toBe('INVALID_INPUT empty')
    await crew.ok(OWNER, 'deleteAttProject', { projectId: crew.projectId })
    expect(await clerk.refused('attendance.import', give(file(...GOOD), true))).toBe(
      'NOT_ALLOWED_NOW projectDeleted',
    )
  })
})

describe('export of hours', () => {
  it('the month goes to XLSX with a cell a day and a line of totals, as whoever exports may see it', async () => {
    await crew.closed(8)
    crew.site.pass(HOUR)
    await crew.closed(2)
    const sheet = {
      list: 'attendance.sheet' as const,
      input: { projectId: crew.projectId, month: '2026-03' },
      format: 'xlsx' as const,
      name: '考勤',
      columns: [
        { key: 'userName', title: '姓名', format: 'text' as const },
        ...Array.from({ length: 31 }, (_, i) => ({
          key: `hours.${i}`,
          title: String(i + 1),
          format: 'decimal' as const,
        })),
        { key: 'totalHours', title: '合计', format: 'decimal' as const },
      ],
    }
    const clerk = await crew.site.operator('', ['attendance'])
    const { base64, rows } = await clerk.call('exports.create', sheet)
    expect(rows).toBe(2)
    const back = await rowsOfSheet(base64)
    expect(back.map((row) => [row[0], Number(row[10]), Number(row[32])])).toEqual([
      ['姓名', 10, Number.NaN],
      ['工人甲', 10, 10],
      ['', 10, 10],
    ])
    const stranger = await crew.site.operator('13800000099', ['cashier'])
    expect(await stranger.refused('exports.create', sheet)).toBe('ROLE_REQUIRED notYours')
    const records = { ...sheet, list: 'attendance.records' as const, input: {}, format: 'csv' as const }
    const columns = [{ key: 'user', title: '手机号', format: 'text' as const }]
    const his = await (
      await crew.site.operator(WORKER, ['cashier'])
    ).call('exports.create', { ...records, columns })
    expect(his.rows).toBe(2)
  })
})
