import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabelLayout } from '#shared/contract/labels.ts'
import { placeLabels } from '#shared/labels.ts'
import { describeInBrowser } from '../fixtures/browser.ts'
import { readPdf } from '../fixtures/label-pdf.ts'
import { pageSizes } from '../fixtures/pdf-pages.ts'
import { readQr, readQrPixels } from '../fixtures/qr.ts'
import { startConsole, type ConsoleHost } from './support/console.ts'
import { closeBrowser, openScreen, seriousViolations, type Screen } from './support/page.ts'

const TENTH = 0.1
/** Chromium rounds the pages it prints to whole points, and counts in 1/300 inch */
const ROUNDING_MM = 25.4 / 72 / 2 + 25.4 / 300
const CODES = ['60010001', '60010002', '60010003']
const MANAGER = 'https://127.0.0.1/bind?deviceCode='

describeInBrowser('labels on paper', () => {
  let host: ConsoleHost
  let screen: Screen
  let layouts: LabelLayout[]
  let loads = 0
  beforeAll(async () => {
    host = await startConsole({ demo: true })
    await host.signIn('demo', '135790')
    const settings = await host.api('labels.settings', {})
    layouts = settings.layouts
    await host.api('labels.save', { ...settings, managerUrl: `${MANAGER}{code}` })
    screen = await openScreen(host, { language: 'zh-CN' })
  })
  afterAll(async () => {
    await screen?.close()
    await closeBrowser()
    await host?.stop()
  })

  async function openPaper(index: number, start: number): Promise<LabelLayout> {
    const layout = layouts[index]
    if (!layout) throw new Error(`there is no paper ${index}`)
    const settings = await host.api('labels.settings', {})
    await host.api('labels.save', { ...settings, chosen: layout.name })
    // A load of its own: two papers of one size look alike while the page still has the one before, and a reload
    // right after a mere change of the hash may load the address of before it.
    loads += 1
    await screen.page.goto(
      `${host.url}/?load=${loads}#/chargers/labels/print?codes=${CODES.join(',')}&kind=both&start=${start}`,
    )
    const box = `0 0 ${layout.pageWidth} ${layout.pageHeight}`
    await screen.page.locator(`.label-sheet[viewBox="${box}"]`).first().waitFor()
    await screen.page.locator('.label-qr').nth(5).waitFor()
    return layout
  }

  describe.each([
    [0, 22],
    [1, 1],
    [2, 1],
    [4, 1],
  ])('on paper %i from place %i on', (index, start) => {
    it('has the PDF to 0.1 mm: pages, places and modules; the codes read', async () => {
      const layout = await openPaper(index, start)
      const { page } = screen
      const saved = page.waitForEvent('download')
      await page.getByRole('button', { name: '存为 PDF' }).click()
      const bytes = readFileSync(await (await saved).path())
      const pdf = readPdf(bytes)
      // the demo is no real site: every label says so, behind its code
      expect(bytes.toString('latin1').match(/^q 0\.83 g .*Do Q Q$/gm)).toHaveLength(CODES.length * 2)
      expect(await page.locator('.label-mark').count()).toBe(CODES.length * 2)
      const places = placeLabels(layout, CODES.length * 2, start)
      expect(pdf).toHaveLength((places.at(-1)?.page ?? 0) + 1)
      const texts: string[] = []
      const labels = pdf.flatMap((one, number) => one.labels.map((label) => ({ ...label, number })))
      for (const { width, height } of pdf) {
        expect(Math.abs(width - layout.pageWidth)).toBeLessThan(TENTH)
        expect(Math.abs(height - layout.pageHeight)).toBeLessThan(TENTH)
      }
      for (const [i, label] of labels.entries()) {
        const place = places[i]
        expect(label.number).toBe(place?.page)
        expect(Math.abs(label.x - (place?.x ?? Number.NaN))).toBeLessThan(TENTH)
        expect(Math.abs(label.y - (place?.y ?? Number.NaN))).toBeLessThan(TENTH)
        const edge = layout.qrSize / (1 + 8 / modulesOf(label.boxes))
        const wide =
          Math.max(...label.boxes.map(({ x, width }) => x + width)) -
          Math.min(...label.boxes.map(({ x }) => x))
        expect(Math.abs(wide - edge)).toBeLessThan(TENTH)
        texts.push(...(await readQrPixels(label.pixels(TENTH, layout.labelWidth, layout.labelHeight))))
      }
      expect(texts).toEqual(CODES.flatMap((code) => [`${MANAGER}${code}`, code]))
    })

    it('prints the same from the page: size, and codes of the right size in the right place', async () => {
      const layout = await openPaper(index, start)
      const { page } = screen
      const sizes = pageSizes(await page.pdf({ preferCSSPageSize: true, printBackground: true }))
      const places = placeLabels(layout, CODES.length * 2, start)
      expect(sizes).toHaveLength((places.at(-1)?.page ?? 0) + 1)
      for (const { width, height } of sizes) {
        expect(Math.abs(width - layout.pageWidth)).toBeLessThan(ROUNDING_MM)
        expect(Math.abs(height - layout.pageHeight)).toBeLessThan(ROUNDING_MM)
      }
      const drawn = await page.locator('.label-qr').evaluateAll((codes) =>
        codes.map((code) => {
          const sheet = code.closest('svg')?.getBoundingClientRect()
          const box = code.getBoundingClientRect()
          const mm = (px: number) => (px * 25.4) / 96
          const label = code.parentElement?.getAttribute('transform') ?? ''
          return {
            wide: mm(box.width),
            left: mm(box.left - (sheet?.left ?? 0)),
            modules: Number(code.getAttribute('data-modules')),
            label,
          }
        }),
      )
      for (const [i, { wide, modules, label }] of drawn.entries()) {
        const module = layout.qrSize / modules
        expect(Math.abs(wide - (modules - 8) * module)).toBeLessThan(TENTH)
        expect(label).toBe(`translate(${places[i]?.x} ${places[i]?.y})`)
      }
    })
  })

  it('calibrates by a page of the exact size, with a rule of ten centimetres', async () => {
    const layout = await openPaper(0, 1)
    const { page } = screen
    await page.goto(`${host.url}/#/chargers/labels/print?codes=${CODES.join(',')}&calibrate=1`)
    await page.locator('.label-rule').waitFor()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: '存为 PDF' }).click()
    const pdf = readFileSync(await (await saved).path())
    const [size, ...others] = pageSizes(pdf)
    expect(others).toEqual([])
    expect(Math.abs((size?.width ?? 0) - layout.pageWidth)).toBeLessThan(TENTH)
    expect(Math.abs((size?.height ?? 0) - layout.pageHeight)).toBeLessThan(TENTH)
    const lines = [...pdf.toString('latin1').matchAll(/^([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S$/gm)]
    const across = lines.filter(([, , y1, , y2]) => y1 === y2).map(([, x1, , x2]) => Number(x2) - Number(x1))
    expect(Math.max(...across)).toBeCloseTo(100, 3)
    expect(pdf.toString('latin1').match(/ re S$/gm)).toHaveLength(layout.rows * layout.columns)
  })

  it('can be read off the screen by a phone', async () => {
    await openPaper(2, 1)
    const sheet = screen.page.locator('.label-sheet').first()
    await sheet.evaluate((element) => {
      element.setAttribute('style', 'width: 600px; height: 400px')
    })
    expect(await readQr(await sheet.screenshot())).toEqual([`${MANAGER}60010001`])
  })

  it('comes as pictures too, each with its code', async () => {
    const { page } = screen
    await screen.page.goto(`${host.url}/#/chargers/labels?codes=${CODES.join(',')}&kind=user`)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载图片（ZIP）' }).click()
    const files = unzipSync(readFileSync(await (await saved).path()))
    const png = files['60010002-用户.png']
    if (!png) throw new Error(`no such picture in ${Object.keys(files).join()}`)
    expect(await readQr(png)).toEqual(['60010002'])
    expect(await seriousViolations(page)).toEqual([])
    expect(screen.problems()).toEqual([])
  })
})

/** Modules of a code without its white: the narrowest run is one wide. */
const modulesOf = (boxes: readonly { x: number; width: number; height: number }[]): number => {
  const module = boxes[0]?.height ?? Number.NaN
  const wide = Math.max(...boxes.map(({ x, width }) => x + width)) - Math.min(...boxes.map(({ x }) => x))
  return Math.round(wide / module)
}
