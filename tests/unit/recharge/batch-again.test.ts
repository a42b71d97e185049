import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BatchDesk, type Line } from '../../fixtures/batch-desk.ts'

let desk: BatchDesk
beforeEach(async () => {
  desk = await BatchDesk.open()
})
afterEach(() => desk.close())

const A: Line = ['H-1', '12.34', '三月']
const B: Line = ['H-2', '23.45', '三月']
const C: Line = ['H-3', '5', '三月']
const WRONG: Line = ['H-3', 'x', '三月']
const setState = (state: string, roomId: string) => {
  const { site } = desk.world.test.store
  const set = 'UPDATE recharge_intent SET state = ?, next_check_at = NULL WHERE room_id = ?'
  return site.write(() => void site.statement(set).run(state, roomId))
}

describe('a corrected list', () => {
  it('posts only what was corrected, as the screen teaches it', async () => {
    const first = await desk.check([A, B, WRONG])
    expect(first).toMatchObject({ postRows: 2, postFen: 3579, sameRows: 0, amountFen: 3579 })
    await desk.post(first.id)
    expect(await desk.batch(first.id)).toMatchObject({ postRows: 0, postFen: 0, appliedRows: 2 })
    const again = await desk.check([A, B, C])
    expect(await desk.states(again.id)).toEqual(['same', 'same', 'ready'])
    expect(again).toMatchObject({ sameRows: 2, sameFen: 3579, postRows: 1, postFen: 500, amountFen: 4079 })
    expect(await desk.post(again.id)).toMatchObject({ state: 'done', appliedRows: 1, appliedFen: 500 })
    expect(desk.posted()).toEqual(['H-1 1234', 'H-2 2345', 'H-3 500'])
  })

  it('knows a row wherever it stands, and shows the sale that was made for it', async () => {
    const first = await desk.check([A, B])
    await desk.post(first.id)
    const [sale] = await desk.rows(first.id)
    const again = await desk.check([C, B, ['H-4', '1', ''], A, A])
    expect(await desk.states(again.id)).toEqual(['ready', 'same', 'ready', 'same', 'same'])
    expect((await desk.rows(again.id, { onlySame: true })).map(({ row }) => row)).toEqual([3, 5, 6])
    expect((await desk.rows(again.id))[3]?.intentId).toBe(sale?.intentId)
    await desk.post(again.id)
    expect(desk.posted().filter((one) => one === 'H-1 1234')).toHaveLength(1)
  })

  it('checked before the first was posted is judged anew when it is started', async () => {
    const first = await desk.check([A, B])
    const second = await desk.check([A, C])
    expect(await desk.states(second.id)).toEqual(['ready', 'ready'])
    await desk.post(first.id)
    expect(await desk.states(second.id)).toEqual(['same', 'ready'])
    await desk.post(second.id)
    expect(desk.posted()).toEqual(['H-1 1234', 'H-2 2345', 'H-3 500'])
  })

  it('with another note, room or amount is another payment', async () => {
    await desk.post((await desk.check([A])).id)
    const other = await desk.check([
      ['H-1', '12.34', '四月'],
      ['H-2', '12.34', '三月'],
      ['H-1', '12.35', '三月'],
    ])
    expect(await desk.states(other.id)).toEqual(['ready', 'ready', 'ready'])
  })

  it('sends what was not applied again under its own number, as a sale of the corrected batch', async () => {
    desk.world.platform.saleFault = () => 'droppedBefore'
    const first = await desk.check([A, WRONG])
    await desk.post(first.id)
    expect(await desk.states(first.id)).toEqual(['failed', 'error'])
    const [before] = await desk.rows(first.id)
    desk.world.platform.saleFault = () => 'ok'
    const second = await desk.check([A, C])
    expect(await desk.states(second.id)).toEqual(['ready', 'ready'])
    expect(await desk.post(second.id)).toMatchObject({ state: 'done', appliedRows: 2, appliedFen: 1734 })
    expect((await desk.rows(second.id))[0]?.intentId).toBe(before?.intentId)
    expect(await desk.states(first.id)).toEqual(['same', 'error'])
    await desk.post(first.id)
    expect(desk.posted()).toEqual(['H-1 1234', 'H-3 500'])
  })

  it('never sends a sale again under a tender that is not its own', async () => {
    desk.world.platform.saleFault = () => 'droppedBefore'
    await desk.post((await desk.check([A])).id, 'card')
    desk.world.platform.saleFault = () => 'ok'
    const second = await desk.check([A])
    expect(await desk.post(second.id, 'transfer')).toMatchObject({ state: 'partial', tender: 'transfer' })
    expect(desk.reports()).toContainEqual(
      expect.objectContaining({ code: 'batchRowRefused', data: { row: 2, code: 'INTENT_CONFLICT' } }),
    )
    expect(await desk.post(second.id, 'card')).toMatchObject({ state: 'done', appliedRows: 1 })
    expect(desk.posted()).toEqual(['H-1 1234'])
  })

  it('makes a new sale of what the platform refused for good', async () => {
    desk.world.platform.saleFault = () => 'code1009'
    const first = await desk.check([A])
    await desk.post(first.id)
    expect(await desk.states(first.id)).toEqual(['failed'])
    desk.world.platform.saleFault = () => 'ok'
    const second = await desk.check([A])
    await desk.post(second.id)
    expect(await desk.states(second.id)).toEqual(['applied'])
    expect(await desk.states(first.id)).toEqual(['same'])
    expect(desk.posted()).toEqual(['H-1 1234'])
  })

  it.each(['UNKNOWN', 'DISPUTED'])('leaves a row alone whose first sale is %s', async (state) => {
    await desk.post((await desk.check([A, WRONG])).id)
    await setState(state, 'H-1')
    const again = await desk.check([A, C])
    expect(await desk.states(again.id)).toEqual(['same', 'ready'])
    await desk.post(again.id)
    expect(desk.posted()).toEqual(['H-1 1234', 'H-3 500'])
  })
})

