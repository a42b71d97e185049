import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY, formatDay, startOfDay } from '#shared/time.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { exchanged, idOf, withGap } from './support/demo-meters.ts'
import { allRows } from './support/grid.ts'
import { closeBrowser, openScreen, routesOf, settled, type Screen } from './support/page.ts'

const ZONE = 8 * 3_600_000
/** How soon the year of a meter that somebody opened is there, while everything else is still being fetched. */
const FIRST_MS = 20_000

describeInBrowser('a day with the demo site', () => {
  let host: ConsoleHost
  let screen: Screen
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    screen = await openScreen(host)
  }, 60_000)
  afterAll(async () => {
    const problems = screen.problems()
    await closeBrowser()
    await host.stop()
    expect(problems).toEqual([])
  })

  const status = () => screen.page.locator('.sd-status')
  const imr = async () => {
    const { sources } = await host.api('system.status', {})
    return sources.find(({ source }) => source === 'imr')
  }

  it('opens signed in, on today', async () => {
    const { page } = screen
    await page.getByRole('heading', { name: '今日', level: 1 }).waitFor()
    expect(await page.getByRole('button', { name: 'demo' }).isVisible()).toBe(true)
    expect(await page.locator('.sd-door').count()).toBe(0)
    await status().getByText('远程抄表 在线').waitFor()
  })

  it('lists the meters of the vendor as soon as its catalogue came', async () => {
    const imr = async () => (await host.api('meters.list', { source: 'imr', limit: 1 })).total
    await expect.poll(imr, POLL).toBe(2000)
    await screen.goto('/meters')
    const { page } = screen
    await page.getByRole('grid', { name: '表计' }).locator('.sd-grid-row').first().waitFor()
    // with those of the water system, as they come
    await page.getByText(/共 2,\d{3} 行/).waitFor()
    // 1366 × 768 shows at least 14 rows (ux.md, Density)
    const box = await page.getByRole('grid').boundingBox()
    expect(Math.floor(((box?.height ?? 0) - 33) / 32)).toBeGreaterThanOrEqual(14)
  })

  it('fetches the year of an opened meter before everything else', async () => {
    const { page } = screen
    const id = idOf(exchanged)
    await screen.goto(`/meters/${encodeURIComponent(id)}?span=12m`)
    await expect.poll(() => covered(page), { timeout: FIRST_MS, interval: 200 }).toBeGreaterThan(340)
    const to = startOfDay(Date.now(), ZONE) + DAY
    const { days } = await host.api('sync.coverage', { source: 'imr', from: to - 365 * DAY, to })
    // the rest of the year is not there yet: this meter did come first
    expect(days.filter(({ state }) => state === 'missing').length).toBeGreaterThan(100)
  })

  it('shows the same usage in the table as the API answers', async () => {
    const { rows, days } = await usageOf(host, idOf(exchanged))
    const shown = await tableOf(screen)
    expect(shown.map(({ day }) => day)).toEqual(days)
    expect(shown.map(({ usage }) => usage)).toEqual(rows.map(({ usage }) => usage))
  })

  it('marks the day the meter was exchanged, and counts nothing for it', async () => {
    const { page } = screen
    const shown = await tableOf(screen)
    const resets = shown.filter(({ state }) => state === '异常')
    expect(resets).toHaveLength(1)
    expect(resets[0]?.usage).toBeNull()
    await page.locator('.meter-caption').getByText('读数异常 1 处，不计入合计').waitFor()
    await page.locator('.meter-legend').getByText('异常').waitFor()
  })

  it('draws the bars with the numbers of the table', async () => {
    const { page } = screen
    await screen.goto(`/meters/${encodeURIComponent(idOf(exchanged))}?span=31d`)
    await page.locator('.meter-caption').getByText('/31').waitFor()
    const shown = new Map((await tableOf(screen)).map(({ day, usage }) => [day, usage]))
    const drawn = await hoverBars(screen)
    expect(drawn.size).toBeGreaterThan(25)
    for (const [day, usage] of drawn) expect({ day, usage }).toEqual({ day, usage: shown.get(day) })
  })

  it('leaves days without a reading empty, in figure and word', async () => {
    await screen.goto(`/meters/${encodeURIComponent(idOf(withGap))}?span=12m`)
    const { page } = screen
    await expect.poll(() => covered(page), { timeout: FIRST_MS, interval: 200 }).toBeGreaterThan(340)
    const shown = await tableOf(screen)
    const gaps = shown.filter(({ state }) => state === '无读数')
    expect(gaps.length).toBeGreaterThanOrEqual(withGap.gap?.days ?? 99)
    expect(gaps.every(({ usage }) => usage === null)).toBe(true)
    const { rows } = await usageOf(host, idOf(withGap))
    // today has no reading yet: its bucket is still running, which is no gap
    const past = rows.slice(0, -1)
    expect(gaps).toHaveLength(past.filter(({ state }) => state === 'gap').length)
    await page.locator('.meter-legend').getByText('无读数').waitFor()
  })

  it('finds a meter by keys alone', async () => {
    const { page } = screen
    await screen.goto('/')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type(withGap.tableNo)
    await page.getByRole('option', { selected: true }).getByText(withGap.tableNo).first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: withGap.tableNo, level: 1 }).waitFor()
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#/meters/${idOf(withGap)}`)
  })

  it('names its keys on F1, and Esc steps back', async () => {
    const { page } = screen
    await screen.goto('/meters')
    await page.keyboard.press('F1')
    const sheet = page.getByRole('dialog', { name: '本页按键' })
    await sheet.getByText('上下移动').waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await page.getByRole('grid', { name: '表计' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.getByText('最近 14 天用量').waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
  })

  it('shows where the focus is', async () => {
    const { page } = screen
    await screen.goto('/meters')
    await page.locator('.sd-skip').focus()
    for (let i = 0; i < 14; i++) {
      await page.keyboard.press('Tab')
      expect(await focusShown(page)).toEqual({ visible: true })
    }
  })

  it('cancels a running sync and goes on with it', async () => {
    const { page } = screen
    await screen.goto('/sync')
    const card = page.getByRole('region', { name: '远程抄表' })
    const bar = card.getByRole('progressbar')
    await bar.waitFor()
    const before = await doneOf(page)
    await expect.poll(() => doneOf(page), POLL).toBeGreaterThan(before)
    await card.getByRole('button', { name: /取\s*消/ }).click()
    await bar.waitFor({ state: 'detached' })
    const cancelled = (await host.api('jobs.list', { kind: 'sync.imr', limit: 1 })).rows[0]
    expect(cancelled?.state).toBe('cancelled')
    await card.getByRole('button', { name: /立即同步|继续上次/ }).click()
    await bar.waitFor()
    await page.getByRole('tab', { name: '记录' }).click()
    const list = page.getByRole('grid', { name: '任务记录' })
    await list.getByText('进行中').first().waitFor()
    await list.locator('.sd-grid-row').first().click()
    await page.getByRole('dialog').getByText('报告').waitFor()
    await page.keyboard.press('Escape')
  })

  it('goes on without the vendor: every screen works and says as of when', async () => {
    const { page } = screen
    await host.api('demo.fault', { kind: 'down', on: true })
    await expect.poll(async () => (await imr())?.state, POLL).toMatch(/offline|failing/)
    await status()
      .getByText(/远程抄表 (离线|出错)/)
      .waitFor()
    for (const route of routesOf(idOf(exchanged))) {
      await screen.goto(route)
      await settled(page)
      expect(await page.locator('.ant-spin-spinning').count(), route).toBe(0)
      if (route !== '/style')
        expect(await page.locator('.sd-main [role=alert]:not(:empty)').count(), route).toBe(0)
      expect((await page.locator('.sd-main').innerText()).length, route).toBeGreaterThan(20)
    }
    for (const route of ['/', '/meters', `/meters/${encodeURIComponent(idOf(exchanged))}`]) {
      await screen.goto(route)
      await page
        .locator('.sd-main .sd-chip')
        .getByText(/截至 \d\d-\d\d \d\d:\d\d/)
        .first()
        .waitFor()
    }
    expect((await tableOf(screen)).length).toBe(31)
    // days that are not here and cannot be fetched now: words, no spinner
    const before = formatDay(Date.now() - 700 * DAY, ZONE)
    await screen.goto(
      `/meters/${encodeURIComponent(idOf(exchanged))}?span=custom&from=${before}&last=${before}`,
    )
    await page.locator('.meter-caption').getByText('连不上对方系统，显示本地数据').waitFor()
    expect(await page.locator('.ant-spin-spinning').count()).toBe(0)
  })

  it('is live again when the vendor is back', async () => {
    const { page } = screen
    await host.api('demo.fault', { kind: 'down', on: false })
    await screen.goto('/sync')
    const card = page.getByRole('region', { name: '远程抄表' })
    const start = card.getByRole('button', { name: /立即同步|继续上次/ })
    // a run that waited for the vendor goes on by itself
    await start.or(card.locator('.sync-running')).first().waitFor()
    if (await start.isVisible()) await start.click()
    await status().getByText('远程抄表 在线').waitFor()
    expect((await imr())?.state).toBe('live')
  })
})

