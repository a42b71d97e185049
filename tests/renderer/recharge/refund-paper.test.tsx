import { screen } from '@testing-library/react'
import { Route, Routes } from 'react-router'
import { describe, expect, it } from 'vitest'
import { PrintRefund } from '../../../src/renderer/features/recharge/receipts/PrintRefund.tsx'
import { RefundPaper } from '../../../src/renderer/features/recharge/records/RecordBody.tsx'
import { renderPart } from '../render.tsx'
import { intent, NOW } from './fixtures.ts'

const REFUND = {
  id: 'f1',
  intentId: 'i1',
  reason: '充错了房间',
  requestedBy: '张三',
  requestedAt: NOW,
  state: 'posted',
  decidedBy: '李主管',
  decidedAt: NOW,
  decisionReason: '同意',
  postedNote: '平台凭证 88',
  postedBy: '李主管',
  postedAt: NOW,
} as const
const sale = (more = {}) => intent('i1', 'APPLIED', { amountFen: 123_456, ...more })
const open = (data: ReturnType<typeof sale>) =>
  renderPart(
    <Routes>
      <Route path="/print/refund/:intentId" element={<PrintRefund />} />
    </Routes>,
    { url: '/print/refund/i1', answers: { 'recharge.get': () => data } },
  )

describe('the paper of a refund', () => {
  it('says what is given back, why, and who stands for it', async () => {
    open(sale({ refund: REFUND }))
    await screen.findByText('充错了房间')
    const text = document.body.textContent
    for (const part of [
      '退款单',
      'SD000000000001',
      '东区 / 1号楼 / 102',
      '¥1234.56',
      '壹仟贰佰叁拾肆元伍角陆分',
      '张三',
      '李主管',
      '平台凭证 88',
      '领款人',
    ])
      expect(text).toContain(part)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /打印/ }).disabled).toBe(false)
  })

  it('is none without a refund', async () => {
    open(sale())
    expect(await screen.findByText('这笔充值没有退款')).toBeTruthy()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /打印/ }).disabled).toBe(true)
  })

  it('is reached from the sale once somebody asked for one', () => {
    renderPart(<RefundPaper intent={sale({ refund: REFUND })} />)
    expect(screen.getByText('打印退款单').closest('a')?.getAttribute('href')).toBe('/print/refund/i1')
  })
})
