import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes, useLocation } from 'react-router'
import { describe, expect, it } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import { ShiftDesk } from '../../../src/renderer/features/shifts/ShiftDesk.tsx'
import { ShiftPage } from '../../../src/renderer/features/shifts/ShiftPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { shiftReport, shiftRow } from './report.ts'

const Where = () => <output>{useLocation().pathname}</output>

const open = (change: Answers = {}) =>
  renderPart(
    <>
      <Routes>
        <Route path="/" element={<ShiftDesk />} />
        <Route path="*" element={null} />
      </Routes>
      <Where />
    </>,
    {
      answers: {
        'shifts.current': () => ({ shift: shiftRow() }),
        'shifts.report': () => shiftReport(),
        'shifts.list': () => ({ total: 0, rows: [] }),
        'shifts.close': () => shiftReport({ state: 'closed' }),
        'shifts.open': () => shiftRow(),
        'shifts.cash': () => ({ id: 'm2' }),
        ...change,
      },
    },
  )

const callsOf = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)

describe('a shift', () => {
  it('is opened with what lies in the drawer, zero too', async () => {
    const page = open({ 'shifts.current': () => ({ shift: null }) })
    const float = await screen.findByLabelText('备用金（元）')
    await userEvent.click(screen.getByText('开班'))
    expect(screen.getByText('请输入金额。')).toBeTruthy()
    await userEvent.type(float, '200.5{Enter}')
    expect(callsOf(page, 'shifts.open')).toEqual([{ cashFloatFen: 20_050 }])
  })

  it('does not say what should lie in the drawer before it was counted', async () => {
    open()
    expect(await screen.findByText('点数后显示')).toBeTruthy()
    await userEvent.click(screen.getByText('点数结班'))
    expect(screen.queryByText('应有现金')).toBeNull()
  })

  it('shows no sum that the core does not say, nor one that could be made of it', async () => {
    const blind = shiftReport({
      tenders: [
        { tender: 'cash', count: 3, amountFen: null, waiting: 1, waitingFen: null },
        { tender: 'wechat', count: 1, amountFen: 10_000, waiting: 0, waitingFen: 0 },
      ],
      salesFen: null,
    })
    open({ 'shifts.report': () => blind })
    expect(await screen.findByRole('row', { name: '现金 3 — 1 —' })).toBeTruthy()
    expect(screen.getByRole('row', { name: '合计 4 — 1 —' })).toBeTruthy()
    expect(screen.getByRole('row', { name: /现金收款（含待核实） —/ })).toBeTruthy()
  })

  it('says which sales wait, apart from those posted', async () => {
    open()
    expect(await screen.findByText(/1 笔待核实/)).toBeTruthy()
    const cash = screen.getByRole('row', { name: /现金 3 ¥300.00 1 ¥50.00/ })
    expect(cash.querySelectorAll('[data-tone="attention"]')).toHaveLength(2)
  })

  it('is counted with Enter down the column and closed by keys alone', async () => {
    const page = open()
    const user = userEvent.setup()
    await screen.findByText('点数结班')
    await user.keyboard('{F9}')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('100 元 的张数')
    await user.keyboard('2{Enter}1{Enter}{Enter}3{Enter}{Enter}{Enter}{Enter}5{Enter}')
    expect(screen.getByText('¥280.50')).toBeTruthy()
    await user.keyboard('{Enter}')
    await waitFor(() =>
      expect(callsOf(page, 'shifts.close')).toEqual([
        { counted: { '10000': 2, '5000': 1, '1000': 3, '10': 5 } },
      ]),
    )
    await waitFor(() => expect(screen.getByText('/shifts/s1')).toBeTruthy())
  })

  it('asks why a count differs, and closes with the reason', async () => {
    const figures = { expectedFen: 50_000, countedFen: 10_000, differenceFen: -40_000 }
    const page = open({
      'shifts.close': ({ reason }: { reason?: string }) => {
        if (!reason) throw new SitedeskError('NOT_ALLOWED_NOW', 'differs', figures)
        return shiftReport({ state: 'closed' })
      },
    })
    await userEvent.click(await screen.findByText('点数结班'))
    await userEvent.type(screen.getByLabelText('100 元 的张数'), '1')
    await userEvent.click(screen.getByText('点完，结班'))
    expect(await screen.findByText('−¥400.00')).toBeTruthy()
    await userEvent.click(screen.getByText('记下差额并结班'))
    expect(screen.getByText('写明原因，至少 2 个字。')).toBeTruthy()
    await userEvent.type(screen.getByLabelText('原因'), '未查明')
    await userEvent.click(screen.getByText('记下差额并结班'))
    await waitFor(() =>
      expect(callsOf(page, 'shifts.close').at(-1)).toEqual({ counted: { '10000': 1 }, reason: '未查明' }),
    )
  })

  it('goes back a step with Esc, and what was counted stays', async () => {
    open()
    await userEvent.click(await screen.findByText('点数结班'))
    await userEvent.type(screen.getByLabelText('50 元 的张数'), '4')
    await userEvent.keyboard('{Escape}')
    await userEvent.click(await screen.findByText('点数结班'))
    expect(screen.getByLabelText<HTMLInputElement>('50 元 的张数').value).toBe('4')
  })

  it('takes cash out only with what it is for', async () => {
    const page = open()
    await userEvent.click(await screen.findByRole('button', { name: '取出' }))
    await userEvent.type(await screen.findByLabelText('金额（元）'), '100')
    await userEvent.type(screen.getByLabelText('用途'), '{Enter}')
    expect(screen.getByText('写明用途，至少 2 个字。')).toBeTruthy()
    await userEvent.type(screen.getByLabelText('用途'), '交银行{Enter}')
    expect(callsOf(page, 'shifts.cash')).toEqual([{ direction: 'out', amountFen: 10_000, reason: '交银行' }])
  })
})

const showShift = (change: object, name = '张三') =>
  renderPart(
    <Routes>
      <Route path="/shifts/:shiftId" element={<ShiftPage />} />
    </Routes>,
    {
      url: '/shifts/s1',
      hello: { ...HELLO, operator: { id: '2', name, roles: ['supervisor'] } },
      answers: {
        'shifts.report': () => shiftReport({ state: 'closed', ...change }),
        'shifts.sign': () => shiftReport({ state: 'signed' }),
      },
    },
  )

describe('the sign-off', () => {
  it('is not for the one who held the drawer', async () => {
    showShift({})
    expect(await screen.findByLabelText('本人的班要由另一位主管签核')).toBeTruthy()
  })

  it('is made by a second person, who sees the difference', async () => {
    const page = showShift({ differenceFen: -500, differenceReason: '未查明' }, '李四')
    await userEvent.click(await screen.findByRole('button', { name: '签核' }))
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('−¥5.00')
    await userEvent.click(screen.getAllByRole('button', { name: '签核' }).at(-1) as HTMLElement)
    expect(page.calls).toContainEqual({ operation: 'shifts.sign', input: { id: 's1' } })
  })
})
