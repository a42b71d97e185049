import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoProfile, startDemoSite, type DemoSite } from '#main/demo/index.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { removeFolder, startConsole, temporaryFolder, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, signInOnScreen } from './support/page.ts'

const POLL = { timeout: 60_000, interval: 50 }
const OPERATOR = { name: 'demo', pin: '135790' }
const METERS = 50
const DAYS = 120

describeInBrowser('a host killed in the middle of a sync', () => {
  const folder = temporaryFolder()
  let vendor: DemoSite
  let host: ConsoleHost
  beforeAll(async () => {
    vendor = await startDemoSite({ meters: METERS, hourly: 0, days: DAYS, gapMs: 20 })
  })
  afterAll(async () => {
    await closeBrowser()
    await host.stop()
    await vendor.close()
    removeFolder(folder)
  })
  const start = async () => {
    // what only the demo may have is left out: this site is a real one, but for its vendor
    const { lan: _demoOnly, ...profile } = demoProfile(vendor)
    host = await startConsole({ dataDir: folder, profile })
    await host.signIn(OPERATOR.name, OPERATOR.pin)
  }
  const newest = async () => (await host.api('jobs.list', { kind: 'sync.imr', limit: 1 })).rows[0]

  it('shows the interrupted sync after the next start and goes on with it', async () => {
    await start()
    const { jobId } = await host.api('sync.start', { source: 'imr' })
    await expect.poll(async () => (await newest())?.done ?? 0, POLL).toBeGreaterThan(20)
    const before = await newest()
    expect(before?.state).toBe('running')
    await host.kill()

    await start()
    const screen = await openScreen(host)
    await signInOnScreen(screen.page, OPERATOR)
    await screen.page.getByRole('link', { name: /\d 项需要处理/ }).waitFor()
    const { problems } = await host.api('system.status', {})
    expect(problems.map(({ code }) => code)).toContain('UNCLEAN_STOP')
    await host.api('sync.start', { source: 'imr' })
    await screen.goto('/sync?tab=jobs')
    const list = screen.page.getByRole('grid', { name: '任务记录' })
    await list.locator('.sd-grid-row').first().waitFor()
    const resumed = await host.api('jobs.get', { id: jobId })
    expect(['running', 'done']).toContain(resumed.state)
    expect(resumed.done).toBeGreaterThanOrEqual((before?.done ?? 0) - 1)
    await expect.poll(async () => (await host.api('jobs.get', { id: jobId })).state, POLL).toBe('done')
    await list.getByText('完成').first().waitFor()
    await list.locator('.sd-grid-row').first().click()
    await screen.page.getByRole('dialog').getByText('报告').waitFor()
    expect(screen.problems()).toEqual([])

    const { days } = await host.api('sync.coverage', { source: 'imr', ...lastDays() })
    expect(days.filter(({ state }) => state === 'missing' || state === 'partial')).toEqual([])
    const { rows } = await host.api('jobs.list', { kind: 'sync.imr' })
    expect(rows.filter(({ state }) => state !== 'done')).toEqual([])
  }, 110_000)
})

function lastDays() {
  const to = Date.now()
  return { from: to - (DAYS - 2) * 86_400_000, to }
}
