import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { MINUTE } from '#shared/time.ts'
import { AbnormalPage } from '../../../src/renderer/features/charging/abnormal/AbnormalPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { as, orderRow } from './rows.ts'

const zombie = (change: object = {}) => ({
  kind: 'noOrder',
  deviceCode: 'A1',
  btName: 'BUC_1A2B3C4D5E6F',
  alias: '东门',
  port: 2,
  orderId: null,
  since: HELLO.now - 30 * MINUTE,
  minutes: 20,
  reportedAt: HELLO.now - 30 * MINUTE,
  fixes: ['readPorts', 'powerOff'],
  ...change,
})

const ports = (state: string) => [{ port: 2, state, minutes: null }]

const open = (rows: object[], answers: Answers = {}, hello = HELLO, url = '/') =>
  renderPart(<AbnormalPage />, {
    hello,
    url,
    answers: {
      'orders.zombies': () => ({ rows }),
      'orders.get': () => ({ ...orderRow(), payments: [] }),
      'chargers.read': () => ({ ports: ports('free') }),
      ...answers,
    },
  })

const callsOf = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)
const primary = () =>
  [...document.querySelectorAll('.cg-zombie .ant-btn-primary')].map((button) => button.textContent)

describe('what does not fit', () => {
  it('is calm when all does', async () => {
    open([])
    expect(await screen.findByText('端口与账单一致')).toBeTruthy()
  })

  it('proposes to look first, and asks again once somebody looked', async () => {
    const page = open([zombie()])
    expect(await screen.findByText('端口在供电，没有账单')).toBeTruthy()
    expect(primary()).toEqual(['读取端口'])
    await userEvent.click(screen.getByRole('button', { name: '读取端口' }))
    expect(await screen.findByText('东门（A1） 端口 2：空闲')).toBeTruthy()
    expect(callsOf(page, 'chargers.read')).toEqual([{ name: 'BUC_1A2B3C4D5E6F' }])
    await waitFor(() => expect(callsOf(page, 'orders.zombies')).toHaveLength(2))
  })

  it('switches off only after it was asked, and says when the charger refuses', async () => {
    const page = open([zombie({ reportedAt: HELLO.now })], { 'chargers.command': () => ({ status: 1 }) })
    await screen.findByText('端口在供电，没有账单')
    expect(primary()).toEqual(['断电'])
    await userEvent.click(screen.getByRole('button', { name: '断电' }))
    const sheet = await screen.findByRole('dialog')
    expect(callsOf(page, 'chargers.command')).toEqual([])
    await userEvent.click(within(sheet).getByRole('button', { name: '断电' }))
    expect(callsOf(page, 'chargers.command')).toEqual([
      { name: 'BUC_1A2B3C4D5E6F', command: 'POWEROFF', port: 2 },
    ])
    expect(await within(sheet).findByText('充电器拒绝了命令')).toBeTruthy()
  })

  it('gives a forgotten order its end', async () => {
    const fixes = ['confirmPayment', 'cancelOrder']
    const page = open(
      [zombie({ kind: 'neverStarted', orderId: 'O1', reportedAt: null, minutes: null, fixes })],
      {
        'orders.confirmPayment': () => orderRow({ state: 'settled' }),
      },
    )
    await userEvent.click(await screen.findByRole('button', { name: '确认收款' }))
    await userEvent.click(await screen.findByRole('button', { name: '收到 ¥1.50' }))
    await waitFor(() =>
      expect(callsOf(page, 'orders.confirmPayment')).toEqual([{ orderId: 'O1', cashFen: 150 }]),
    )
  })

  it('keeps the radio from those who have no business with it', async () => {
    open([zombie()], {}, as('cashier'))
    const read = await screen.findByRole<HTMLButtonElement>('button', { name: '读取端口' })
    expect(read.disabled).toBe(true)
    expect(screen.queryByRole('tab', { name: '待退款' })).toBeNull()
  })
})

describe('refunds', () => {
  const task = {
    id: 'T1',
    orderId: 'O1',
    providerId: 'WX1',
    amountFen: 150,
    reason: '账单已取消',
    raisedAt: HELLO.now,
    doneBy: null,
    doneAt: null,
    note: null,
  }

  it('are recorded with how the money went back', async () => {
    const page = open(
      [],
      {
        'orders.refundTasks': () => ({ total: 1, rows: [task] }),
        'orders.refundDone': () => ({ ok: true }),
      },
      HELLO,
      '/?tab=refunds',
    )
    await userEvent.click(await screen.findByText('账单已取消'))
    await userEvent.click(await screen.findByRole('button', { name: '登记已退' }))
    await userEvent.type(await screen.findByLabelText('说明'), '原路退回{Enter}')
    await waitFor(() => expect(callsOf(page, 'orders.refundDone')).toEqual([{ id: 'T1', note: '原路退回' }]))
  })
})
