import { render } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { pageOf, pageRule } from '../../../src/renderer/features/recharge/receipts/paper-size.ts'
import { ReceiptPaper } from '../../../src/renderer/features/recharge/receipts/ReceiptPaper.tsx'
import type { Receipt } from '../../../src/shared/contract/receipts.ts'
import { NOW, receipt } from './fixtures.ts'

const paper = (data: Receipt) =>
  render(<ReceiptPaper receipt={data} paper={data.template.paper} zone={8 * 3_600_000} now={NOW} />).container
const text = (data: Receipt) => paper(data).textContent

describe('what stands on a receipt', () => {
  it('number, room, amount in figures and words, operator, order and its QR', () => {
    const page = paper(receipt())
    for (const part of [
      'R20260301-0001',
      '东区 / 1号楼 / 102',
      '¥1234.56',
      '壹仟贰佰叁拾肆元伍角陆分',
      '张三',
      'SD000000000001',
      '000000001234',
      '测试物业',
      '请妥善保管',
      '2026-03-01 12:00:00',
    ])
      expect(page.textContent).toContain(part)
    expect(page.querySelector('svg[aria-label="SD000000000001"] path')?.getAttribute('d')).toMatch(/^M\d/)
  })

  it('leaves out what the template does not want', () => {
    const { template } = receipt()
    const plain = { ...template, showBalance: false, showQr: false, showOperator: false }
    const page = paper(receipt({ template: plain }))
    expect(page.querySelector('svg')).toBeNull()
    expect(page.textContent).not.toContain('余额')
    expect(page.textContent).not.toContain('张三')
  })

  it('marks a reprint with its count, and never the first', () => {
    expect(text(receipt())).not.toContain('补打')
    expect(text(receipt({ state: 'printed', copies: 0 }))).toContain('补打 1')
    expect(text(receipt({ state: 'printed', copies: 2 }))).toContain('补打 3')
  })

  it('says that the balance is to come rather than a wrong one', () => {
    expect(text(receipt({ balanceAfterFen: null }))).toContain('待更新')
  })

  it('gives a roll the length of its content and a sheet its own', () => {
    expect(pageOf('roll58', 378)).toEqual({ width: 58, height: 102 })
    expect(pageOf('roll80', 378)).toEqual({ width: 80, height: 102 })
    expect(pageRule(pageOf('a4half', 5000))).toBe('@page { size: 210mm 148.5mm; margin: 0 }')
  })
})
