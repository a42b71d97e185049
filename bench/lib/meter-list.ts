import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startHost, type Host } from './host.ts'
import { fillMeters } from './many-meters.ts'

const OPERATOR = { name: 'bench', pin: '482913' }

export interface MeterList {
  readonly page: Page
  close(): Promise<void>
}

/** A console of its own with so many meters, signed in, at its list; `noting` runs in the page before its own code. */
export async function openMeterList(browser: Browser, meters: number, noting = ''): Promise<MeterList> {
  const folder = mkdtempSync(join(tmpdir(), 'sitedesk-rows-'))
  await fillMeters(folder, meters)
  const config = `${folder}.json`
  writeFileSync(config, JSON.stringify({ operators: [{ ...OPERATOR, roles: ['admin'] }] }), { mode: 0o600 })
  const host: Host = await startHost(folder, { config })
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await page.addInitScript(noting)
  await page.goto(await host.openingUrl())
  await page.getByLabel('PIN', { exact: true }).fill(OPERATOR.pin)
  await page.keyboard.press('Enter')
  await page.locator('.sd-shell').waitFor()
  await page.goto(`${host.url}/#/meters`)
  return {
    page,
    async close() {
      await context.close()
      await host.stop()
      for (const path of [folder, config]) rmSync(path, { recursive: true, force: true })
    },
  }
}
