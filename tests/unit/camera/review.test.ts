import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageDecision } from '#shared/contract/camera.ts'
import { DAY } from '#shared/time.ts'
import { cameraRow, openCameraSite, PIXEL, type CameraSite } from '../../fixtures/camera-site.ts'
import { meterRow } from '../../fixtures/imr-vendor.ts'
import { VIEWER } from '../../fixtures/doors.ts'

type Row = readonly [daysAgo: number, value: string, more?: { imageStatus?: string; imageUrl?: string }]
const scenes = new Map<string, readonly Row[]>()
/** Rows of a meter of its own, all of them there before the first test: one fetch serves the file. */
function scene(...rows: Row[]): string {
  const tableNo = String(scenes.size + 1).padStart(11, '0')
  scenes.set(tableNo, rows)
  return tableNo
}

let site: CameraSite
beforeAll(async () => {
  site = await openCameraSite({ camera: { maxPerDay: 50, unchangedDays: 5 } })
  site.vendor.pictures.set('/seen.png', PIXEL)
  site.vendor.meters = [...scenes.keys()].map(meterRow)
  site.vendor.camera = [...scenes].flatMap(([tableNo, rows]) =>
    rows.map(([daysAgo, value, more]) =>
      cameraRow(tableNo, site.ago(daysAgo), value, { imageUrl: `${site.vendor.url}/seen.png`, ...more }),
    ),
  )
  await site.sync()
  await site.fetched()
})
afterAll(() => site.close())

const meterId = (tableNo: string) => `imr:${tableNo}`
const idOf = (tableNo: string, daysAgo: number) => `${meterId(tableNo)}@${site.ago(daysAgo)}`
const imagesOf = (tableNo: string, input: object = {}) => site.images({ meterId: meterId(tableNo), ...input })
const waiting = async (tableNo: string) =>
  (await imagesOf(tableNo, { state: 'waiting' })).map(({ at, reasons }) => [
    Math.round((site.ago(0) - at) / DAY),
    reasons,
  ])
const review = (tableNo: string, daysAgo: number, decision: ImageDecision, more: object = {}) =>
  site.call('camera.review', { imageId: idOf(tableNo, daysAgo), decision, ...more })
const usage = async (tableNo: string, from: number, to: number) => {
  const days = { bucket: 'day' as const, from: site.ago(from, 0), to: site.ago(to, 0) }
  const { rows } = await site.call('meters.usage', { meterIds: [meterId(tableNo)], ...days })
  return rows.map((row) => row.usage ?? row.state)
}

