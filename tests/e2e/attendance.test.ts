import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { Calls } from '#main/demo/miniprogram/calls.ts'
import { simulatedCode, simulatedPhone } from '#main/lan/wechat/simulator.ts'
import { formatDateTime, HOUR, MINUTE } from '#shared/time.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, type Screen } from './support/page.ts'

const POLL = { timeout: 20_000, interval: 100 }
/** of the demo's campus */
const ZONE = 8 * HOUR
const GANG = Array.from({ length: 30 }, (_, i) => `137111${String(10_001 + i * 7)}`)

describeInBrowser('a gang of thirty', () => {
  let host: ConsoleHost
  let screen: Screen
  let projectId: string
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    // thirty phones in a second, from one address
    await host.api('settings.update', { changes: { 'lan.perAddressPerSecond': 0 } })
    projectId = await hire(host)
    const { url } = await host.api('lan.status', {})
    const calls = new Calls(() => url, Date.now)
    for (const phone of GANG) await askToStart(calls, phone, projectId)
    screen = await openScreen(host)
  }, 60_000)
  afterEach(() => expect(screen.problems()).toEqual([]))
  afterAll(async () => {
    await closeBrowser()
    await host.stop()
  })

  const gang = async () => (await host.api('attendance.gang', { projectId })).rows
  const standings = async () => [...new Set((await gang()).map(({ standing }) => standing))]
  const focused = () => screen.page.evaluate(() => document.activeElement?.textContent ?? '')

  it('is confirmed by keys alone, each by the time he asked for', async () => {
    const asked = new Map((await gang()).map(({ user, checkInAt }) => [user, checkInAt]))
    expect(new Set(asked.values()).size).toBe(30)
    const { page } = screen
    await screen.goto(`/attendance/gang?project=${projectId}`)
    await page.getByText('待确认 30').waitFor()
    // one by one, then all
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.getByText('已选 1 人').waitFor()
    await page.keyboard.press('Control+a')
    await page.getByText('已选 30 人').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(focused, POLL).toBe('确认上班 30 人')
    expect(await page.locator('.ant-modal').innerText()).toContain('工时从各自申请的上班时间算起')
    expect(await standings()).toEqual(['pending'])
    await page.keyboard.press('Enter')
    await page.getByText('30 人已处理').waitFor()
    expect(await standings()).toEqual(['working'])
    expect(new Map((await gang()).map(({ user, checkInAt }) => [user, checkInAt]))).toEqual(asked)
    await expect.poll(focused, POLL).toBe('关闭')
    await page.keyboard.press('Enter')
    await page.locator('.ant-modal').waitFor({ state: 'detached' })
  })

  it('is ended at one time by keys alone; whoever had not started by then stays at work', async () => {
    const { page } = screen
    await page.getByText('在岗 30').waitFor()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')), POLL)
      .toBe('grid')
    await page.keyboard.press('Control+a')
    await page.getByText('已选 30 人').waitFor()
    await page.keyboard.press('Enter')
    await page.getByLabel(/^下班时间/).waitFor()
    const rows = await gang()
    // the start of the last one, on the whole minute: he is not at work yet then
    const last = Math.max(...rows.map(({ checkInAt }) => checkInAt ?? 0))
    const at = last - (last % MINUTE)
    const early = rows.filter(({ checkInAt }) => (checkInAt ?? 0) >= at)
    await page.keyboard.type(clock(at))
    await page.getByText(`${early.length} 人在此时还没上班`).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(`${rows.length - early.length} 人已处理`).waitFor()
    const after = await gang()
    expect(new Set(after.flatMap(({ checkOutAt }) => checkOutAt ?? []))).toEqual(new Set([at]))
    expect(
      after
        .filter(({ standing }) => standing === 'working')
        .map(({ user }) => user)
        .toSorted(),
    ).toEqual(early.map(({ user }) => user).toSorted())
    await page.keyboard.press('Enter')
    await page.locator('.ant-modal').waitFor({ state: 'detached' })
  })

  it('shows a correction that waits for this keeper, old and new, and applies it on his yes', async () => {
    const pending = async () => (await host.api('attendance.corrections', { states: ['pending'] })).rows
    const [mine] = (await pending()).filter(({ mayDecide }) => mayDecide)
    if (!mine) throw new Error('the demo has no correction that waits for its keeper')
    const { page } = screen
    await screen.goto(`/attendance/corrections?state=pending&user=${mine.user}`)
    await page.getByText('等我答复').first().waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const drawer = page.locator('.ant-drawer')
    await drawer.getByText(/等考勤员 .+ 答复，已等/).waitFor()
    await drawer.getByRole('button', { name: '同意修改' }).press('Enter')
    await expect.poll(focused, POLL).toBe('同意修改')
    await page.keyboard.press('Enter')
    await drawer.getByText('时间按双方同意的修改').waitFor()
    const record = await host.api('attendance.record', { recordId: mine.recordId })
    expect(record).toMatchObject({ checkInAt: mine.new.checkInAt, checkOutAt: mine.new.checkOutAt })
    expect((await pending()).map(({ correctionId }) => correctionId)).not.toContain(mine.correctionId)
  })

  it('lets whoever is not keeper there only read', async () => {
    const { rows } = await host.api('attendance.projects', { deleted: false })
    const other = rows.find(({ roles }) => !roles.includes('keeper'))
    if (!other) throw new Error('the demo keeps every project')
    const { page } = screen
    await screen.goto(`/attendance/gang?project=${other.projectId}`)
    await page.getByText('只能查看，不能确认、登记或代答').waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('Control+a')
    expect(await page.getByRole('checkbox').count()).toBe(0)
    expect(await page.getByRole('button', { name: /确认上班|登记下班/ }).count()).toBe(0)
  })
})

/** A project that the operator's phone owns and keeps, with thirty workers. */
async function hire(host: ConsoleHost): Promise<string> {
  const { projectId } = await host.api('attendance.newProject', { projectName: '三十人的班组' })
  const { phone: keeper } = await host.api('attendance.quota', {})
  await host.api('attendance.setKeeper', { projectId, keeper, keeperName: '组长' })
  for (const [i, user] of GANG.entries())
    await host.api('attendance.addMember', {
      projectId,
      user,
      userName: `工人${String(i + 1).padStart(2, '0')}`,
    })
  return projectId
}

/** As the mini-program does: log in, say whose phone it is, ask; an hour ago, each a minute after the other. */
async function askToStart(calls: Calls, phone: string, projectId: string): Promise<void> {
  const jsCode = simulatedCode(phone)
  const { session } = await calls.one('user', 'userLogin', { jsCode })
  const sealed = simulatedPhone('user', { jsCode, phone, now: Date.now() })
  await calls.one('user', 'getUserPhone', { session: String(session), ...sealed })
  const checkInTime = formatDateTime(Date.now() - (60 - GANG.indexOf(phone)) * MINUTE, ZONE)
  await calls.one('user', 'newAttCheckIn', { session: String(session), projectId, checkInTime })
}

/** `MM-DD HH:mm` at the demo's campus. */
const clock = (at: number) => formatDateTime(at, ZONE).slice(5, 16)