describe('a row that another batch posted', () => {
  it('is posted once more after a person said so, for that row, by name', async () => {
    await desk.post((await desk.check([A, B])).id)
    const again = await desk.check([A, B])
    const said = await desk.repeat(again.id, [3])
    expect(said).toMatchObject({ sameRows: 1, postRows: 1, postFen: 2345 })
    expect((await desk.rows(again.id)).map(({ state, repeatBy }) => [state, repeatBy])).toEqual([
      ['same', null],
      ['ready', 'Sue'],
    ])
    await desk.post(again.id)
    expect(await desk.states(again.id)).toEqual(['same', 'applied'])
    expect(desk.posted()).toEqual(['H-1 1234', 'H-2 2345', 'H-2 2345'])
    // the word was for this row of this list
    const third = await desk.check([A, B])
    expect(await desk.states(third.id)).toEqual(['same', 'same'])
  })

  it('of a whole list at once, and within the minute of the first', async () => {
    await desk.post((await desk.check([A, B])).id)
    const again = await desk.check([A, B, C])
    expect(await desk.repeat(again.id)).toMatchObject({ sameRows: 0, postRows: 3, postFen: 4079 })
    await desk.post(again.id)
    expect(desk.posted()).toHaveLength(5)
    expect(await desk.batch(again.id)).toMatchObject({ state: 'done', appliedRows: 3, postRows: 0 })
  })

  it('is left alone again when the word is taken back; what was posted stays', async () => {
    await desk.post((await desk.check([A, B])).id)
    const again = await desk.check([A, B])
    await desk.repeat(again.id)
    expect(await desk.repeat(again.id, [2], false)).toMatchObject({ sameRows: 1, postRows: 1 })
    await desk.post(again.id)
    expect(await desk.repeat(again.id, undefined, false)).toMatchObject({ sameRows: 1, appliedRows: 1 })
    expect(desk.posted()).toEqual(['H-1 1234', 'H-2 2345', 'H-2 2345'])
  })

  it('needs no word to be left out: a list of nothing new ends as done', async () => {
    await desk.post((await desk.check([A])).id)
    const again = await desk.check([A])
    await desk.repeat(again.id, [99])
    expect(await desk.post(again.id)).toMatchObject({ state: 'done', sameRows: 1, appliedRows: 0 })
    expect(desk.posted()).toHaveLength(1)
  })
})

