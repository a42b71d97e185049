import { describe, expect, it } from 'vitest'
import { standardLabels } from '#core/labels/standard.ts'
import { calibrationPdf } from '../../../src/renderer/features/labels/calibration-pdf.ts'
import { markOf, type FaceText } from '../../../src/renderer/features/labels/face.ts'
import { labelPdf, type Rasterise } from '../../../src/renderer/features/labels/pdf.ts'
import { contentsOf, pagesOf } from '../../../src/renderer/features/labels/sheets.ts'
import { readPdf } from '../../fixtures/label-pdf.ts'
import { readQrPixels } from '../../fixtures/qr.ts'

const settings = { ...standardLabels('测试园区'), managerUrl: 'https://127.0.0.1/bind?deviceCode={code}' }
const words = { manager: '绑定', user: '充电' }
const devices = [
  { deviceCode: '60010001', alias: '竹园1栋' },
  { deviceCode: '60010002', alias: '' },
]
const TENTH = 0.1

describe.each(settings.layouts)('the PDF of $name', (layout) => {
  const pages = pagesOf(layout, contentsOf(devices, 'both', settings, words), 1)
  const made = labelPdf(layout, pages, (text) =>
    Promise.resolve({
      x: text.x,
      y: text.y - text.size,
      width: 1,
      height: 1,
      columns: 8,
      rows: 1,
      data: new Uint8Array(1),
    }),
  ).then(async (blob) => readPdf(new Uint8Array(await blob.arrayBuffer())))

  it('has pages of the size of the paper to 0.1 mm', async () => {
    const pdf = await made
    expect(pdf).toHaveLength(pages.length)
    for (const { width, height } of pdf) {
      expect(Math.abs(width - layout.pageWidth)).toBeLessThan(TENTH)
      expect(Math.abs(height - layout.pageHeight)).toBeLessThan(TENTH)
    }
  })

  it('has each QR where its label is, in modules of the right size to 0.1 mm, and it reads', async () => {
    const texts: string[] = []
    for (const [i, page] of (await made).entries()) {
      expect(page.labels).toHaveLength(pages[i]?.length ?? 0)
      for (const [k, label] of page.labels.entries()) {
        const placed = pages[i]?.[k]
        if (!placed) throw new Error('a label that nobody placed')
        const { qr } = placed.face
        const module = qr.size / qr.rows.length
        const left = Math.min(...label.boxes.map(({ x }) => x))
        const right = Math.max(...label.boxes.map(({ x, width }) => x + width))
        // four modules of white on either side
        expect(Math.abs(label.x + left - (placed.x + qr.x + 4 * module))).toBeLessThan(TENTH)
        expect(Math.abs(right - left - (qr.size - 8 * module))).toBeLessThan(TENTH)
        for (const { height } of label.boxes) expect(Math.abs(height - module)).toBeLessThan(0.001)
        texts.push(...(await readQrPixels(label.pixels(0.1, layout.labelWidth, layout.labelHeight))))
      }
    }
    expect(texts).toEqual([
      'https://127.0.0.1/bind?deviceCode=60010001',
      '60010001',
      'https://127.0.0.1/bind?deviceCode=60010002',
      '60010002',
    ])
  })
})

it('carries the mark of practice behind each label, and only there', async () => {
  const layout = settings.layouts[0]
  if (!layout) throw new Error('no layout')
  const pages = pagesOf(layout, contentsOf(devices, 'both', settings, words), 1)
  const rasterise: Rasterise = ({ x, y }) =>
    Promise.resolve({ x, y, width: 10, height: 5, columns: 8, rows: 1, data: new Uint8Array(1) })
  const text = async (blob: Promise<Blob>) => Buffer.from(await (await blob).arrayBuffer()).toString('latin1')
  const mark = markOf(layout, '练习')
  expect(mark.size * 2).toBeLessThanOrEqual(layout.labelWidth)
  expect(mark.y).toBeLessThan(layout.labelHeight)
  const grey = /^q 1 0 0 1 .* cm\nq 0\.83 g /gm
  expect((await text(labelPdf(layout, pages, rasterise, mark))).match(grey)).toHaveLength(4)
  expect((await text(labelPdf(layout, pages, rasterise))).match(grey)).toBeNull()
  const rule = async (on: FaceText | null) => text(calibrationPdf(layout, '10 cm', rasterise, on))
  expect((await rule(mark)).match(/0\.83 g/g)).toHaveLength(layout.rows * layout.columns)
  expect(await rule(null)).not.toContain('0.83 g')
})

it('says where each of its objects begins', async () => {
  const layout = settings.layouts[0]
  if (!layout) throw new Error('no layout')
  const blob = await labelPdf(layout, pagesOf(layout, contentsOf(devices, 'user', settings, words), 1), () =>
    Promise.resolve(null),
  )
  const text = Buffer.from(await blob.arrayBuffer()).toString('latin1')
  const at = Number(/startxref\n(\d+)\n/.exec(text)?.[1])
  expect(text.slice(at, at + 4)).toBe('xref')
  const offsets = [...text.slice(at).matchAll(/^(\d{10}) 00000 n/gm)].map(([, offset]) => Number(offset))
  expect(offsets.length).toBeGreaterThan(3)
  offsets.forEach((offset, i) => expect(text.slice(offset).startsWith(`${i + 1} 0 obj`)).toBe(true))
})
