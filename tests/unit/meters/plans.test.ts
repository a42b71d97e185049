import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anyCall, at, meter, openMeters, reading, type TestMeters } from '../../fixtures/meters.ts'
import { watchedSql } from '../../fixtures/watched-sql.ts'

/** Tables that grow for years: a screen may seek in them, never read through them. */
const LARGE = ['reading', 'daily', 'reading_note', 'sync_window', 'reading_fix', 'meter_decision']

const sql = watchedSql()
let site: TestMeters
beforeEach(async () => {
  site = await openMeters({ sql: sql.driver })
  const ids = Array.from({ length: 30 }, (_, i) => `M${i}`)
  await site.catalogue(...ids.map((id) => meter(id)))
  await site.ingest(
    ids.flatMap((id) => [reading(id, '2026-03-01', '1'), reading(id, '2026-03-02', '2.12345')]),
  )
  sql.forget()
})
afterEach(() => site.close())

/** Steps of a plan that read through a large table, whatever alias it has. */
function scansOf(text: string): string[] {
  const aliases = LARGE.flatMap((table) => {
    const alias = new RegExp(`\\b${table}"?(?:\\s+as)?\\s+"?(\\w+)`, 'gi')
    return [table, ...[...text.matchAll(alias)].map((m) => m[1] ?? table)]
  })
  const values = Array.from({ length: text.split('?').length - 1 }, () => 1)
  const { site: decided, history } = site.test.store
  const db = /meter_(decision|attribute)/.test(text) ? decided : history
  return db
    .statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
    .all(...values)
    .map((row) => row.detail)
    .filter((detail) =>
      aliases.some((alias) => detail.startsWith(`SCAN ${alias} `) || detail === `SCAN ${alias}`),
    )
}

/** Runs the work and explains every statement that it ran; returns the tables it touched as well. */
async function explain(work: () => unknown): Promise<{ scans: string[]; texts: string[] }> {
  sql.forget()
  await work()
  const texts = [...sql.ran]
  return { scans: texts.flatMap(scansOf), texts }
}

describe('queries a screen waits for', () => {
  const range = { from: at('2026-01-01'), to: at('2026-04-01') }
  const ask = (name: 'hour' | 'day' | 'month', meterIds?: string[]) =>
    site.handlers['meters.usage'](anyCall, { ...range, bucket: name, ...(meterIds ? { meterIds } : {}) })

  it('would be found out if they read through a large table', () => {
    expect(scansOf('SELECT count(*) FROM reading WHERE value > ?')).toHaveLength(1)
    expect(scansOf('SELECT * FROM daily d WHERE d.meter = ?')).toHaveLength(1)
  })

  it.each(['hour', 'day', 'month'] as const)(
    'seek for usage per %s, of one meter and of all',
    async (bucket) => {
      for (const meterIds of [['imr:M3'], undefined]) {
        const { scans, texts } = await explain(() => ask(bucket, meterIds))
        expect(texts.some((text) => /FROM (reading|daily|days)\b/.test(text))).toBe(true)
        expect(scans).toEqual([])
      }
    },
  )

  it('seek for readings, the list, one meter, the summary and search', async () => {
    const { handlers } = site
    const { scans, texts } = await explain(async () => {
      await handlers['meters.readings'](anyCall, { meterId: 'imr:M3', ...range, offset: 1, limit: 1 })
      await handlers['meters.list'](anyCall, { query: 'm', silentHours: 4, sort: 'lastReading' })
      await handlers['meters.get'](anyCall, { meterId: 'imr:M3' })
      await handlers['meters.summary'](anyCall, {})
      await handlers['search.find'](anyCall, { query: 'm1' })
      site.meters.counts()
    })
    expect(texts.length).toBeGreaterThan(10)
    expect(scans).toEqual([])
  })

  it('seek while a page is stored', async () => {
    const rows = [reading('M3', '2026-03-01', '7'), reading('M3', '2026-03-01 08:00', '8')]
    const { scans, texts } = await explain(() => site.ingest(rows))
    expect(texts.some((text) => text.includes('INTO daily'))).toBe(true)
    expect(scans).toEqual([])
  })

  it('use the index of table numbers for the first page of the list', async () => {
    const { texts } = await explain(() => site.handlers['meters.list'](anyCall, {}))
    const page = texts.find((text) => /order by/i.test(text)) ?? ''
    const values = Array.from({ length: page.split('?').length - 1 }, () => 1)
    const plan = site.test.store.history
      .statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${page}`)
      .all(...values)
      .map((row) => row.detail)
    expect(plan.join('; ')).toContain('USING INDEX meter_table_no')
    expect(plan.join('; ')).not.toContain('TEMP B-TREE')
  })
})
