import { readFileSync } from 'node:fs'
import readExcel from 'read-excel-file/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser } from '../fixtures/browser.ts'
import { pageSizes, textsOf } from '../fixtures/pdf-pages.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, type Screen } from './support/page.ts'

/** Chromium rounds the pages it prints to whole points */
const ROUNDING_MM = 25.4 / 72
const ROWS_PER_PAGE = 16
const TENTH = 0.1

describeInBrowser('hours of a month on paper and in a file', () => {
  let host: ConsoleHost
  let screen: Screen
  let projectId: string
  let workers: number
  let month: string
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    const { rows } = await host.api('attendance.projects', {})
    const largest = rows.toSorted((a, b) => b.members - a.members)[0]
    projectId = largest?.projectId ?? ''
    const { now } = await host.api('system.hello', {})
    // the demo tells of six weeks: the month before this one has many workers on any day
    const date = new Date(now)
    month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - 1, 1)).toISOString().slice(0, 7)
    workers = (await host.api('attendance.sheet', { projectId, month })).rows.length - 1
    screen = await openScreen(host, { language: 'zh-CN' })
  })
  afterAll(async () => {
    await screen?.close()
    await closeBrowser()
    await host?.stop()
  })

  it('prints A4 lying, as many pages as there are parts, each with its sums', async () => {
    const { page } = screen
    await page.goto(`${host.url}/#/print/attendance/${projectId}/${month}`)
    const parts = Math.ceil(workers / ROWS_PER_PAGE)
    expect(parts).toBeGreaterThan(1)
    await page
      .locator('.ts-paper')
      .nth(parts - 1)
      .waitFor()
    const sizes = pageSizes(await page.pdf({ preferCSSPageSize: true, printBackground: true }))
    expect(sizes).toHaveLength(parts)
    for (const { width, height } of sizes) {
      expect(Math.abs(width - 297)).toBeLessThan(ROUNDING_MM)
      expect(Math.abs(height - 210)).toBeLessThan(ROUNDING_MM)
    }
    expect(await page.getByText('本页', { exact: false }).count()).toBe(parts)
    expect(await page.getByText('全部合计').count()).toBe(1)
    expect(await seriousViolations(page)).toEqual([])
  })

  it('is saved as a file whose pages are A4 lying to a tenth of a millimetre', async () => {
    const { page } = screen
    await page.goto(`${host.url}/#/print/attendance/${projectId}/${month}`)
    await page.locator('.ts-paper').first().waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: '存为 PDF' }).click()
    const file = await saved
    expect(file.suggestedFilename()).toContain(month)
    const pdf = readFileSync(await file.path())
    const sizes = pageSizes(pdf)
    // the demo is no real site: every page says so
    expect(textsOf(pdf).filter((text) => text === '练习 PRACTICE')).toHaveLength(sizes.length)
    expect(sizes).toHaveLength(Math.ceil(workers / ROWS_PER_PAGE))
    for (const { width, height } of sizes) {
      expect(Math.abs(width - 297)).toBeLessThan(TENTH)
      expect(Math.abs(height - 210)).toBeLessThan(TENTH)
    }
  })

  it('writes the file in the background and hands it out by itself', async () => {
    const { page } = screen
    await page.goto(`${host.url}/#/attendance/sheet?project=${projectId}&month=${month}`)
    await page.getByRole('button', { name: '导出 XLSX' }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: '开始导出' }).click()
    const bytes = readFileSync(await (await saved).path())
    const sheets = await readExcel(bytes)
    expect(sheets.map(({ sheet }) => sheet)).toEqual(['汇总', month])
    expect(sheets[1]?.data).toHaveLength(workers + 2)
    expect(screen.problems()).toEqual([])
  })
})
