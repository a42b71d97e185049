import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '#core/context.ts'
import type { WorkerTaskName, WorkerTasks } from '#core/ports.ts'
import { createJobs, type Jobs } from '#core/jobs/index.ts'
import { createMeterImports, type MeterImports } from '#core/meter-import/index.ts'
import { tasks } from '#main/worker/tasks.ts'
import type { Output } from '#shared/contract/index.ts'
import { anyCall, at, meter, openMeters, reading, ZONE, type TestMeters } from '../../fixtures/meters.ts'
import { rowsOfSheet } from '../../fixtures/sheets.ts'
import { testContext } from '../../fixtures/store.ts'

let site: TestMeters
let jobs: Jobs
let imports: MeterImports
let yields = 0
let notes: { target?: string; after?: unknown }[] = []

const workers = {
  run: async <T extends WorkerTaskName>(task: T, input: WorkerTasks[T]['input']) => {
    const work = tasks[task] as (input: WorkerTasks[T]['input']) => unknown
    return (await work(input)) as WorkerTasks[T]['output']
  },
  close: () => Promise.resolve(),
}

const callOf = (name: string): Call => ({
  caller: { door: 'inproc' },
  operator: { operatorId: name, name, roles: ['meters'] },
  note: (more) => void notes.push(more),
  commit: (work) => site.test.store.site.write(work),
})
const ann = callOf('Ann')

async function open(): Promise<void> {
  const { clock } = site.test
  const counted = Object.assign(Object.create(clock) as typeof clock, {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    sleep: clock.sleep.bind(clock),
    every: clock.every.bind(clock),
    yield: () => {
      yields += 1
      return clock.yield()
    },
  })
  const ctx = testContext(site.test, { ports: { workers, clock: counted } })
  jobs = await createJobs(ctx)
  imports = createMeterImports(ctx, { meters: site.meters, jobs, zone: () => ZONE })
}

beforeEach(async () => {
  yields = 0
  notes = []
  site = await openMeters()
  site.test.clock.setWall(at('2026-04-01'))
  await site.catalogue(
    meter('001', { place: '7栋', house: '701', userName: '张三' }),
    meter('B', { tableNo: '9' }),
    meter('C', { tableNo: '9' }),
  )
  await site.ingest(
    ['100.00', '110.00', '120.00', '130.00'].map((text, i) =>
      reading('001', `2026-03-0${i + 1} 12:00`, text),
    ),
  )
  await open()
})
afterEach(async () => {
  await imports.close()
  await jobs.close()
  await site.close()
})

const base64 = (text: string) => Buffer.from(text).toString('base64')

type Answer = Output<'meters.importResult'>

async function ended(jobId: string): Promise<string> {
  while (jobs.running().length > 0) await new Promise((resolve) => setImmediate(resolve))
  const job = await jobs.handlers['jobs.get'](ann, { id: jobId })
  return job.error ? `${job.state} ${job.error.code}` : job.state
}

async function bring(
  kind: 'readings' | 'attributes',
  file: string,
  dryRun = false,
): Promise<Answer & { importId: string }> {
  const given = { kind, fileName: '三月.csv', base64: file, dryRun }
  const { jobId, importId } = await imports.handlers['meters.import'](ann, given)
  expect(await ended(jobId)).toBe('done')
  const answer = await imports.handlers['meters.importResult'](ann, { jobId })
  return { ...answer, importId }
}

const readings = (lines: readonly string[], dryRun = false) =>
  bring('readings', base64(['表号,读数时间,读数,备注', ...lines].join('\n')), dryRun)
const attributes = (lines: readonly string[], dryRun = false) =>
  bring('attributes', base64(['表号,名称,位置,房号,用户,表盘位数', ...lines].join('\n')), dryRun)
const said = (rows: Answer['rows']) => rows.map(({ outcome, error }) => error?.code ?? outcome)

const shown = async () => {
  const range = { from: at('2026-03-01'), to: at('2026-04-01') }
  const { rows } = await site.handlers['meters.readings'](anyCall, { meterId: 'imr:001', ...range })
  return rows.map((row) => [row.value, row.origin ?? 'vendor', row.flags?.join() ?? ''].join(' '))
}
const usage = async () => {
  const range = { from: at('2026-03-02'), to: at('2026-03-05'), bucket: 'day' as const }
  const { rows } = await site.handlers['meters.usage'](anyCall, { meterIds: ['imr:001'], ...range })
  return rows.map((row) => row.usage)
}
const listed = () => imports.handlers['meters.imports'](ann, {})

