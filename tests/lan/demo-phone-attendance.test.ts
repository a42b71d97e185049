import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DESK_PHONE, workCast } from '#main/demo/attendance/index.ts'
import { DAY, DEFAULT_ZONE, formatDateTime, HOUR, MINUTE, parseZone } from '#shared/time.ts'
import { openDemoConsole, type DemoConsole } from '../fixtures/console.ts'
import { MiniProgramPage } from '../fixtures/mini-program-page.ts'

const ZONE = parseZone(DEFAULT_ZONE) ?? 0
const [newcomer, asking, , corrected, , atNight] = workCast.workers
const [, nightKeeper, former] = workCast.keepers
const worker = newcomer?.phone ?? ''

let console: DemoConsole
let page: MiniProgramPage
let dorm: string
let began: number
beforeAll(async () => {
  // two in the afternoon on the site: who came an hour and a half ago came today
  const now = Date.now()
  const shift = 14 * HOUR - ((now + ZONE) % DAY)
  const real = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => real() + shift)
  console = await openDemoConsole()
  // a test presses faster than a hand
  await console.call('settings.update', { changes: { 'lan.perAddressPerSecond': 0 } })
  await console.core.lan.begin()
  const { miniProgramUrl } = await console.call('lan.status', {})
  page = new MiniProgramPage(miniProgramUrl ?? '')
  const { rows } = await console.call('attendance.projects', {})
  dorm = rows.find(({ roles }) => roles.includes('keeper'))?.projectId ?? ''
  began = Date.now()
})
afterAll(async () => {
  await console.close()
  vi.restoreAllMocks()
})

/** So many minutes before the test began, as a form of the page sends it, */
const field = (before: number) =>
  formatDateTime(began - before * MINUTE, ZONE)
    .slice(0, 16)
    .replace(' ', 'T')
/** and as the page shows it. */
const shown = (before: number) => field(before).slice(5).replace('T', ' ')

const standing = async (phone: string) =>
  (await console.call('attendance.gang', { projectId: dorm })).rows.find(({ user }) => user === phone)
const recordOf = async (phone: string) => {
  const found = (await standing(phone))?.recordId
  if (!found) throw new Error(`${phone} has no record`)
  return console.call('attendance.record', { recordId: found })
}
const pressed = async (step: string, fields: Readonly<Record<string, string>> = {}) => {
  await page.press(step, fields)
  return page.notice
}
/** what is on the phone itself, without the calls beside it */
const screen = () => page.text.split('<aside>')[0] ?? ''
const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(screen())?.[1] ?? ''

describe('a worker on the phone, the keeper at the console and on a phone', () => {
  it('logs in, and sees the project and the keeper', async () => {
    expect(await pressed('worker/login', { phone: worker })).toBe('完成')
    expect(screen()).toContain('东区宿舍改造')
    expect(screen()).toContain(DESK_PHONE)
    expect(screen()).toContain('申请上班')
  })

  it('asks: the console’s gang has it at once', async () => {
    expect(await standing(worker)).toMatchObject({ standing: 'idle' })
    expect(await pressed('worker/checkin', { at: field(90) })).toBe('完成')
    expect(screen()).toContain(`${shown(90)} 上班，等考勤员确认`)
    expect(await standing(worker)).toMatchObject({ standing: 'pending', subscribed: false })
    expect(await pressed('worker/checkin', {})).toBe('已有未结束的考勤记录')
  })

  it('cancels, asks again, and wants to be told', async () => {
    expect(await pressed('worker/cancel', { recordId: hidden('recordId') })).toBe('完成')
    expect(await standing(worker)).toMatchObject({ standing: 'idle' })
    // the same words in the same second would be the same request (H-12)
    await pressed('worker/checkin', { at: field(91) })
    expect(await pressed('worker/subscribe', { recordId: hidden('recordId') })).toBe('完成')
    expect(await standing(worker)).toMatchObject({ standing: 'pending', subscribed: true })
    expect(screen()).not.toContain('<h2>通知</h2>')
  })

  it('is confirmed at the console, and sees it when he looks', async () => {
    const { recordId } = (await standing(worker)) ?? {}
    await console.call('attendance.decideCheckIn', { recordId: recordId ?? '', decision: 'confirm' })
    await page.look('/worker')
    expect(screen()).toContain(`在岗，${shown(91)} 上班`)
    expect(screen()).toContain('<h2>通知</h2>')
  })

  it('is sent home by the keeper on his phone, with the hours in both forms', async () => {
    const { recordId } = (await standing(worker)) ?? {}
    const end = { recordId: recordId ?? '' }
    await page.press('keeper/login', { phone: DESK_PHONE })
    expect(screen()).toContain('今日考勤')
    expect(await pressed('keeper/end', { ...end, at: field(92) })).toBe('3 下班时间应晚于上班时间')
    expect(await pressed('keeper/end', { ...end, at: field(31) })).toBe('完成')
    await page.look('/worker')
    expect(screen()).toContain('1:00（1.00 小时）')
    expect(await recordOf(worker)).toMatchObject({ minutes: 60, state: 'closed' })
  })

  it('proposes another end; nothing counts until the keeper agrees', async () => {
    const recordId = (await standing(worker))?.recordId ?? ''
    const times = { recordId, checkIn: field(91), checkOut: field(31), note: '清场' }
    expect(await pressed('worker/correct', times)).toBe('3 没有要修改的时间')
    expect(await pressed('worker/correct', { ...times, checkOut: field(16) })).toBe('完成')
    expect(screen()).toContain('等对方确认')
    const correctionId = hidden('correctionId')
    expect(await pressed('worker/answer', { correctionId, yes: '1' })).toMatch(/^5 /)
    expect(await recordOf(worker)).toMatchObject({ minutes: 60 })
    await page.look('/keeper')
    expect(screen()).toContain('清场')
    expect(await pressed('keeper/answer', { correctionId, yes: '1' })).toBe('完成')
    expect(await recordOf(worker)).toMatchObject({ minutes: 75 })
    await page.look('/worker')
    expect(screen()).toContain('1:15（1.25 小时）')
    expect(screen()).toContain('已改 1 次')
  })

  it('refuses what the keeper proposes, or takes back what it proposed itself', async () => {
    const recordId = (await standing(worker))?.recordId ?? ''
    await pressed('keeper/correct', { recordId, checkIn: field(80), checkOut: '', note: '晚到' })
    await page.look('/worker')
    const correctionId = hidden('correctionId')
    expect(await pressed('worker/answer', { correctionId, yes: '', reason: '没有' })).toBe('完成')
    expect(await recordOf(worker)).toMatchObject({ minutes: 75 })
    await pressed('keeper/correct', { recordId, checkIn: field(79), checkOut: '' })
    await page.look('/worker')
    const again = hidden('correctionId')
    expect(await pressed('keeper/withdraw', { correctionId: again })).toBe('完成')
    expect(await pressed('worker/answer', { correctionId: again, yes: '1' })).toBe('该修改请求已处理')
  })
})

