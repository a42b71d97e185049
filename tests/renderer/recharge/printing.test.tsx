import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ReceiptActions } from '../../../src/renderer/features/recharge/receipts/ReceiptActions.tsx'
import { TemplatePage } from '../../../src/renderer/features/recharge/receipts/TemplatePage.tsx'
import { TestPage } from '../../../src/renderer/features/recharge/receipts/TestPage.tsx'
import type { SitedeskBridge } from '../../../src/shared/bridge.ts'
import type { Receipt } from '../../../src/shared/contract/receipts.ts'
import type { Answers } from '../fake-client.ts'
import { renderPart } from '../render.tsx'
import { receipt } from './fixtures.ts'

const onPaper: string[] = []
const print = vi.fn<() => void>(() => {
  onPaper.push(document.querySelector('.sd-print')?.textContent ?? '')
})
beforeEach(() => {
  localStorage.clear()
  onPaper.length = 0
  vi.stubGlobal('print', print)
})
afterEach(() => vi.unstubAllGlobals())

const desktop = (answer: Awaited<ReturnType<NonNullable<SitedeskBridge['print']>>>) =>
  vi.stubGlobal('sitedesk', { print: () => Promise.resolve(answer) })
const show = (now: Receipt, answers: Answers = {}) => {
  const page = renderPart(<ReceiptActions intentId="i1" printed={now.state === 'printed'} />, {
    answers: { 'receipts.get': () => now, 'receipts.printed': () => now, ...answers },
  })
  const said = () =>
    page.calls.filter(({ operation }) => operation === 'receipts.printed').map(({ input }) => input)
  return { ...page, said }
}
const click = (name: RegExp | string) => userEvent.click(screen.getByRole('button', { name }))

it('a PDF counts like a paper, so that the next one is marked', async () => {
  const { said } = show(receipt({ state: 'printed', copies: 1 }))
  await click('PDF')
  await screen.findByText('已交给浏览器打印')
  expect(onPaper).toEqual([expect.stringContaining('补打 2')])
  expect(said()).toEqual([{ id: 'rc1', ok: true }])
})

it('a PDF that was not made says why, and counts for nothing', async () => {
  desktop({ ok: false, reason: 'failed' })
  const { said } = show(receipt())
  await click('PDF')
  await screen.findByText('打印机没有接受')
  expect(said()).toEqual([{ id: 'rc1', ok: false, reason: 'failed' }])
})

it('what did not come out is told to the core, and where it stands then', async () => {
  let now = receipt()
  const { said } = show(now, {
    'receipts.printed': ({ ok }: { ok: boolean }) => (now = receipt({ state: ok ? 'printed' : 'waiting' })),
  })
  await click('打印')
  await userEvent.click(await screen.findByRole('button', { name: '没有打出来' }))
  await screen.findByText('收据没有打出来，已放进待打印')
  expect(said()).toEqual([
    { id: 'rc1', ok: true },
    { id: 'rc1', ok: false, reason: 'notReported' },
  ])
})

it('a reprint that did not come out is not said to wait', async () => {
  desktop({ ok: false, reason: 'noPrinter' })
  show(receipt({ state: 'printed', copies: 0 }))
  await click('补打')
  expect(await screen.findByText('收据没有打出来')).toBeTruthy()
})

it('the template shows the numbers as they will be', async () => {
  const { template } = receipt()
  renderPart(<TemplatePage />, { answers: { 'receipts.template': () => template } })
  await screen.findByText('R20260301-0001')
  await userEvent.click(screen.getByRole('radio', { name: '一直连续' }))
  await screen.findByText('R000001')
})

it('a test page tries paper and printer of this computer, and is no receipt', async () => {
  const { template } = receipt()
  const page = renderPart(<TestPage />, { answers: { 'receipts.template': () => template } })
  await click('打印测试页')
  await screen.findByText('已交给浏览器打印')
  expect(onPaper).toEqual([expect.stringContaining('测试页')])
  expect(onPaper[0]).toContain('长 48 毫米')
  expect(page.calls.map(({ operation }) => operation)).toEqual(['receipts.template'])
  desktop({ ok: false, reason: 'noPrinter' })
  await click('打印测试页')
  await screen.findByText('没有找到打印机')
})
