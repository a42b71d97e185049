import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { HOUR } from '#shared/time.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, sharedBrowser, type Screen } from './support/page.ts'

const KEEPER = '13700000001'
const WORKER = '13722220001'

describeInBrowser('a worker on the simulated phone, the keeper at the console', () => {
  let host: ConsoleHost
  let screen: Screen
  let phone: Page
  let projectId: string
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    projectId = (await host.api('attendance.newProject', { projectName: '门卫室' })).projectId
    await host.api('attendance.setKeeper', { projectId, keeper: KEEPER, keeperName: '陈工' })
    await host.api('attendance.addMember', { projectId, user: WORKER, userName: '伍师傅' })
    screen = await openScreen(host, { language: 'zh-CN' })
    phone = await openPhone(host)
  }, 60_000)
  afterEach(() => expect(screen.problems()).toEqual([]))
  afterAll(async () => {
    await closeBrowser()
    await host?.stop()
  })

  it('asks on the phone: the gang has it without being loaded again', async () => {
    await phone.getByLabel('手机号').fill(WORKER)
    await phone.getByRole('button', { name: '授权手机号登录' }).click()
    await phone.getByRole('heading', { name: '门卫室' }).waitFor()
    await screen.goto(`/attendance/gang?project=${projectId}`)
    await screen.page.getByText('待确认 0').waitFor()
    await phone.getByRole('button', { name: '申请上班' }).click()
    await phone.getByText('等考勤员确认').waitFor()
    await screen.page.getByText('待确认 1').waitFor()
  })

  it('is confirmed at the console: the phone shows it, and corrects it', async () => {
    const { page } = screen
    await page.getByLabel('选择 伍师傅').check()
    await page.getByRole('button', { name: '确认上班 1 人' }).click()
    await page.locator('.ant-modal').getByRole('button', { name: '确认上班 1 人' }).click()
    await page.getByText('1 人已处理').waitFor()
    await phone.reload()
    await phone.getByText('下班由考勤员登记').waitFor()
    await phone.getByText('申请修改').click()
    const start = phone.locator('input[name=checkIn]')
    await start.fill(hourBefore(await start.inputValue()))
    await phone.getByRole('button', { name: '提交，等对方确认' }).click()
    await phone.getByText('修改待确认').waitFor()
    const { rows } = await host.api('attendance.corrections', { states: ['pending'], projectId })
    expect(rows).toMatchObject([{ user: WORKER, mayDecide: true }])
  })

  it('fits a phone and can be read by everybody, on both sides', async () => {
    expect(await seriousViolations(phone)).toEqual([])
    await phone.goto(phone.url().replace('/worker', '/en/keeper'))
    await phone.getByRole('button', { name: KEEPER }).click()
    await phone.getByRole('heading', { name: /^Gang today/ }).waitFor()
    expect(await seriousViolations(phone)).toEqual([])
    const width = await phone.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBe(390)
  })
})

/** `2026-03-02T08:00` → `2026-03-02T07:00` */
const hourBefore = (time: string) => new Date(Date.parse(`${time}Z`) - HOUR).toISOString().slice(0, 16)

async function openPhone(host: ConsoleHost): Promise<Page> {
  const { miniProgramUrl } = await host.api('lan.status', {})
  const browser = await sharedBrowser()
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  const phone = await context.newPage()
  await phone.goto(`${miniProgramUrl}/worker`)
  return phone
}
