import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { describeInBrowser } from '../fixtures/browser.ts'
import { openRechargeSite, type RechargeSite } from './recharge-site.ts'

const PT_PER_MM = 72 / 25.4
/** Chromium lays pages out in whole CSS px of 1/96 inch: less than a quarter of a millimetre. */
const PX_MM = 25.4 / 96

interface Box {
  readonly width: number
  readonly height: number
}

/** The page sizes of a PDF in mm; Chromium writes page objects uncompressed. */
function pagesOf(pdf: Buffer): Box[] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)
  return [...boxes].map(([, width, height]) => ({
    width: Number(width) / PT_PER_MM,
    height: Number(height) / PT_PER_MM,
  }))
}

describeInBrowser('receipts as PDF', () => {
  let site: RechargeSite
  let intentId: string
  beforeAll(async () => {
    site = await openRechargeSite()
    const { rows } = (await site.call('rooms.search', { query: '梅1-517' })) as { rows: { id: string }[] }
    intentId = crypto.randomUUID()
    const sale = { intentId, roomId: rows[0]?.id ?? '', amountFen: 12_350, tender: 'card' }
    await site.call('recharge.create', sale)
    await vi.waitFor(
      async () => {
        const { state } = (await site.call('recharge.get', { id: intentId })) as { state: string }
        if (state !== 'APPLIED') throw new Error(`the recharge is ${state}`)
      },
      { timeout: 20_000, interval: 100 },
    )
  })
  afterAll(() => site.close())

  async function pdfOf(paper: string): Promise<{ pages: Box[]; contentMm: number }> {
    await site.goto(`/print/receipt/${intentId}?paper=${paper}`)
    const sheet = site.page.locator(`.rp[data-paper=${paper}]`)
    await sheet.waitFor()
    const px = await sheet.evaluate((element) => element.getBoundingClientRect().height)
    const pdf = await site.page.pdf({ preferCSSPageSize: true, printBackground: true })
    return { pages: pagesOf(pdf), contentMm: px * PX_MM }
  }

  it.each([
    ['roll58', 58],
    ['roll80', 80],
  ])('a %s is %i mm wide, one page, as long as what stands on it', async (paper, width) => {
    const { pages, contentMm } = await pdfOf(paper)
    expect(pages).toHaveLength(1)
    expect(Math.abs((pages[0]?.width ?? 0) - width)).toBeLessThan(PX_MM)
    const height = pages[0]?.height ?? 0
    expect(height).toBeGreaterThanOrEqual(contentMm)
    expect(height - contentMm).toBeLessThan(2 + PX_MM)
  })

  it('half an A4 sheet is 210 × 148.5 mm, one page', async () => {
    const { pages } = await pdfOf('a4half')
    expect(pages).toHaveLength(1)
    expect(Math.abs((pages[0]?.width ?? 0) - 210)).toBeLessThan(PX_MM)
    expect(Math.abs((pages[0]?.height ?? 0) - 148.5)).toBeLessThan(PX_MM)
  })

  it('prints the sheet alone: nothing of the console stands on the paper', async () => {
    await site.goto(`/print/receipt/${intentId}?paper=roll80`)
    await site.page.locator('.rp').waitFor()
    expect(await site.page.getByRole('navigation').count()).toBe(0)
    expect(await site.page.locator('.rp').textContent()).toContain('壹佰贰拾叁元伍角')
  })
})