const POLL = { timeout: 20_000, interval: 100 }

/** Buckets with a figure, as the caption says. */
async function covered(page: Screen['page']): Promise<number> {
  const text = await page.locator('.meter-caption').innerText({ timeout: 10_000 })
  return Number(/覆盖 (\d+)\//.exec(text)?.[1] ?? 0)
}

async function doneOf(page: Screen['page']): Promise<number> {
  const text = await page.locator('.sync-running').first().innerText()
  return Number(/(\d+) \/ \d+ 段|已取 (\d+) 段/.exec(text)?.slice(1).find(Boolean) ?? 0)
}

async function usageOf(host: ConsoleHost, id: string) {
  const to = startOfDay(Date.now(), ZONE) + DAY
  const last = new Date(to + ZONE)
  last.setUTCFullYear(last.getUTCFullYear() - 1)
  const from = last.getTime() - ZONE
  const { rows } = await host.api('meters.usage', { meterIds: [id], from, to, bucket: 'day' })
  return { rows, days: rows.map(({ bucket }) => formatDay(bucket, ZONE)) }
}

/** The table under the chart, oldest first. */
async function tableOf(screen: Screen) {
  const rows = await allRows(screen.page.getByRole('grid', { name: '用量' }))
  return rows.toReversed().map(([day = '', usage = '', state = '']) => ({
    day: day.slice(0, 10),
    usage: usage === '—' ? null : usage.replaceAll(',', ''),
    state,
  }))
}

/** What the chart says when the pointer goes over it from left to right: day → usage. */
async function hoverBars({ page }: Screen): Promise<Map<string, string | null>> {
  const chart = page.getByRole('img', { name: /用量图/ })
  await chart.scrollIntoViewIfNeeded()
  await chart.locator('canvas').first().waitFor()
  const box = await chart.boundingBox()
  const found = new Map<string, string | null>()
  if (!box) return found
  for (let x = 30; x < box.width; x += 16) {
    await page.mouse.move(box.x + x, box.y + box.height / 2)
    const text = await chart.evaluate((element) => {
      const tip = [...element.querySelectorAll('div')].find((div) => div.querySelector(':scope > b'))
      return tip ? [...tip.querySelectorAll('b, span')].map((part) => part.textContent ?? '') : null
    })
    const day = text?.[0]?.slice(0, 10)
    if (day) found.set(day, /^[\d.]+/.exec(text?.[2] ?? '')?.[0] ?? null)
  }
  return found
}

/** Whether the focused element shows it: an outline, a ring, or an edge of its own. */
const focusShown = (page: Screen['page']) =>
  page.evaluate(() => {
    const shows = (element: Element | null): boolean => {
      if (!element) return false
      const style = getComputedStyle(element)
      return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none'
    }
    const { activeElement: at } = document
    const visible = shows(at) || shows(at?.closest('.ant-select, .ant-input-affix-wrapper') ?? null)
    return visible ? { visible } : { visible, html: at?.outerHTML.slice(0, 200) }
  })
