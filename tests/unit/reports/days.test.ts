import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, meter, reading } from '../../fixtures/meters.ts'
import { fillReports, ReportSite } from '../../fixtures/reports.ts'

let site: ReportSite
beforeEach(async () => {
  site = await ReportSite.open()
  await fillReports(site)
})
afterEach(() => site.close())

const DAY = '2026-03-05'
const close = (day = DAY) =>
  Promise.resolve().then(() => site.handlers['reports.close'](site.call(), { day }))
const recompute = (reason: string, by = 'li') =>
  Promise.resolve().then(() => site.handlers['reports.recompute'](site.call(by), { day: DAY, reason }))
const get = (version?: number) =>
  site.get({ report: 'day', day: DAY, ...(version === undefined ? {} : { version }) })
const late = async () => {
  await site.meters.ingest([reading('E2', `${DAY} 12:00`, '50.40'), reading('E1', `${DAY} 23:00`, '106.40')])
  await site.meters.meters.settled()
}

describe('a closed day', () => {
  it('keeps its figures when late readings come; computed anew it says what changed', async () => {
    const open = await get()
    expect(open.closed).toBeNull()
    const first = await close()
    expect(first).toMatchObject({ day: DAY, version: 1, by: 'wang', reason: '', meters: 5, changed: 0 })
    const before = await get()
    expect(before.rows).toEqual(open.rows)
    expect(before.total?.[4]).toBe('3.50')
    await late()
    // the same day, live, is otherwise by now
    const live = await site.get({ report: 'usage', from: at(DAY), to: at('2026-03-06') })
    expect(live.total?.[4]).toBe('4.00')
    expect((await get()).rows).toEqual(before.rows)

    site.meters.test.clock.setWall(at('2026-03-12 09:00'))
    const second = await recompute('补抄到数')
    expect(second).toMatchObject({
      version: 2,
      by: 'li',
      reason: '补抄到数',
      changed: 2,
      at: at('2026-03-12 09:00'),
    })
    expect((await get()).total?.[4]).toBe('4.00')
    expect((await get(1)).rows).toEqual(before.rows)
    const changes = await site.handlers['reports.changes'](site.call(), { day: DAY, version: 2 })
    expect(changes.rows).toEqual([
      expect.objectContaining({
        tableNo: 'E2',
        before: null,
        stateBefore: 'gap',
        after: '0.10',
        stateAfter: 'measured',
      }),
      expect.objectContaining({ tableNo: 'E1', before: '1.50', after: '1.90', stateAfter: 'measured' }),
    ])
    const log = await site.handlers['reports.versions'](site.call(), {})
    expect(log.rows.map(({ version, by, reason }) => [version, by, reason])).toEqual([
      [2, 'li', '补抄到数'],
      [1, 'wang', ''],
    ])
  })

  it('logs also that nothing changed, and meters that came or went', async () => {
    await close()
    expect(await recompute('再算一次')).toMatchObject({ version: 2, changed: 0 })
    await site.meters.catalogue(meter('E9', { place: '2栋' }))
    const { history } = site.meters.test.store
    // E4 was used on that day and retired since; of E3 nothing is left
    await history.write(() => {
      history.statement("UPDATE meter SET active = 0 WHERE device_id IN ('E3', 'E4')").run()
      history.statement("DELETE FROM daily WHERE meter = (SELECT id FROM meter WHERE device_id = 'E3')").run()
    })
    expect(await recompute('换表以后')).toMatchObject({ version: 3, changed: 2, meters: 5 })
    const numbers = (await get()).rows.map(([tableNo]) => tableNo)
    expect(numbers).toContain('E9')
    expect(numbers).toContain('E4')
    expect(numbers).not.toContain('E3')
    expect((await get(2)).rows.map(([tableNo]) => tableNo)).toContain('E3')
    const { rows } = await site.handlers['reports.changes'](site.call(), { day: DAY, version: 3 })
    expect(rows.map(({ tableNo, stateBefore, stateAfter }) => [tableNo, stateBefore, stateAfter])).toEqual(
      expect.arrayContaining([
        ['E9', 'absent', 'gap'],
        ['E3', 'measured', 'absent'],
      ]),
    )
  })

  it('is over first, is closed once, and stays', async () => {
    await expect(close('2026-03-11')).rejects.toMatchObject({ code: 'NOT_ALLOWED_NOW' })
    await expect(close('2026-02-30')).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(recompute('太早')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await close()
    await expect(close()).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(get(2)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { site: db } = site.meters.test.store
    const more = `INSERT INTO report_figure SELECT max(version_id), 99, 1, 1 FROM report_figure`
    const remove = ['DELETE FROM report_version', 'DELETE FROM report_figure']
    for (const sql of ['UPDATE report_figure SET usage = 0', more, ...remove])
      await expect(db.write(() => db.statement(sql).run())).rejects.toThrow(/stays as it was closed/)
  })

  it('is one, however often it is asked for at once', async () => {
    const ended = await Promise.allSettled([close(), close(), close('2026-03-04')])
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    const { rows } = await site.handlers['reports.versions'](site.call(), {})
    expect(rows.map(({ day, version, meters }) => [day, version, meters])).toEqual([
      ['2026-03-04', 1, 5],
      [DAY, 1, 5],
    ])
  })

  it('takes nothing from a program that ended in the middle of closing it', async () => {
    await close('2026-03-04')
    const { site: db } = site.meters.test.store
    const left = 'INSERT INTO report_figure SELECT version_id + 1, meter, 4242, 1 FROM report_figure'
    await db.write(() => db.statement(left).run())
    const open = await get()
    await close()
    expect((await get()).rows).toEqual(open.rows)
    const held = db.statement<{ n: number }>('SELECT count(*) AS n FROM report_figure').get()
    expect(held?.n).toBe(10)
  })
})
