import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Source } from '#shared/contract/index.ts'
import { anyCall, at, meter, openMeters, reading, type TestMeters } from '../../fixtures/meters.ts'

let site: TestMeters
beforeEach(async () => {
  site = await openMeters()
  await site.catalogue(meter('A'), meter('B'))
  await history(
    `INSERT INTO meter (source, device_id, table_no, first_seen_at, seen_at) VALUES ('water', 'W', 'W', 1, 1)`,
  )
})
afterEach(() => site.close())

const history = (sql: string, ...values: (string | number)[]) =>
  site.test.store.history.write(() => site.test.store.history.statement(sql).run(...values))
const complete = (source: Source, dataset: string, when: number) =>
  history(
    `INSERT INTO sync_state (source, dataset, last_complete_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET last_complete_at = excluded.last_complete_at`,
    source,
    dataset,
    when,
  )
const DAY = 86_400_000
/** all of a day, or so many */
const fetched = (
  day: string,
  when: number,
  { source = 'imr', scope = '', days = 1, state = 'complete', rows = 5 } = {},
) =>
  history(
    `INSERT INTO sync_window (source, dataset, scope, from_at, to_at, page_size, next_page, state, rows, updated_at)
     VALUES (?, 'readings', ?, ?, ?, 1000, 1, ?, ?, ?)`,
    source,
    scope,
    at(day),
    at(day) + days * DAY,
    state,
    rows,
    when,
  )
const span = (from: string, to: string) => ({ from: at(from), to: at(to) })
const readings = async (from: string, to: string, meterId = 'imr:A') =>
  (await site.handlers['meters.readings'](anyCall, { meterId, ...span(from, to) })).asOf
const usage = async (meterIds: string[] | undefined, from: string, to: string) =>
  (
    await site.handlers['meters.usage'](anyCall, {
      ...(meterIds && { meterIds }),
      ...span(from, to),
      bucket: 'day' as const,
    })
  ).asOf
const list = async (source?: Source) =>
  (await site.handlers['meters.list'](anyCall, source ? { source } : {})).asOf

const RUN = at('2026-03-04 02:00')
/** A run that was complete, and since then one whose readings failed while all else came. */
async function failingSince(): Promise<number> {
  for (const day of ['01', '02', '03']) await fetched(`2026-03-${day}`, RUN - 60_000)
  await complete('imr', 'readings', RUN)
  await complete('imr', '*', RUN)
  for (const other of ['catalogue', 'consumption', 'bands']) await complete('imr', other, RUN + DAY)
  await complete('imr', 'latest', RUN + DAY - 1)
  return RUN
}

describe('as of', () => {
  it('is not younger than the readings because something else came', async () => {
    const run = await failingSince()
    expect(await readings('2026-03-01', '2026-03-04')).toBe(run)
    expect(await usage(['imr:A'], '2026-03-01', '2026-03-04')).toBe(run)
    expect(site.meters.figures.asOf(span('2026-03-01', '2026-03-04'))).toBe(run)
    // what a list shows are the latest readings
    expect(await list('imr')).toBe(RUN + DAY - 1)
  })

  it('is null for a range that was never asked for', async () => {
    await failingSince()
    await site.ingest([reading('A', '2026-03-01', '1')], 'readMeterList', RUN)
    expect(await readings('2025-01-01', '2025-02-01')).toBeNull()
    expect(await usage(undefined, '2025-01-01', '2025-02-01')).toBeNull()
  })

  it('is that of the oldest day of a range where no whole run was newer', async () => {
    const run = await failingSince()
    await fetched('2026-03-04', run + DAY)
    expect(await readings('2026-03-04', '2026-03-05')).toBe(run + DAY)
    expect(await readings('2026-03-03', '2026-03-05')).toBe(run)
    // the meter that somebody opened was fetched whole
    await fetched('2026-03-01', run + 2 * DAY, { scope: 'A', days: 4 })
    expect(await readings('2026-03-03', '2026-03-05')).toBe(run + 2 * DAY)
    expect(await readings('2026-03-03', '2026-03-05', 'imr:B')).toBe(run)
    // a page of the next try came, the others did not
    await fetched('2026-03-05', run + 3 * DAY, { state: 'partial' })
    expect(await readings('2026-03-03', '2026-03-06', 'imr:B')).toBe(run)
  })

  it('is of a first fetch when its last rows came', async () => {
    await fetched('2026-03-04', RUN, { state: 'partial', rows: 0 })
    expect(await readings('2026-03-01', '2026-03-05')).toBeNull()
    await fetched('2026-03-03', RUN + 1, { state: 'open' })
    expect(await readings('2026-03-01', '2026-03-05')).toBe(RUN + 1)
  })

  it('of several sources is that of the oldest', async () => {
    const run = await failingSince()
    await fetched('2026-03-03', run + DAY, { source: 'water' })
    await complete('water', 'readings', run + DAY)
    expect(await usage(['imr:A', 'imr:B'], '2026-03-03', '2026-03-04')).toBe(run)
    expect(await usage(['water:W'], '2026-03-03', '2026-03-04')).toBe(run + DAY)
    for (const meterIds of [['imr:A', 'water:W'], undefined])
      expect(await usage(meterIds, '2026-03-03', '2026-03-04')).toBe(run)
    await complete('water', 'readings', run - DAY)
    expect(await list()).toBe(run - DAY)
    expect((await site.handlers['meters.summary'](anyCall, {})).asOf).toBe(run - DAY)
  })

  it('of the bands of a range follows the same rules', async () => {
    await failingSince()
    const bands = async (from: string, to: string) =>
      (await site.handlers['meters.bands'](anyCall, { meterId: 'imr:A', ...span(from, to) })).asOf
    expect(await bands('2026-03-01', '2026-03-04')).toBeNull()
    await history("UPDATE sync_window SET dataset = 'bands' WHERE from_at = ?", at('2026-03-03'))
    expect(await bands('2026-03-01', '2026-03-04')).toBe(RUN + DAY)
    expect(await bands('2025-03-01', '2025-03-04')).toBeNull()
  })
})
