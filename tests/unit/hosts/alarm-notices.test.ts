import { beforeEach, describe, expect, it } from 'vitest'
import type { AlarmNotice } from '#core/alarms/index.ts'
import { Notices } from '#main/hosts/electron/notices.ts'
import { drawDot } from '#main/hosts/electron/tray-dot.ts'

let now: number
let shown: string[]
let waiting: AlarmNotice | null
let timers: { at: number; run: () => void }[]
let notices: Notices
beforeEach(() => {
  now = 0
  shown = []
  waiting = null
  timers = []
  notices = new Notices({
    show: ({ title }) => void shown.push(title),
    waiting: () => waiting,
    now: () => now,
    later(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => void (timers = timers.filter((one) => one !== timer))
    },
  })
})
const notice = (title: string): AlarmNotice => ({ title, lines: [], only: null })
const pass = (ms: number) => {
  now += ms
  for (const timer of timers.filter(({ at }) => at <= now)) {
    timers = timers.filter((one) => one !== timer)
    timer.run()
  }
}

describe('notices of the system', () => {
  it('show the first at once and what follows within a minute as one', () => {
    notices.add(notice('1'))
    notices.add(notice('2'))
    notices.add(notice('3'))
    expect(shown).toEqual(['1'])
    waiting = notice('all')
    pass(60_000)
    expect(shown).toEqual(['1', 'all'])
    expect(timers).toEqual([])
    pass(60_000)
    notices.add(notice('4'))
    expect(shown).toEqual(['1', 'all', '4'])
  })

  it('are quiet while the screen is locked and tell afterwards what still waits', () => {
    notices.lock()
    notices.add(notice('1'))
    pass(600_000)
    expect(shown).toEqual([])
    waiting = notice('all')
    notices.unlock()
    expect(shown).toEqual(['all'])
    notices.lock()
    notices.unlock()
    expect(shown).toEqual(['all'])
    notices.lock()
    notices.add(notice('2'))
    waiting = null
    notices.unlock()
    expect(shown).toEqual(['all'])
  })
})

it('the tray’s dot is red, lies inside the icon and leaves the rest alone', () => {
  const bitmap = drawDot(new Uint8Array(32 * 32 * 4), 32, 32)
  const pixel = (x: number, y: number) => [...bitmap.subarray((y * 32 + x) * 4, (y * 32 + x) * 4 + 4)]
  expect(pixel(23, 23)).toEqual([0x1c, 0x1c, 0xb9, 0xff])
  expect(pixel(31, 31)).toEqual([0, 0, 0, 0])
  expect(pixel(4, 4)).toEqual([0, 0, 0, 0])
})
