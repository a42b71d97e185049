import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allFacts, retell } from '#core/attendance/log.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import { Crew, KEEPER, NEXT, OWNER, text, WORKER } from '../../fixtures/attendance-crew.ts'
import type { AttendanceSite, Console } from '../../fixtures/attendance.ts'

/** What the log keeps, what the tables refuse by themselves, and a whole gang at once. */

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
const checkIn = (phone?: string, at?: number) => crew.checkIn(phone, at)
const working = () => crew.working()
const closed = (hours?: number) => crew.closed(hours)
const owner = () => crew.owner()
const keeper = () => crew.keeper()

describe('the log', () => {
  it('R-65: who, when, old and new of everything that was decided, at both doors', async () => {
    const recordId = await closed(8)
    const desk = await keeper()
    const { correctionId } = await desk.call('attendance.newCorrection', {
      recordId,
      checkOutAt: site.now - HOUR,
      note: '早退',
    })
    await ok(WORKER, 'decideAttCorrection', { correctionId, decision: 0 })
    await ok(OWNER, 'setAttKeeper', { projectId, keeper: NEXT, keeperName: '新' })
    const { books } = site.attendance
    const facts = allFacts(books).map(({ kind, byRole, byPhone, operator }) => [
      kind,
      byRole,
      byPhone,
      operator,
    ])
    expect(facts).toEqual([
      ['projectCreated', 'owner', OWNER, null],
      ['keeperSet', 'owner', OWNER, null],
      ['memberAdded', 'keeper', KEEPER, null],
      ['checkInRequested', 'worker', WORKER, null],
      ['checkInConfirmed', 'keeper', KEEPER, null],
      ['checkOutRecorded', 'keeper', KEEPER, null],
      ['correctionProposed', 'keeper', KEEPER, 'op 1'],
      ['correctionApplied', 'worker', WORKER, null],
      ['timesCorrected', 'worker', WORKER, null],
      ['keeperSet', 'owner', OWNER, null],
    ])
    const boss = await site.operator('', ['supervisor'])
    const { thread, corrections } = await boss.call('attendance.record', { recordId })
    expect(thread.at(-1)).toMatchObject({
      kind: 'timesCorrected',
      byName: '工人甲',
      data: { old: { checkOutAt: site.now }, new: { checkOutAt: site.now - HOUR } },
    })
    expect(corrections).toMatchObject([{ state: 'applied', note: '早退', decidedBy: WORKER }])
    expect(retell(books)).toEqual({ differs: [] })
    const audited = site.lan.all('SELECT operation, operator FROM audit')
    expect(audited).toEqual([{ operation: 'attendance.newCorrection', operator: 'op 1' }])
  })

  it('no hand changes a time, a fact or a decision in the tables', async () => {
    const recordId = await closed(8)
    const tries = [
      `UPDATE att_record SET checkOutAt = checkOutAt + 1000 WHERE id = ${recordId}`,
      `UPDATE att_record SET checkInAt = checkInAt - 1000 WHERE id = ${recordId}`,
      `UPDATE att_record SET state = 'confirmed', checkOutAt = NULL, checkOutBy = NULL, checkOutRecordedAt = NULL`,
      'DELETE FROM att_record',
      `UPDATE att_fact SET data = '{}'`,
      'DELETE FROM att_fact',
      `UPDATE att_project SET keeperPhone = '${WORKER}'`,
      `INSERT INTO att_correction (recordId, byRole, byPhone, createdAt, oldCheckInAt, oldCheckOutAt, newCheckInAt,
        newCheckOutAt, state, decidedBy, decidedAt) SELECT id, 'keeper', '${KEEPER}', 1, checkInAt, checkOutAt,
        checkInAt - 1000, checkOutAt, 'applied', '${WORKER}', 1 FROM att_record`,
    ]
    for (const sql of tries) await expect(site.lan.write(sql), sql).rejects.toThrow(/./)
    const correctionId = await propose2(recordId)
    for (const by of [KEEPER, OWNER])
      await expect(
        site.lan.write(
          `UPDATE att_correction SET state = 'applied', decidedBy = '${by}', decidedAt = 1 WHERE id = ?`,
          correctionId,
        ),
      ).rejects.toThrow(/./)
  })
  const propose2 = async (recordId: string) =>
    Number(
      (await ok(KEEPER, 'newAttCorrection', { recordId, checkOutTime: text(site.now - HOUR) }))[
        'correctionId'
      ],
    )
})

describe('a gang at once', () => {
  it('thirty are confirmed and ended at one time; who cannot be says why', async () => {
    const gang = Array.from({ length: 30 }, (_, i) => `139000000${String(i).padStart(2, '0')}`)
    for (const user of gang)
      await ok(KEEPER, 'addAttMember', { projectId, user, userName: `工人${user.slice(-2)}` })
    for (const user of gang) await checkIn(user)
    const desk: Console = await keeper()
    const waiting = (await desk.call('attendance.gang', { projectId })).rows.filter(
      (row) => row.standing === 'pending',
    )
    const recordIds = waiting.map((row) => row.recordId ?? '')
    expect(recordIds).toHaveLength(30)
    const confirmed = await desk.call('attendance.decideCheckIns', { recordIds, decision: 'confirm' })
    expect(confirmed.results.every(({ ok }) => ok)).toBe(true)
    site.pass(HOUR)
    const late = await working()
    site.pass(HOUR)
    const ended = await desk.call('attendance.checkOuts', {
      recordIds: [...recordIds, late, '999'],
      checkOutAt: site.now - HOUR - MINUTE,
    })
    expect(ended.results.filter(({ ok }) => ok)).toHaveLength(30)
    expect(ended.results.slice(30)).toMatchObject([
      { reason: 'order' },
      { recordId: '999', reason: 'noRecord' },
    ])
    const stats = await desk.call('attendance.statistics', { projectId, from: 0, to: site.now, by: 'user' })
    expect(stats.totals).toEqual({ minutes: 30 * 59, count: 30, open: 1, pending: 0 })
  })

  it('a forgotten end and a late answer are loud, and nothing is invented', async () => {
    await closed(8)
    site.pass(HOUR)
    const recordId = await working()
    const began = site.now
    site.pass(17 * HOUR)
    const [row] = (await (await keeper()).call('attendance.gang', { projectId })).rows
    expect(row).toMatchObject({
      recordId,
      standing: 'working',
      forgotten: true,
      suggestedOut: began + 8 * HOUR,
    })
    expect(site.lan.get('SELECT state, checkOutAt FROM att_record WHERE id = ?', recordId)).toEqual({
      state: 'confirmed',
      checkOutAt: null,
    })
    await ok(KEEPER, 'newAttCheckOut', { recordId })
    const asked = await checkIn()
    site.pass(25 * HOUR)
    const { rows } = await (await keeper()).call('attendance.records', { projectId, states: ['pending'] })
    expect(rows).toMatchObject([{ recordId: asked, late: true, state: 'pending' }])
    expect(await (await owner()).call('attendance.waiting', {})).toMatchObject({ pending: 1, late: 1 })
  })
})