describe('the file that goes back', () => {
  it('holds only the rows that were not posted', async () => {
    desk.world.platform.saleFault = () => (desk.world.platform.posted.length === 1 ? 'code1009' : 'ok')
    const first = await desk.check([A, B, WRONG])
    expect((await desk.errorFile(first.id)).map(([room]) => room)).toEqual(['H-1', 'H-2', 'H-3'])
    await desk.post(first.id)
    expect(await desk.states(first.id)).toEqual(['applied', 'failed', 'error'])
    expect(await desk.errorFile(first.id)).toEqual([
      [...B, '', '没有入账，可以再提交'],
      [...WRONG, '金额', '金额不是数字'],
    ])
  })

  it('says of rows that a restore holds why, and a list that has them waits for a word', async () => {
    const first = await desk.check([A, B])
    const { site } = desk.world.test.store
    await site.write(
      () => void site.statement("INSERT INTO meta (key, value) VALUES ('restored', '1')").run(),
    )
    desk.life = await desk.world.start()
    expect((await desk.rows(first.id)).map(({ error }) => error)).toEqual(['restored', 'restored'])
    expect(await desk.errorFile(first.id)).toEqual([
      [...A, '房间', '恢复备份前可能已入账，请核对'],
      [...B, '房间', '恢复备份前可能已入账，请核对'],
    ])
    const again = await desk.check([A, B])
    expect((await desk.rows(again.id)).map(({ state, intentId }) => [state, intentId])).toEqual([
      ['same', null],
      ['same', null],
    ])
    await desk.repeat(again.id, [2])
    await desk.post(again.id)
    expect(desk.posted()).toEqual(['H-1 1234'])
  })

  it('of a long list is made in slices', async () => {
    const lines = Array.from({ length: 2500 }, (_, i): Line => ['H-1', '1', `第${i}行`])
    const { id } = await desk.check(lines)
    const { clock } = desk.life.ctx.ports
    let turns = 0
    const pause = clock.yield.bind(clock)
    clock.yield = () => (turns++, pause())
    expect(await desk.errorFile(id)).toHaveLength(2500)
    // 1000 rows at a time, read and written
    expect(turns).toBeGreaterThanOrEqual(5)
  })
})

describe('the limit of one recharge (C-21)', () => {
  it('is a setting: a row above it is left to the desk', async () => {
    const limited = await BatchDesk.open({ profile: { recharge: { maxRechargeFen: 3000 } } })
    const { id } = await limited.check([
      ['H-1', '30', ''],
      ['H-1', '30.01', ''],
    ])
    expect((await limited.rows(id)).map(({ error }) => error)).toEqual([null, 'amountTooLarge'])
    await limited.close()
  })
})

describe('one lost answer', () => {
  it('does not pause a list: the platform is read once, and the next row goes out', async () => {
    let sales = 0
    desk.world.platform.saleFault = () => (++sales === 1 ? 'droppedBefore' : 'ok')
    const batch = await desk.check([A, B, C])
    expect(await desk.post(batch.id)).toMatchObject({ state: 'partial', appliedRows: 2 })
    expect(await desk.states(batch.id)).toEqual(['failed', 'applied', 'applied'])
    expect(await desk.post(batch.id)).toMatchObject({ state: 'done', appliedRows: 3 })
    expect(desk.posted()).toHaveLength(3)
  })
})
