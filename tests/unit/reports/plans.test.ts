import { afterAll, beforeAll, expect, it } from 'vitest'
import { at } from '../../fixtures/meters.ts'
import { fillReports, ReportSite } from '../../fixtures/reports.ts'
import { watchedSql } from '../../fixtures/watched-sql.ts'

/** Tables that grow for years: a report may seek in them, never read through them. */
const LARGE = ['reading', 'daily', 'recharge_intent', 'report_figure', 'report_version']

const sql = watchedSql()
let site: ReportSite
beforeAll(async () => {
  site = await ReportSite.open({ sql: sql.driver })
  await fillReports(site)
})
afterAll(() => site.close())

function scansOf(text: string): string[] {
  const aliases = LARGE.flatMap((table) => {
    const alias = new RegExp(`\\b${table}(?:\\s+as)?\\s+(\\w+)`, 'gi')
    return [table, ...[...text.matchAll(alias)].map((m) => m[1] ?? table)]
  })
  const values = Array.from({ length: text.split('?').length - 1 }, () => 1)
  const { site: own, history } = site.meters.test.store
  const db = /report_|recharge_/.test(text) ? own : history
  return db
    .statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
    .all(...values)
    .map((row) => row.detail)
    .filter((detail) => aliases.some((alias) => new RegExp(`^SCAN ${alias}( |$)`).test(detail)))
}

it('would find out a report that reads through a large table', () => {
  expect(scansOf('SELECT count(*) FROM reading WHERE value > ?')).toHaveLength(1)
  expect(scansOf('SELECT * FROM report_figure f WHERE f.usage = ?')).toHaveLength(1)
})

it('seeks for every report', async () => {
  const span = { from: at('2026-03-02'), to: at('2026-03-11') }
  await site.handlers['reports.close'](site.call(), { day: '2026-03-05' })
  sql.forget()
  for (const bucket of ['day', 'month'] as const) {
    await site.get({ report: 'usage', ...span, bucket })
    await site.get({ report: 'places', ...span, bucket })
  }
  for (const report of ['top', 'unusual', 'success', 'recharge'] as const) await site.get({ report, ...span })
  await site.get({ report: 'day', day: '2026-03-04' })
  await site.get({ report: 'day', day: '2026-03-05' })
  const texts = [...sql.ran].filter((text) => /^\s*(SELECT|WITH)/.test(text))
  expect(texts.some((text) => /FROM daily/.test(text))).toBe(true)
  expect(texts.some((text) => /report_figure/.test(text))).toBe(true)
  expect(texts.some((text) => /recharge_intent/.test(text))).toBe(true)
  expect(texts.flatMap(scansOf)).toEqual([])
})
