import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faceOf, runsOf } from '../../../src/renderer/features/labels/face.ts'
import { fit, LINE, measure, wrap } from '../../../src/renderer/features/labels/fit.ts'
import { codesOf, contentsOf, pageCount, pagesOf } from '../../../src/renderer/features/labels/sheets.ts'
import { standardLabels } from '#core/labels/standard.ts'

const settings = standardLabels('测试园区')
const words = { manager: '扫码绑定', user: '扫码充电' }
const content = (alias: string, code = '60010001') => ({
  code,
  alias,
  title: '测试园区',
  kind: '扫码充电',
  text: code,
})

describe('text on a label', () => {
  it('fits its room whatever it says, and loses nothing unless it is marked', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('竹', '园', 'A', '1', ' ', '-'), maxLength: 60 }),
        fc.double({ min: 6, max: 60, noNaN: true }),
        fc.double({ min: 3, max: 40, noNaN: true }),
        (text, width, height) => {
          const { size, lines } = fit(text, { width, height, most: 6, least: 1.8 })
          expect(lines.length * size * LINE).toBeLessThanOrEqual(height + 1e-9)
          for (const line of lines) expect(measure(line) * size).toBeLessThanOrEqual(width + 1e-9)
          const shown = lines.join('').replaceAll(' ', '')
          if (lines.length > 0 && !shown.endsWith('…')) expect(shown).toBe(text.replaceAll(' ', ''))
        },
      ),
    )
  })

  it('breaks between words, and inside one that is too long', () => {
    expect(wrap('Building 4 floor 12', 5, 1)).toEqual(['Building', '4 floor', '12'])
    expect(wrap('竹园1栋3层', 3, 1)).toEqual(['竹园1', '栋3层'])
  })
})

describe.each(settings.layouts)('a label of $name', (layout) => {
  it.each(['', '竹园1栋1层', '竹园'.repeat(30)])('stays within its edges with the alias %j', (alias) => {
    const { qr, texts } = faceOf(layout, content(alias))
    expect(qr.x).toBeGreaterThanOrEqual(0)
    expect(qr.x + qr.size).toBeLessThanOrEqual(layout.labelWidth)
    expect(qr.y + qr.size).toBeLessThanOrEqual(layout.labelHeight)
    expect(texts[0]).toMatchObject({ text: '60010001', style: 'code' })
    expect(texts[0]?.size).toBeGreaterThanOrEqual(2.4)
    for (const { x, y, size, text, centred } of texts) {
      const width = measure(text) * size
      expect(centred ? x - width / 2 : x).toBeGreaterThanOrEqual(-1e-9)
      expect(centred ? x + width / 2 : x + width).toBeLessThanOrEqual(layout.labelWidth + 1e-9)
      expect(y).toBeLessThanOrEqual(layout.labelHeight)
      expect(y - size).toBeGreaterThanOrEqual(-0.5)
    }
  })
})

it('the words stand under the QR on a label that is higher than wide', () => {
  const { qr, texts } = faceOf({ labelWidth: 30, labelHeight: 50, qrSize: 27 }, content('东门'))
  expect(qr.x).toBeCloseTo(1.5)
  for (const { y, centred } of texts) {
    expect(y).toBeGreaterThan(qr.y + qr.size)
    expect(centred).toBe(true)
  }
})

it('runs of dark modules are the same picture', () => {
  const rows = [
    [true, true, false, true],
    [false, false, false, false],
    [false, true, true, true],
  ]
  expect(runsOf(rows)).toEqual([
    { x: 0, y: 0, length: 2 },
    { x: 3, y: 0, length: 1 },
    { x: 1, y: 2, length: 3 },
  ])
})

describe('sheets', () => {
  const layout = settings.layouts[0]
  const devices = Array.from({ length: 20 }, (_, i) => ({ deviceCode: String(100 + i), alias: '' }))
  const contents = contentsOf(
    devices,
    'both',
    { ...settings, userUrl: 'https://127.0.0.1/c?q={code}' },
    words,
  )

  it('put both codes of a charger side by side', () => {
    expect(contents.slice(0, 2).map(({ text, kind }) => [text, kind])).toEqual([
      ['100', '扫码绑定'],
      ['https://127.0.0.1/c?q=100', '扫码充电'],
    ])
  })

  it('begin at the chosen place and go on to the next page', () => {
    if (!layout) throw new Error('no layout')
    const pages = pagesOf(layout, contents, 23)
    expect(pages.map((page) => page.length)).toEqual([2, 24, 14])
    expect(pages[0]?.[0]).toMatchObject({ x: 70, y: 259.5 })
    expect(pageCount(layout, contents.length, 23)).toBe(3)
    expect(pagesOf(layout, contents, 23, { first: 2, count: 1 })[0]).toHaveLength(14)
    expect(pageCount(layout, 0, 5)).toBe(0)
  })

  it('take codes from the address, each once', () => {
    expect(codesOf('1,2,,2 ,3')).toEqual(['1', '2', '3'])
    expect(codesOf(null)).toEqual([])
  })
})
