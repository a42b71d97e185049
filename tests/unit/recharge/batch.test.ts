import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Workers } from '#core/ports.ts'
import type { SitedeskError } from '#shared/errors.ts'
import { tasks } from '#main/worker/tasks.ts'
import { RechargeWorld, type Life } from '../../fixtures/recharge-world.ts'
import { readSheet } from '#main/worker/read-sheet.ts'
import { rowsOfSheet } from '../../fixtures/sheets.ts'

/** The worker's own tasks, in this thread. */
const workers: Workers = {
  run: async (task, input) => tasks[task](input),
  close: () => Promise.resolve(),
}

let world: RechargeWorld
let life: Life

beforeEach(async () => {
  world = await RechargeWorld.open({ ports: { workers } })
  for (const id of ['H-1', 'H-2', 'H-3', 'f-4']) world.names.set(`东区/1栋/${id}`, id)
  world.names.set('000123456789012345', 'H-3')
  life = await world.start()
})
afterEach(() => world.close())

const csv = (...lines: string[]) => Buffer.from(lines.join('\r\n')).toString('base64')
const GOOD = csv(
  '房间,金额（元）,备注',
  '东区/1栋/H-1,50,三月',
  '东区/1栋/H-2,80.50,三月',
  '000123456789012345,"1,000",三月',
)
const run = <T>(work: T | Promise<T>) => world.test.clock.until(Promise.resolve(work))
const check = (base64: string, fileName = '补贴.csv') =>
  run(life.recharge.handlers['recharge.batchCheck'](life.call('Sue'), { fileName, base64 }))
const rowsOf = async (id: string) =>
  (await run(life.recharge.handlers['recharge.batchRows'](life.call(), { id }))).rows
const statesOf = async (id: string) => (await rowsOf(id)).map((row) => row.state)
const start = (id: string) =>
  run(life.recharge.handlers['recharge.batchStart'](life.call('Sue'), { id, tender: 'transfer' }))
async function pass(ms: number): Promise<void> {
  for (let i = 0; i < 60; i++) await world.test.clock.advance(ms / 60)
}
const batchOf = async (id: string) =>
  (await run(life.recharge.handlers['recharge.batchList'](life.call(), {}))).rows.find((one) => one.id === id)

describe('reading a sheet', () => {
  const TEXT = '房间,金额\n东区,5\n'
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a BOM', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16 with a BOM', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    // 房间,金额 东区,5 as Excel in a Chinese office writes it
    ['GB18030', Buffer.from('b7bfbce42cbdf0b6ee0ab6abc7f82c350a', 'hex')],
  ])('%s', async (_name, bytes) => {
    expect(await rowsOfSheet(bytes.toString('base64'))).toEqual([
      ['房间', '金额'],
      ['东区', '5'],
    ])
  })

  it('XLSX keeps codes as text and says numbers plainly', async () => {
    const base64 = await tasks.writeSheet({
      format: 'xlsx',
      columns: [
        { title: '房间', format: 'text' },
        { title: '金额', format: 'decimal' },
      ],
      pages: [JSON.stringify([['000123456789012345', '80.5']])],
      zoneOffset: 0,
    })
    expect(await rowsOfSheet(base64)).toEqual([
      ['房间', '金额'],
      ['000123456789012345', '80.5'],
    ])
  })

  it('says what it cannot read', async () => {
    const of = (bytes: Buffer, maxRows = 10) => readSheet({ base64: bytes.toString('base64'), maxRows })
    expect(await of(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toEqual({ error: 'oldExcel' })
    expect(await of(Buffer.from('504b0304ffff', 'hex'))).toEqual({ error: 'notASheet' })
    expect(await of(Buffer.from('a\nb\nc\n'), 2)).toEqual({ error: 'tooManyRows' })
  })
})

