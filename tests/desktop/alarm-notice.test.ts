import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDesktop, type Desktop } from '../fixtures/desktop.ts'

/** What the desktop asked its system to show. */
interface Shown {
  readonly notices: { title: string; body: string; click: () => void }[]
  readonly badges: number[]
  readonly tips: string[]
}
declare global {
  var shown: Shown | undefined
}

describe('an alarm on the desktop', () => {
  let desktop: Desktop
  beforeAll(async () => {
    desktop = await openDesktop()
    await desktop.page.getByRole('heading').first().waitFor()
    await desktop.app.evaluate(({ app, Notification, Tray }) => {
      const shown: Shown = { notices: [], badges: [], tips: [] }
      globalThis.shown = shown
      Notification.prototype.show = function show(this: Electron.Notification) {
        shown.notices.push({ title: this.title, body: this.body, click: () => void this.emit('click') })
      }
      Tray.prototype.setToolTip = (text: string) => void shown.tips.push(text)
      app.setBadgeCount = (count) => shown.badges.push(count ?? 0) > 0
    })
  })
  afterAll(() => desktop.close())

  const shown = () =>
    desktop.app.evaluate(() => ({
      notices: (globalThis.shown?.notices ?? []).map(({ title, body }) => ({ title, body })),
      badge: globalThis.shown?.badges.at(-1),
      tip: globalThis.shown?.tips.at(-1),
    }))
  const call = (name: string, input: object) =>
    desktop.page.evaluate(([op, value]) => window.sitedesk?.call(op as never, value as never), [
      name,
      input,
    ] as const)

  it('is a notice with its text, a count on the icon and a line at the tray', async () => {
    await call('operators.createFirst', { name: 'Ada', pin: '482913' })
    // ten terabytes: more than is free on any disk that runs this
    await call('alarms.saveRule', { rule: 'diskFull', level: 10_000_000, level2: 1 })
    await expect.poll(shown, { timeout: 15_000 }).toMatchObject({
      notices: [{ title: '1 条新告警', body: expect.stringContaining('磁盘空间不足') as string }],
      badge: 1,
      tip: expect.stringMatching(/(告警|Alarms).*: 1$/) as string,
    })
  })

  it('opens the console at itself when the notice is clicked', async () => {
    const click = () => desktop.app.evaluate(() => globalThis.shown?.notices[0]?.click())
    const route = () => new URL(desktop.app.windows()[0]?.url() ?? 'about:blank').hash
    await click()
    await expect.poll(route).toBe('#/alarms?rule=diskFull&query=data')
    await desktop.page.getByRole('heading', { name: /^(告警|Alarms)/ }).waitFor()
  })
})
