import { afterAll, beforeAll, expect, it } from 'vitest'
import { isMisreadOn } from '#main/demo/imr/misread.ts'
import { registerAt } from '#main/demo/imr/register.ts'
import { DAY, dayNumber, formatDay } from '#shared/time.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { campus, idOf, SEED } from './support/demo-meters.ts'
import { closeBrowser, openScreen, seriousViolations, type Screen } from './support/page.ts'

const ZONE = 8 * 3_600_000
const today = dayNumber(Date.now(), ZONE)
const dayText = (day: number) => formatDay(day * DAY - ZONE, ZONE)

/** A meter that was misread some days ago, and the day; both its neighbours have readings. */
function misreading() {
  for (let day = today - 3; day > today - 60; day--) {
    const meter = campus.find((one) => one.net === 'online' && !one.gap && isMisreadOn(one, day))
    if (meter) return { meter, day }
  }
  throw new Error('no meter of the demo campus was misread of late')
}

describeInBrowser('a misreading, from the alert to the decision and back', () => {
  const { meter, day } = misreading()
  const span = `span=custom&from=${dayText(day - 5)}&last=${dayText(day + 2)}`
  const meterPage = `/meters/${encodeURIComponent(idOf(meter))}`
  const shown = (at: number) => (registerAt(SEED, meter, at, ZONE) / 100).toFixed(2)
  let host: ConsoleHost
  let screen: Screen
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    screen = await openScreen(host, { language: 'zh-CN' })
  }, 60_000)
  afterAll(async () => {
    const problems = screen.problems()
    await closeBrowser()
    await host.stop()
    expect(problems).toEqual([])
  })

  const dayRow = (text = dayText(day)) =>
    screen.page.getByRole('grid', { name: '用量' }).locator('.sd-grid-row', { hasText: text })
  const openFirstRow = async (grid: string) => {
    await screen.page.getByRole('grid', { name: grid }).locator('.sd-grid-row').first().waitFor()
    await screen.page.getByRole('grid', { name: grid }).focus()
    await screen.page.keyboard.press('ArrowDown')
    await screen.page.keyboard.press('Enter')
  }
  let decided = ''

  it('counts nothing of it, and lists it until somebody decides', async () => {
    const { page } = screen
    // opening the meter fetches its history before everybody else's
    await screen.goto(`${meterPage}?${span}`)
    await dayRow().getByText('异常').waitFor()
    await page.locator('.meter-caption').getByText('读数异常 2 处，不计入合计').waitFor()
    await screen.goto(`/meters/events?state=parked&query=${meter.tableNo}`)
    await openFirstRow('读数异常')
    await page.getByRole('region', { name: meter.misread === 'high' ? '突高' : '突低' }).waitFor()
  })

  it('shows the days before and after, and keeps the decision with its reason', async () => {
    const { page } = screen
    const { rows } = await host.api('meters.events', { meterId: idOf(meter) })
    const at = rows[0]?.suspects[0] ?? 0
    await page.getByRole('button', { name: '作出决定' }).press('Enter')
    // of a misreading the likeliest is to leave it out; the right figure is the next
    await page.getByRole('radio', { name: '不计这个读数' }).press('ArrowDown')
    const preview = page.getByRole('region', { name: '决定前后每天的用量' })
    await page.getByLabel('读数 (', { exact: false }).fill(shown(at))
    const line = preview.getByRole('row', { name: dayText(day) })
    await line.and(page.locator('[data-changed]')).getByText('.').waitFor()
    decided = (await line.getByRole('cell').last().textContent()) ?? ''
    expect(decided).toMatch(/^\d+\.\d\d$/)
    expect(await line.getByRole('cell').first().textContent()).toBe('异常')
    expect(await seriousViolations(page)).toEqual([])
    await page.getByLabel('原因', { exact: true }).fill('照片上看得清')
    await page.keyboard.press('Enter')
    await page.getByText('已保存', { exact: false }).waitFor()
  })

  it('counts it then, says why, and takes it back', async () => {
    const { page } = screen
    await screen.goto(`${meterPage}?${span}`)
    await dayRow().getByText(decided, { exact: true }).waitFor()
    await dayRow().click()
    const readings = page.getByRole('region', { name: '本期读数' })
    await readings.getByText('已更正').waitFor()
    await readings.getByText('原值').waitFor()
    const sum = page.getByRole('region', { name: '用量的组成' })
    expect(await sum.getByRole('row', { name: /^用量/ }).textContent()).toContain(decided)
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('button', { name: '撤回' }).press('Enter')
    await page.keyboard.type('照片是另一块表的')
    await page.keyboard.press('Enter')
    await dayRow().getByText('异常').waitFor()
    const { rows } = await host.api('meters.decisions', { meterId: idOf(meter) })
    expect(rows).toMatchObject([{ kind: 'value', withdrawnBy: 'demo', withdrawnReason: '照片是另一块表的' }])
  })

  it('takes a reading that somebody took on site', async () => {
    const { page } = screen
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: '决定' }).click()
    await page.getByRole('button', { name: '录入读数' }).press('Enter')
    // by keys: the day before, noon
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('12:00')
    await page.keyboard.press('Tab')
    await page.keyboard.type(shown((today - 1) * DAY - ZONE + DAY / 2))
    await page.getByLabel('原因', { exact: true }).fill('现场抄表')
    await page.keyboard.press('Enter')
    await page.getByRole('grid', { name: '决定' }).getByText('现场抄表').waitFor()
    await screen.goto(`${meterPage}?span=7d&tab=readings`)
    await page.getByRole('grid', { name: '读数' }).getByText('手工').waitFor()
  })
})
