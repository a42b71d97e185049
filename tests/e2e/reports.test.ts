import { readFileSync } from 'node:fs'
import readExcel from 'read-excel-file/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInBrowser } from '../fixtures/browser.ts'
import { pageSizes } from '../fixtures/pdf-pages.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, settled, type Screen } from './support/page.ts'

/** Chromium rounds the pages it prints to whole points */
const ROUNDING_MM = 25.4 / 72
const ROWS_PER_PAGE = 32

describeInBrowser('reports on the screen, on paper and in a file', () => {
  let host: ConsoleHost
  let screen: Screen
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    screen = await openScreen(host, { language: 'zh-CN' })
  })
  afterAll(async () => {
    await screen?.close()
    await closeBrowser()
    await host?.stop()
  })

  it('prints A4, as many pages as there are, each with its sums', async () => {
    const { page } = screen
    await page.goto(`${host.url}/#/print/reports/success?kind=water`)
    await page.locator('.rp-paper tbody tr').first().waitFor()
    const { rows } = await host.api('reports.get', { report: 'success', kind: 'water' })
    const pages = Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE))
    expect(await page.locator('.rp-paper').count()).toBe(pages)
    const sizes = pageSizes(await page.pdf({ preferCSSPageSize: true, printBackground: true }))
    expect(sizes).toHaveLength(pages)
    for (const { width, height } of sizes) {
      expect(Math.abs(width - 210)).toBeLessThan(ROUNDING_MM)
      expect(Math.abs(height - 297)).toBeLessThan(ROUNDING_MM)
    }
    expect(await page.getByText('全部合计').count()).toBe(1)
    expect(await seriousViolations(page)).toEqual([])
  })

  it('writes the file in the background, and closes a day and computes it anew with a reason', async () => {
    const { page } = screen
    await page.goto(`${host.url}/#/reports/day`)
    await settled(page)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 XLSX' }).click()
    const [sheet] = await readExcel(readFileSync(await (await saved).path()))
    expect(sheet?.sheet).toBe('日报')
    await page.getByRole('button', { name: '封存', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '封存', exact: true }).click()
    await page.getByText('已封存：第 1 版', { exact: false }).waitFor()
    await page.getByRole('button', { name: '重算' }).click()
    await page.getByLabel('原因').fill('核对后重算')
    await page.keyboard.press('Enter')
    await page.getByText('已封存：第 2 版', { exact: false }).waitFor()
    expect(await seriousViolations(page)).toEqual([])
    await screen.goto('/reports/closed')
    await page.getByRole('gridcell', { name: '核对后重算' }).waitFor()
    expect(await page.getByRole('gridcell', { name: 'demo' }).count()).toBe(2)
    expect(screen.problems()).toEqual([])
  })
})