describe('what needs eyes', () => {
  const reasons = scene(
    [12, '100.0'],
    [11, '110.0'],
    // 1000 more in a day, and then back
    [10, '1120.0'],
    [9, '130.0'],
    [8, ''],
    [7, '140.0', { imageUrl: '' }],
    // stands still since day 7: five days later somebody should look
    [6, '140.0'],
    [5, '140.0'],
    [3, '140.0'],
    [2, '140.0'],
    [1, '150.0', { imageStatus: '疑似' }],
  )
  it('is named with its reason: status, fall, jump, standstill, no picture', async () => {
    expect(await waiting(reasons)).toEqual([
      [10, ['aboveLimit']],
      [9, ['negative']],
      [8, ['status']],
      [7, ['imageMissing']],
      [2, ['unchanged']],
      [1, ['status']],
    ])
    const { total } = await site.call('meters.images', { reason: 'unchanged', meterId: meterId(reasons) })
    expect(total).toBe(1)
    const counts = await site.call('camera.summary', {})
    expect(counts.waiting).toBe((await site.call('meters.images', { state: 'waiting' })).total)
    expect(counts).toMatchObject({ supported: true, pictures: { wanted: 0, missing: 1 } })
  })

  const beside = scene([5, '100.50'], [3, '112.75'], [2, ''])
  it('stands beside the reading before it', async () => {
    const [first, second, third] = await imagesOf(beside)
    expect(first).toMatchObject({ previous: null, difference: null, days: null, state: 'fine' })
    expect(second).toMatchObject({
      meterId: meterId(beside),
      previous: { at: site.ago(5), value: '100.50' },
      difference: '12.25',
      days: 2,
      state: 'fine',
      value: '112.75',
    })
    expect(third).toMatchObject({
      value: null,
      status: '图像模糊',
      ok: false,
      previous: { value: '112.75' },
      difference: null,
      state: 'waiting',
      review: null,
    })
  })

  const old = scene([35, ''], [30, ''], [2, '5'])
  it('is not what lies before the days of review, nor what is listed by other filters', async () => {
    expect((await waiting(old)).map(([day]) => day)).toEqual([30])
    const total = async (input: object) =>
      (await site.call('meters.images', { meterId: meterId(old), ...input })).total
    expect(await total({})).toBe(3)
    expect(await total({ state: 'fine' })).toBe(2)
    expect(await total({ from: site.ago(30), to: site.ago(2) })).toBe(1)
    await expect(total({ meterId: 'imr:none' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a decision', () => {
  const jump = scene([6, '100.0'], [5, '110.5'], [4, '821.0'], [3, '133.0'], [2, '140.0'])
  it('corrects usage as the hand does, and what depended on the misread needs no eyes any more', async () => {
    expect(await waiting(jump)).toEqual([
      [4, ['aboveLimit']],
      [3, ['negative']],
    ])
    await review(jump, 4, 'correct', { value: '121.0', reason: '1 read as 8' })
    // 110.5 − 100, 121 − 110.5, 133 − 121, 140 − 133
    expect(await usage(jump, 5, 1)).toEqual(['10.50', '10.50', '12.00', '7.00'])
    expect(await waiting(jump)).toEqual([])
    expect(await imagesOf(jump, { state: 'corrected' })).toMatchObject([
      {
        value: '821.0',
        difference: '10.5',
        review: { value: '121.0', original: '821.0', by: 'Ada', reason: '1 read as 8' },
      },
    ])
    const one = { meterId: meterId(jump), from: site.ago(4), to: site.ago(3) }
    const { rows } = await site.call('meters.readings', one)
    expect(rows).toMatchObject([{ value: '121.0', original: '821.0', origin: 'camera' }])
  })

  const wrong = scene([5, '100'], [4, '900'], [3, '120'], [2, '125'])
  it('rejects a reading: usage goes over it to the next', async () => {
    await review(wrong, 4, 'reject')
    expect(await usage(wrong, 4, 1)).toEqual(['gap', 'gap', '5.00'])
    expect(await waiting(wrong)).toEqual([])
  })

  const doubted = scene([4, '100'], [3, '110', { imageStatus: '疑似' }], [2, '120'])
  it('accepts what the vendor doubted, which then counts', async () => {
    expect(await usage(doubted, 3, 2)).toEqual(['gap'])
    await review(doubted, 3, 'accept')
    expect(await usage(doubted, 3, 1)).toEqual(['10.00', '10.00'])
  })

  const twice = scene([4, '100'], [3, '700'], [2, '120'])
  it('is taken back as a whole, and replaced by another', async () => {
    const before = await usage(twice, 3, 1)
    await review(twice, 3, 'correct', { value: '111' })
    await review(twice, 3, 'correct', { value: '110' })
    expect(await usage(twice, 3, 1)).toEqual(['10.00', '10.00'])
    const undo = () => site.call('camera.undo', { imageId: idOf(twice, 3) })
    await undo()
    expect(await usage(twice, 3, 1)).toEqual(before)
    expect((await waiting(twice)).map(([day]) => day)).toEqual([3, 2])
    await expect(undo()).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  const later = scene([4, '100'], [3, ''])
  it('skips without deciding: it waits in a place of its own', async () => {
    const before = await site.call('camera.summary', {})
    await review(later, 3, 'skip')
    expect(await waiting(later)).toEqual([])
    expect(await imagesOf(later, { state: 'skipped' })).toHaveLength(1)
    const { waiting: left, skipped } = await site.call('camera.summary', {})
    expect({ left, skipped }).toEqual({ left: before.waiting - 1, skipped: before.skipped + 1 })
  })

  const unread = scene([4, '100'], [3, ''])
  it('accepts only what was read, corrects to a register only, decides on what is there', async () => {
    const refused = (input: object) =>
      expect(site.call('camera.review', { imageId: idOf(unread, 3), decision: 'accept', ...input })).rejects
    await refused({}).toMatchObject({ code: 'INVALID_INPUT' })
    await refused({ decision: 'correct' }).toMatchObject({ code: 'INVALID_INPUT' })
    await refused({ decision: 'correct', value: '-3' }).toMatchObject({ code: 'INVALID_INPUT' })
    await refused({ decision: 'reject', imageId: 'imr:none@1' }).toMatchObject({ code: 'NOT_FOUND' })
    await refused({ decision: 'reject', imageId: 'nonsense' }).toMatchObject({ code: 'NOT_FOUND' })
    expect(await waiting(unread)).toHaveLength(1)
  })

  const watched = scene([4, '100'], [3, '900'])
  it('is audited with before and after, and not for a viewer', async () => {
    await review(watched, 3, 'reject', { reason: 'smear' })
    await review(watched, 3, 'correct', { value: '105' })
    const { rows } = await site.call('audit.list', { operation: 'camera.review', limit: 2 })
    expect(rows).toMatchObject([
      { target: idOf(watched, 3), before: { state: 'rejected', reason: 'smear' }, after: { value: '105' } },
      { target: idOf(watched, 3), before: null, after: { state: 'rejected', original: '900' } },
    ])
    const { name, pin } = VIEWER
    const viewer = { door: 'inproc' as const, screen: 'viewer' }
    await site.call('operators.signIn', { name, pin }, viewer)
    const asked = site.call('camera.review', { imageId: idOf(watched, 3), decision: 'accept' }, viewer)
    await expect(asked).rejects.toMatchObject({ code: 'ROLE_REQUIRED' })
    await expect(site.call('meters.images', {}, viewer)).resolves.toMatchObject({ asOf: expect.any(Number) })
  })

  const kept = scene([4, '100'], [3, '700'], [2, '120'])
  it('outlives a lost history: after the next fetch it holds again', async () => {
    await review(kept, 3, 'correct', { value: '110' })
    await site.reopen(() => {
      for (const end of ['', '-wal', '-shm'])
        rmSync(join(site.directory, `history.db${end}`), { force: true })
    })
    await site.signIn()
    expect(await site.images()).toEqual([])
    await site.sync()
    expect(await imagesOf(kept, { state: 'corrected' })).toMatchObject([{ difference: '10', value: '700' }])
    expect(await usage(kept, 3, 1)).toEqual(['10.00', '10.00'])
  })
})