describe('the keeper’s phone', () => {
  it('confirms one and rejects another, who reads why', async () => {
    const { recordId } = (await standing(asking?.phone ?? '')) ?? {}
    await page.look('/keeper')
    expect(screen()).toContain(asking?.name)
    expect(await pressed('keeper/decide', { recordId: recordId ?? '', reason: '未到岗' })).toBe('完成')
    await page.press('worker/login', { phone: asking?.phone ?? '' })
    expect(screen()).toContain('未到岗')
    await page.press('worker/checkin')
    const asked = (await standing(asking?.phone ?? ''))?.recordId ?? ''
    expect(await pressed('keeper/decide', { recordId: asked, yes: '1' })).toBe('完成')
    expect(await standing(asking?.phone ?? '')).toMatchObject({ standing: 'working' })
    expect(await pressed('worker/leave')).toBe('有未结束的班次')
  })

  it('adds and removes workers; who left reads on and asks no more', async () => {
    const guest = { user: '13900009001', userName: '新来的' }
    expect(await pressed('keeper/add', guest)).toBe('完成')
    expect(screen()).toContain('新来的 13900009001')
    await page.press('worker/login', { phone: guest.user })
    expect(screen()).toContain('申请上班')
    expect(await pressed('worker/leave')).toBe('完成')
    expect(screen()).toContain('已不在这个项目里')
    expect(await pressed('worker/checkin')).toMatch(/^5 /)
    expect(await pressed('keeper/remove', { user: guest.user })).toBe('3 考勤人不在该项目中')
  })

  it('of another project neither sees nor decides here; one who was replaced keeps nothing', async () => {
    const { recordId } = (await standing(corrected?.phone ?? '')) ?? {}
    await page.press('keeper/login', { phone: nightKeeper?.phone ?? '' })
    expect(screen()).toContain('图书馆外墙维修')
    expect(screen()).not.toContain('东区宿舍改造')
    expect(await pressed('keeper/decide', { recordId: recordId ?? '', yes: '1' })).toMatch(/^5 /)
    await page.press('keeper/login', { phone: former?.phone ?? '' })
    expect(screen()).toContain('这个手机号还不在任何项目里')
  })

  it('shows who works in two projects both of them', async () => {
    await page.press('worker/login', { phone: atNight?.phone ?? '' })
    const other = hidden('projectId')
    const first = /<h2>([^<]*)<\/h2>/.exec(screen())?.[1]
    await page.press('worker/project', { projectId: other })
    expect(/<h2>([^<]*)<\/h2>/.exec(screen())?.[1]).not.toBe(first)
  })
})

describe('English', () => {
  it('says refusals of attendance in its own words', async () => {
    await page.press('en/keeper/login', { phone: DESK_PHONE })
    expect(screen()).toContain('Gang today')
    await page.press('en/keeper/add', { user: worker, userName: newcomer?.name ?? '' })
    expect(page.notice).toBe('Refused: This person is a worker of the project already.')
    await page.press('en/keeper/end', { recordId: '0', at: '' })
    expect(page.notice).toBe('Refused (3, wrong parameter): There is no such record.')
    await page.press('en/keeper/add', { user: 'x', userName: 'x' })
    expect(page.notice).toBe('Refused (3, wrong parameter): user is malformed.')
  })

  it('logs out the phone whose session another one took', async () => {
    await page.press('en/worker/login', { phone: DESK_PHONE })
    await page.look('/en/keeper')
    expect(page.notice).toBe('Refused (4, unknown caller): Log in again.')
    expect(screen()).toContain('Log in with this number')
  })
})
