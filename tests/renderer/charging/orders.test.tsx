import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { describe, expect, it } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import { OrdersPage } from '../../../src/renderer/features/charging/orders/OrdersPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { as, OPTIONS, orderRow, sheetOf, totals, USER } from './rows.ts'

const Where = () => <output aria-label="where">{decodeURIComponent(useLocation().search)}</output>

const open = (change: Answers = {}, options: { hello?: typeof HELLO; url?: string } = {}) =>
  renderPart(
    <>
      <OrdersPage />
      <Where />
    </>,
    {
      ...options,
      answers: {
        ...OPTIONS,
        'orders.list': () => ({ total: 1, rows: [orderRow()], totals: totals(1, 150) }),
        'orders.get': () => ({ ...orderRow(), payments: [] }),
        'orders.confirmPayment': () => orderRow({ state: 'settled' }),
        'orders.cancel': () => orderRow({ state: 'cancelled' }),
        ...change,
      },
    },
  )

const callsOf = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)
const openRow = async () => {
  await userEvent.click(await screen.findByText('138****1234'))
  return screen.findByText('李四 · ¥1.50')
}

describe('orders', () => {
  it('mask phones in the list, show the whole one to supervisors, and none to others', async () => {
    open({}, { hello: as('supervisor') })
    await openRow()
    expect(screen.getByText(USER)).toBeTruthy()
  })

  it('show a cashier a whole number only when asked, which the core puts on record', async () => {
    const masked = { user: '138****1234' }
    const page = open(
      {
        'orders.list': () => ({ total: 1, rows: [orderRow(masked)], totals: totals(1, 150) }),
        'users.reveal': () => ({ phone: USER }),
      },
      { hello: as('cashier') },
    )
    await openRow()
    expect(screen.queryByText(USER)).toBeNull()
    const [show] = screen.getAllByRole('button', { name: '显示号码' })
    await userEvent.click(show ?? document.body)
    expect(await screen.findByText(USER)).toBeTruthy()
    expect(callsOf(page, 'users.reveal')).toEqual([{ whose: 'user', phone: masked.user }])
  })

  it('have nothing to show to a viewer', async () => {
    open({}, { hello: as('viewer') })
    await openRow()
    expect(screen.queryByRole('button', { name: '显示号码' })).toBeNull()
  })

  it('take the rest in cash where coins are held, and go on without the platform only with a reason', async () => {
    const payment = { coins: 1, cashFen: 50, begunAt: HELLO.now, endedAt: null, providerId: null }
    const row = orderRow({ state: 'pending' })
    const page = open(
      {
        'orders.list': () => ({ total: 1, rows: [row], totals: totals(1, 150) }),
        'orders.get': () => ({ ...row, payments: [{ ...payment, state: 'pending' }] }),
        'orders.confirmPayment': () => {
          throw new SitedeskError('PAYMENT_UNKNOWN', 'no answer')
        },
      },
      { hello: as('supervisor') },
    )
    await openRow()
    await userEvent.click(screen.getByRole('button', { name: '确认收款' }))
    await userEvent.click(await screen.findByRole('button', { name: '收到 ¥0.50' }))
    const why = await screen.findByLabelText('支付平台没有回答，仍要办理的理由')
    const goOn = screen.getByRole('button', { name: '不等支付平台，仍然办理' })
    await userEvent.click(goOn)
    expect(await screen.findByText('写明理由，会记入审计')).toBeTruthy()
    await userEvent.type(why, '停机')
    await userEvent.click(goOn)
    expect(callsOf(page, 'orders.confirmPayment')).toEqual([
      { orderId: 'O1', cashFen: 50 },
      { orderId: 'O1', cashFen: 50, withoutProvider: '停机' },
    ])
  })

  it('have their totals over the whole filter', async () => {
    open()
    expect(await screen.findByText('有效 1 笔')).toBeTruthy()
    expect(screen.getByText('应收 ¥1.50')).toBeTruthy()
  })

  it('ask with what stands in the URL, and write there what is chosen', async () => {
    const page = open({}, { url: '/?user=13800001234&state=open&from=2026-02-23' })
    await screen.findByText('138****1234')
    expect(callsOf(page, 'orders.list').at(-1)).toMatchObject({
      user: USER,
      state: ['unpaid', 'pending'],
      from: Date.UTC(2026, 1, 23) - 8 * 3_600_000,
    })
    await userEvent.type(screen.getByLabelText('单号、姓名、充电器、管理员'), '东门{Enter}')
    await waitFor(() => expect(screen.getByLabelText('where').textContent).toContain('query=东门'))
  })

  it('are confirmed by staff after seeing who and how much, once', async () => {
    const page = open({ 'orders.confirmPayment': () => new Promise(() => undefined) })
    await openRow()
    await userEvent.click(screen.getByRole('button', { name: '确认收款' }))
    const sheet = await sheetOf('确认收款 ¥1.50')
    expect(sheet.textContent).toContain('李四')
    expect(sheet.textContent).toContain('东门')
    const sure = within(sheet).getByRole('button', { name: '收到 ¥1.50' })
    await userEvent.click(sure)
    await userEvent.click(sure)
    expect(callsOf(page, 'orders.confirmPayment')).toEqual([{ orderId: 'O1', cashFen: 150 }])
  })

  it('warn where a payment is under way', async () => {
    open({
      'orders.list': () => ({ total: 1, rows: [orderRow({ state: 'pending' })], totals: totals(1, 150) }),
    })
    await openRow()
    await userEvent.click(screen.getByRole('button', { name: '确认收款' }))
    expect(await screen.findByText(/先向支付平台关闭它/)).toBeTruthy()
  })

  it('are cancelled only with a reason; the refusal of a rule is said in its words', async () => {
    const refusal = { reason: 'orderCancelled' }
    const page = open({
      'orders.cancel': () => {
        throw new SitedeskError('NOT_ALLOWED_NOW', 'no', refusal)
      },
    })
    await openRow()
    await userEvent.click(screen.getByRole('button', { name: '取消账单' }))
    const sheet = await sheetOf('取消账单 ¥1.50')
    await userEvent.type(within(sheet).getByLabelText('原因'), '坏{Enter}')
    expect(within(sheet).getByText('写明原因，至少 2 个字。')).toBeTruthy()
    expect(callsOf(page, 'orders.cancel')).toEqual([])
    await userEvent.type(within(sheet).getByLabelText('原因'), '了{Enter}')
    expect(await within(sheet).findByText('规则不允许：账单已经取消')).toBeTruthy()
    expect(callsOf(page, 'orders.cancel')).toEqual([{ orderId: 'O1', reason: '坏了' }])
  })

  it('leave the decisions to those who may', async () => {
    open({}, { hello: as('cashier') })
    await openRow()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '取消账单' }).disabled).toBe(true)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '确认收款' }).disabled).toBe(false)
  })

  it('lead to the last week of their user', async () => {
    open()
    await openRow()
    await userEvent.click(screen.getByRole('link', { name: '该用户近 7 天' }))
    expect(screen.getByLabelText('where').textContent).toBe('?user=13800001234&from=2026-02-23')
  })

  it('show every payment that was begun', async () => {
    const payment = { coins: 1, cashFen: 100, begunAt: HELLO.now, endedAt: null, providerId: 'OFFLINE-1' }
    open({ 'orders.get': () => ({ ...orderRow(), payments: [{ ...payment, state: 'pending' }] }) })
    await openRow()
    expect(await screen.findByText('未知结果')).toBeTruthy()
    expect(screen.getByText('OFFLINE-1')).toBeTruthy()
  })
})
