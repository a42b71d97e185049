import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Output } from '#shared/contract/index.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { pageSizes, textsOf } from '../fixtures/pdf-pages.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, type Screen } from './support/page.ts'

type Charger = Output<'demo.chargers'>['chargers'][number]

const TENTH = 0.1

describeInBrowser('a run over chargers of the demo desk, answered by keys', () => {
  let host: ConsoleHost
  let screen: Screen
  let chargers: Charger[]
  let runId = ''
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    chargers = (await host.api('demo.chargers', {})).chargers
    screen = await openScreen(host, { language: 'zh-CN' })
  })
  afterAll(async () => {
    await screen?.close()
    await closeBrowser()
    await host?.stop()
  })
  const charger = (i: number): Charger => {
    const found = chargers[i]
    if (!found) throw new Error(`the demo has no charger ${i}`)
    return found
  }
  const run = () => host.api('provisioning.get', { id: runId })
  const noSerious = async () => expect(await seriousViolations(screen.page)).toEqual([])

  it('begins with what was scanned, once every line has a code', async () => {
    const { page } = screen
    // a good one, one whose port 3 is broken, and one that the registry knows
    await screen.goto(`/chargers/runs/new?names=${charger(4).name},${charger(11).name}`)
    await page.getByText('缺编号').nth(1).waitFor()
    await page.getByLabel('扫码枪').fill(charger(0).deviceCode)
    await page.keyboard.press('Enter')
    await page.getByText('已登记').waitFor()
    await page.getByRole('button', { name: '依次编号' }).click()
    for (const port of [1, 2, 4]) await page.getByLabel(`${port} 号口`).uncheck()
    await page.getByText('可以安装').nth(2).waitFor()
    await noSerious()
    await page.keyboard.press('Control+Enter')
    await page.locator('.run-lines').waitFor()
    runId = page.url().split('/').at(-1) ?? ''
    expect((await run()).devices.map(({ name }) => name)).toHaveLength(3)
  })

  it('asks for eyes and goes on with Y; the broken one fails in words; a reload forgets nothing', async () => {
    const { page } = screen
    for (let answered = 0; answered < 2; answered += 1) {
      const asked = page.locator('.run-question[data-asking]')
      await asked.waitFor()
      if (answered === 0) {
        await noSerious()
        await page.reload()
        await asked.waitFor()
      }
      const who = await asked.locator('.run-who').textContent()
      await page.locator('.run-question[data-asking] .run-ask', { hasText: '3 号口的灯亮了' }).waitFor()
      // long enough to be read: a key that comes sooner was meant for something else
      await page.waitForFunction(
        (since) => performance.now() - since > 500,
        await page.evaluate(() => performance.now()),
      )
      await page.keyboard.press('y')
      await page.waitForFunction(
        (before) => document.querySelector('.run-question[data-asking] .run-who')?.textContent !== before,
        who,
      )
    }
    await page.getByText('2 台通过，1 台没有').waitFor()
    await page.getByText('3 号口报损坏（999）：这台要维修或更换').first().waitFor()
    const { devices, state } = await run()
    expect(state).toBe('partial')
    const states = new Map(devices.map((device) => [device.name, device.state]))
    expect(states.get(charger(4).name)).toBe('passed')
    expect(states.get(charger(0).name)).toBe('passed')
    expect(states.get(charger(11).name)).toBe('failed')
    await noSerious()
  })

  it('leaves a report: a page for the run, one a charger, and the hash of the JSON beside it', async () => {
    const { page } = screen
    await page.getByRole('button', { name: '验收报告' }).click()
    await page.locator('.report-device').nth(2).waitFor()
    const { sha256 } = await host.api('provisioning.report', { id: runId })
    expect(await page.locator('.report-hash code').textContent()).toBe(sha256)
    expect(await page.getByText('人工确认：demo').count()).toBe(2)
    expect(await page.locator('.report-raw code').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('@STA')]),
    )
    expect(await page.locator('.report-all').count()).toBe(3)
    await noSerious()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载 JSON' }).click()
    const json = readFileSync(await (await saved).path())
    expect(createHash('sha256').update(json).digest('hex')).toBe(sha256)
    const made = page.waitForEvent('download')
    await page.getByRole('button', { name: '存为 PDF' }).click()
    const pdf = readFileSync(await (await made).path())
    const sizes = pageSizes(pdf)
    // the run, and each charger begins a page; what was said to it may take another
    expect(sizes.length).toBeGreaterThanOrEqual(4)
    expect(sizes.length).toBeLessThanOrEqual(7)
    for (const { width, height } of sizes) {
      expect(Math.abs(width - 210)).toBeLessThan(TENTH)
      expect(Math.abs(height - 297)).toBeLessThan(TENTH)
    }
    const words = textsOf(pdf)
    expect(words.join('')).toContain(sha256)
    expect(words).toEqual(
      expect.arrayContaining([
        '充电器安装验收报告',
        `1 / ${sizes.length}`,
        `${sizes.length} / ${sizes.length}`,
      ]),
    )
    expect(screen.problems()).toEqual([])
  })
})