const MANY = [
  '001,2026-03-02 12:00,110.0,',
  '001,2026-03-03 12:00,125.5,现场抄录',
  '001,2026/3/5 8:30,140,',
  'imr:001,2026-03-06,150,',
  ',2026-03-02 12:00,1,',
  '2,2026-03-02 12:00,1,',
  '9,2026-03-02 12:00,1,',
  '001,2026-02-30 12:00,1,',
  '001,2027-01-01,1,',
  '001,2026-03-08,-1,',
  '001,2026-03-08,1.23456,',
  `001,2026-03-08,1,${'长'.repeat(501)}`,
  '001,2026/3/5 8:30,140.00,again',
  '001,2026/3/5 8:30,141,twice',
]
const VERDICTS = [
  'same changed new new meterMissing meterUnknown meterAmbiguous timeInvalid',
  'timeFuture valueInvalid valueInvalid noteTooLong same twice',
].flatMap((line) => line.split(' '))

describe('readings from a sheet', () => {
  it('are judged row by row; a dry run changes nothing and says the same', async () => {
    const before = await shown()
    const dry = await readings(MANY, true)
    expect(said(dry.rows)).toEqual(VERDICTS)
    expect(await shown()).toEqual(before)
    expect((await listed()).total).toBe(0)
    const real = await readings(MANY)
    expect(real).toMatchObject({ rows: dry.rows, counts: { new: 2, changed: 1, same: 2, error: 9 } })
    expect(notes.at(-1)).toMatchObject({
      target: '三月.csv',
      after: { kind: 'readings', dryRun: false, rows: 14, importId: real.importId },
    })
  })

  it('come back with what is wrong in two columns more', async () => {
    const back = await rowsOfSheet((await readings(MANY, true)).errorFile ?? '')
    expect(back[0]).toEqual(['表号', '读数时间', '读数', '备注', '错误列', '原因'])
    expect(back[1]?.slice(4)).toEqual(['', ''])
    expect(back[7]?.slice(4)).toEqual(['表号', expect.stringContaining('不止一只')])
    expect(back[8]?.slice(4)).toEqual(['读数时间', expect.stringContaining('2026-03-01 08:30')])
  })

  it('stand beside the vendor’s with who and why, and count', async () => {
    expect(await usage()).toEqual(['10.00', '10.00', '10.00'])
    const { importId } = await readings(MANY)
    expect(await shown()).toEqual([
      '100.00 vendor ',
      '110.00 vendor ',
      '125.5 import corrected',
      '130.00 vendor ',
      '140 import manual',
      '150 import manual',
    ])
    expect(await usage()).toEqual(['10.00', '15.50', '4.50'])
    const { rows } = await site.handlers['meters.decisions'](anyCall, { importId })
    expect(rows.map(({ value, by, reason, original }) => [value, by, reason, original])).toEqual([
      ['150', 'Ann', '三月.csv', null],
      ['140', 'Ann', '三月.csv', null],
      ['125.5', 'Ann', '现场抄录', '120.00'],
    ])
    expect((await listed()).rows).toMatchObject([
      {
        id: importId,
        kind: 'readings',
        fileName: '三月.csv',
        by: 'Ann',
        rows: 3,
        changed: 1,
        withdrawnAt: null,
      },
    ])
  })

  it('the same file again changes nothing, and leaves no import', async () => {
    await readings(MANY)
    const before = await shown()
    const again = await readings(MANY)
    expect(again.counts).toEqual({ new: 0, changed: 0, same: 5, error: 9 })
    expect(await shown()).toEqual(before)
    expect((await listed()).total).toBe(1)
  })

  it('never take the place of what a person decided', async () => {
    await site.test.store.site.write(() =>
      site.meters.decisions.ignore({
        meterId: 'imr:001',
        at: at('2026-03-03 12:00'),
        by: 'Bob',
        reason: 'x',
      }),
    )
    const { rows } = await readings(MANY)
    expect(said(rows)[1]).toBe('decided')
  })

  it('are withdrawn together, also after another decision, and can be brought again', async () => {
    const first = await shown()
    const { importId } = await readings(MANY)
    const given = { importId, reason: '抄错了' }
    expect(await imports.handlers['meters.withdrawImport'](ann, given)).toEqual({ withdrawn: 3 })
    await imports.settled()
    expect(await shown()).toEqual(first)
    expect(await usage()).toEqual(['10.00', '10.00', '10.00'])
    expect((await listed()).rows[0]).toMatchObject({ withdrawnBy: 'Ann', withdrawnReason: '抄错了' })
    await expect(imports.handlers['meters.withdrawImport'](ann, given)).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    expect((await readings(MANY)).counts).toMatchObject({ new: 2, changed: 1 })
  })

  it('whose withdrawal the end of the program cut off is withdrawn to its end', async () => {
    const { importId } = await readings(MANY)
    const { site: db } = site.test.store
    await db.write(() =>
      db.statement('UPDATE meter_import SET withdrawn_at = 1, withdrawn_by = ?').run('Ann'),
    )
    imports.start()
    const left = db.statement<{ n: number }>(
      'SELECT count(*) AS n FROM meter_decision WHERE batch = ? AND withdrawn_at IS NULL',
    )
    await imports.settled()
    expect(left.get(importId)?.n).toBe(0)
  })

  it('are read from XLSX, and from GB18030; the template says how', async () => {
    const template = await imports.handlers['meters.importTemplate'](ann, {
      kind: 'readings',
      format: 'xlsx',
    })
    const [header, sample] = await rowsOfSheet(template.base64)
    expect(header).toEqual(['表号', '读数时间', '读数', '备注'])
    expect(sample).toEqual(['202005005292', '2026-03-01 08:30', '1234.56', '现场抄录'])
    const sheet = await tasks.writeSheet({
      format: 'xlsx',
      columns: [
        { title: '表号', format: 'text' },
        { title: '读数时间', format: 'time' },
        { title: '读数', format: 'decimal' },
      ],
      pages: [JSON.stringify([['001', at('2026-03-05 08:30'), '140.5']])],
      zoneOffset: ZONE,
    })
    expect((await bring('readings', sheet)).counts).toMatchObject({ new: 1 })
    expect((await shown()).at(-1)).toBe('140.5 import manual')
    // 表号,读数时间,读数 as Excel in a Chinese office writes it
    const gb = Buffer.concat([
      Buffer.from('b1edbac52cb6c1cafdcab1bce42cb6c1cafd0a', 'hex'),
      Buffer.from('001,2026-03-06 08:30,141\n'),
    ])
    expect((await bring('readings', gb.toString('base64'))).counts).toMatchObject({ new: 1 })
  })

  it('a file that is no such list is refused before any job', async () => {
    const given = {
      kind: 'readings' as const,
      fileName: 'x.csv',
      dryRun: true,
      base64: base64('表号,读数\n1,2\n'),
    }
    await expect(imports.handlers['meters.import'](ann, given)).rejects.toMatchObject({
      data: { reason: 'columnsMissing', missing: ['读数时间'] },
    })
    expect(jobs.running()).toEqual([])
  })

  it('many rows come in slices; a cancel keeps what was entered, under one import', async () => {
    const minutes = Array.from({ length: 5000 }, (_, i) => i)
    const time = (i: number) => `2026-03-${String(10 + Math.floor(i / 1440)).padStart(2, '0')} ${clockOf(i)}`
    const clockOf = (i: number) =>
      `${String(Math.floor((i % 1440) / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`
    const lines = minutes.map((i) => `001,${time(i)},${200 + i / 100},`)
    const { site: db } = site.test.store
    const sizes: number[] = []
    const rows = db.statement<{ n: number }>('SELECT coalesce(sum(rows), 0) AS n FROM meter_import')
    let before = 0
    db.onCommit(() => {
      const now = rows.get()?.n ?? 0
      if (now > before) sizes.push(now - before)
      before = now
      if (now >= 1000) for (const job of jobs.running()) jobs.cancel(job.id)
    })
    const file = base64(['表号,读数时间,读数,备注', ...lines].join('\n'))
    const given = { kind: 'readings' as const, fileName: 'many.csv', base64: file, dryRun: false }
    const { jobId, importId } = await imports.handlers['meters.import'](ann, given)
    expect(await ended(jobId)).toBe('cancelled')
    expect(new Set(sizes)).toEqual(new Set([100]))
    // parsed and put under columns by 1000, judged by 500, entered by 100
    expect(yields).toBeGreaterThan(5 + 5 + 10 + 9)
    expect((await listed()).rows).toMatchObject([{ id: importId, rows: 1000 }])
    await expect(
      (async () => imports.handlers['meters.importResult'](ann, { jobId }))(),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const gone = await imports.handlers['meters.withdrawImport'](ann, { importId, reason: 'cancelled' })
    expect(gone).toEqual({ withdrawn: 1000 })
  })

  it('what was found is for who asked only', async () => {
    const given = {
      kind: 'readings' as const,
      fileName: 'x.csv',
      base64: base64('表号,时间,读数\n001,2026-03-09,9\n'),
    }
    const { jobId } = await imports.handlers['meters.import'](ann, { ...given, dryRun: true })
    await ended(jobId)
    expect(() => imports.handlers['meters.importResult'](callOf('Bob'), { jobId })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    )
  })
})

describe('attributes from a sheet', () => {
  const get = async () => {
    const found = await site.handlers['meters.get'](anyCall, { meterId: 'imr:001' })
    const { place, house, user, registerDigits = null, vendor = null } = found
    return { place, house, user, registerDigits, vendor }
  }
  const AS_SENT = { place: '7栋', house: '701', user: '张三', registerDigits: null, vendor: null }
  const VENDOR = { name: '001', place: '7栋', house: '701', user: '张三' }
  const search = async (query: string) => (await site.handlers['meters.list'](anyCall, { query })).total

  it('are judged row by row, and the same file again changes nothing', async () => {
    const lines = [
      '001,,东区7栋,701,,6',
      '001,,x,,,',
      '2,,x,,,',
      'imr:B,,,,,',
      'imr:C,,,,,12',
      'imr:B,,北,,,',
    ]
    const dry = await attributes(lines, true)
    expect(said(dry.rows)).toEqual([
      'new',
      'meterTwice',
      'meterUnknown',
      'nothing',
      'digitsInvalid',
      'meterTwice',
    ])
    expect(await get()).toEqual(AS_SENT)
    expect((await attributes(lines)).counts).toEqual(dry.counts)
    expect(await get()).toEqual({ ...AS_SENT, place: '东区7栋', registerDigits: 6, vendor: VENDOR })
    expect((await attributes(lines)).counts).toMatchObject({ new: 0, changed: 0, same: 1 })
    expect((await listed()).total).toBe(1)
  })

  it('stand in lists and search while the vendor sends its own, which is kept', async () => {
    await attributes(['001,,东区7栋,,李四,'])
    expect([await search('东区7栋'), await search('李四'), await search('张三')]).toEqual([1, 1, 0])
    await site.catalogue(meter('001', { place: '8栋', house: '801', userName: '王五' }))
    expect(await get()).toMatchObject({ place: '东区7栋', house: '801', user: '李四' })
    expect((await get()).vendor).toMatchObject({ place: '8栋', house: '801', user: '王五' })
    await attributes(['001,,-,,-,'])
    expect(await get()).toEqual({ ...AS_SENT, place: '8栋', house: '801', user: '王五' })
  })

  it('are taken back with their import, but not what was changed since', async () => {
    const { importId } = await attributes(['001,,东区7栋,,李四,6'])
    await attributes(['001,,,,赵六,'])
    expect(await imports.handlers['meters.withdrawImport'](ann, { importId, reason: 'x' })).toEqual({
      withdrawn: 1,
    })
    await imports.settled()
    expect(await get()).toMatchObject({ place: '7栋', user: '赵六', registerDigits: null })
  })

  it('say where a register rolls over', async () => {
    await site.ingest([
      reading('001', '2026-03-05 12:00', '99980.00'),
      reading('001', '2026-03-06 12:00', '15.00'),
    ])
    const fall = async () =>
      (await site.handlers['meters.events'](anyCall, { meterId: 'imr:001' })).rows.find(
        (event) => event.at === at('2026-03-06 12:00'),
      )?.kind
    const before = await fall()
    await attributes(['001,,,,,5'])
    expect([before, await fall()]).toEqual(['rollover', 'rollover'])
    await attributes(['001,,,,,7'])
    expect(await fall()).not.toBe('rollover')
  })

  it('outlive a catalogue that is fetched anew, and a crash between the two files', async () => {
    await attributes(['001,,东区7栋,,,'])
    const { history } = site.test.store
    await history.write(() => {
      history.sql.exec("UPDATE meter SET place = '7栋' WHERE device_id = '001'")
      history.sql.exec('DELETE FROM meter_vendor')
    })
    const { createMeters } = await import('#core/meters/index.ts')
    const again = createMeters(testContext(site.test), {
      settings: { zone: () => ZONE, onChange: () => () => {} },
    })
    await again.settled()
    const found = await again.handlers['meters.get'](anyCall, { meterId: 'imr:001' })
    expect(found).toMatchObject({ place: '东区7栋', vendor: { place: '7栋' } })
    again.close()
  })
})