describe('batch recharge from a sheet', () => {
  it('dry run: nothing is posted, every row is judged', async () => {
    const batch = await check(
      csv(
        '房间,金额,备注',
        '东区/1栋/H-1,50,',
        ',50,',
        '西区,50,',
        '东区/1栋/f-4,50,',
        '东区/1栋/H-2,,',
        '东区/1栋/H-2,五十,',
        '东区/1栋/H-2,0,',
        '东区/1栋/H-2,-5,',
        '东区/1栋/H-2,1.005,',
        '东区/1栋/H-2,2000.01,',
      ),
    )
    expect(batch).toMatchObject({ state: 'checked', rows: 10, errors: 9, amountFen: 5000, appliedRows: 0 })
    expect((await rowsOf(batch.id)).map((row) => row.error)).toEqual([
      null,
      'roomMissing',
      'roomUnknown',
      'roomNotSelectable',
      'amountMissing',
      'amountInvalid',
      'amountNotPositive',
      'amountNotPositive',
      'amountDecimals',
      'amountTooLarge',
    ])
    expect(world.platform.arrived.size).toBe(0)
  })

  it('gives the same file back with two columns more', async () => {
    const batch = await check(csv('房间,金额', '东区/1栋/H-1,50', '西区,50', '东区/1栋/H-2,x'))
    const file = await run(life.recharge.handlers['recharge.batchErrors'](life.call('Sue'), { id: batch.id }))
    expect(file.name).toBe('补贴（错误）.csv')
    const text = Buffer.from(file.base64, 'base64').toString()
    expect(text.startsWith('\uFEFF')).toBe(true)
    const rows = await rowsOfSheet(file.base64)
    expect(rows[0]).toEqual(['房间', '金额', '错误列', '原因'])
    expect(rows[1]).toEqual(['东区/1栋/H-1', '50', '', ''])
    expect(rows[2]?.slice(0, 3)).toEqual(['西区', '50', '房间'])
    expect(rows[3]?.slice(0, 3)).toEqual(['东区/1栋/H-2', 'x', '金额'])
  })

  it('a file without its columns is refused by name', async () => {
    const refused = await check(csv('a,b', '1,2')).catch((error: unknown) => error as SitedeskError)
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', data: { missing: ['房间', '金额（元）'] } })
  })

  it('its own template can be filled in and read', async () => {
    for (const format of ['csv', 'xlsx'] as const) {
      const file = await run(life.recharge.handlers['recharge.batchTemplate'](life.call(), { format }))
      const rows = await rowsOfSheet(file.base64)
      expect(rows[0]).toEqual(['房间', '金额（元）', '备注'])
    }
  })

  it('posts the good rows; the same file twice posts nothing', async () => {
    const batch = await check(GOOD)
    await start(batch.id)
    await pass(60_000)
    expect(await statesOf(batch.id)).toEqual(['applied', 'applied', 'applied'])
    expect(await batchOf(batch.id)).toMatchObject({ state: 'done', appliedRows: 3, appliedFen: 113_050 })
    expect(world.platform.posted.map((one) => one.fen)).toEqual([5000, 8050, 100_000])
    const again = await check(GOOD, '另一个名字.csv')
    expect(await statesOf(again.id)).toEqual(['same', 'same', 'same'])
    const get = async (id: string) => run(life.recharge.handlers['recharge.batchGet'](life.call(), { id }))
    expect(await get(again.id)).toMatchObject({ id: again.id, sameRows: 3 })
    expect(await get(batch.id)).toMatchObject({ id: batch.id, sameRows: 0, appliedRows: 3 })
    await expect(get('none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await start(again.id)
    await pass(60_000)
    expect(world.platform.posted).toHaveLength(3)
  })

  it.each([
    ['0,500', 'amountInvalid'],
    [',500', 'amountInvalid'],
    ['12,34', 'amountInvalid'],
    ['1234,567', 'amountInvalid'],
    ['1,000,00', 'amountInvalid'],
    ['1,000.005', 'amountDecimals'],
    ['1,234.50', null],
    ['￥1,234', null],
    ['1234.5', null],
  ])('an amount of %s: %s', async (amount, error) => {
    const batch = await check(csv('房间,金额', `东区/1栋/H-1,"${amount}"`))
    expect((await rowsOf(batch.id)).map((row) => row.error)).toEqual([error])
  })

  it('two batches started in one moment: one runs, the other is left as it was', async () => {
    const one = await check(GOOD)
    const two = await check(csv('房间,金额', '东区/1栋/H-1,7'))
    const ends = await Promise.allSettled([start(one.id), start(two.id)])
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(ends[1]).toMatchObject({ reason: { code: 'JOB_RUNNING' } })
    expect((await batchOf(two.id))?.state).toBe('checked')
    await pass(60_000)
    expect((await batchOf(one.id))?.state).toBe('done')
    expect(await statesOf(two.id)).toEqual(['ready'])
  })

  it('started twice in one moment with two tenders: all sales have the one that stands', async () => {
    const batch = await check(GOOD)
    const startWith = (tender: 'transfer' | 'card') =>
      run(life.recharge.handlers['recharge.batchStart'](life.call('Sue'), { id: batch.id, tender }))
    await Promise.all([startWith('transfer'), startWith('card')])
    await pass(60_000)
    const sales = life.ledger.between(0, world.test.clock.now() + 1)
    const stored = world.test.store.site
      .statement<{ tender: string }>('SELECT tender FROM recharge_batch')
      .get()
    expect(new Set(sales.map(({ tender }) => tender))).toEqual(new Set([stored?.tender]))
  })

  it('is as it was when its job could not be stored', async () => {
    const batch = await check(GOOD)
    const { site } = world.test.store
    const refuse = (sql: string) => site.write(() => void site.statement(sql).run())
    await refuse("CREATE TRIGGER no_job BEFORE INSERT ON job BEGIN SELECT RAISE(ABORT, 'no room'); END")
    await expect(start(batch.id)).rejects.toThrow('no room')
    expect((await batchOf(batch.id))?.state).toBe('checked')
    await refuse('DROP TRIGGER no_job')
    await start(batch.id)
    await pass(60_000)
    expect((await batchOf(batch.id))?.state).toBe('done')
  })

  it('the same room and amount twice in one list are two payments', async () => {
    const batch = await check(csv('房间,金额', '东区/1栋/H-1,50', '东区/1栋/H-1,50'))
    await start(batch.id)
    await pass(60_000)
    expect(await statesOf(batch.id)).toEqual(['applied', 'applied'])
    expect(world.platform.posted).toHaveLength(2)
  })

  it('stops when the platform is gone, goes on where it stopped, never twice', async () => {
    const batch = await check(GOOD)
    let sales = 0
    world.platform.saleFault = () => (++sales === 2 ? 'droppedBefore' : 'ok')
    world.platform.readFault = () => (sales >= 2 ? 'refused' : 'ok')
    await start(batch.id)
    await pass(60_000)
    expect(await statesOf(batch.id)).toEqual(['applied', 'failed', 'waiting'])
    expect((await batchOf(batch.id))?.state).toBe('paused')
    world.platform.readFault = () => 'ok'
    await run(life.upstreams.campus()?.userInfo('H-1') ?? Promise.reject(new Error('none')))
    await start(batch.id)
    await pass(60_000)
    expect(await statesOf(batch.id)).toEqual(['applied', 'applied', 'applied'])
    expect(world.platform.posted).toHaveLength(3)
    expect(new Set(world.platform.posted.map((one) => one.outTradeNo)).size).toBe(3)
  })

  it.each([6, 9, 12, 15, 18, 21, 24, 27, 30])(
    'killed at step %i: waits for a person, then ends without a double',
    async (dieAt) => {
      const batch = await check(GOOD)
      life.process.dieAt = life.process.steps + dieAt
      void start(batch.id).catch(() => undefined)
      await pass(60_000)
      expect(life.process.dead).toBe(true)
      life = await world.start()
      // what the kill left unknown gets its end first
      await pass(300_000)
      expect((await batchOf(batch.id))?.state).not.toBe('running')
      await start(batch.id)
      await pass(300_000)
      expect(await statesOf(batch.id)).toEqual(['applied', 'applied', 'applied'])
      expect(world.platform.posted).toHaveLength(3)
    },
  )
})
