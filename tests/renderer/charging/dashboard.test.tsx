import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { DAY, MINUTE } from '#shared/time.ts'
import { DashboardPage } from '../../../src/renderer/features/charging/dashboard/DashboardPage.tsx'
import { PortsPage } from '../../../src/renderer/features/charging/ports/PortsPage.tsx'
import { HELLO, renderPart } from '../render.tsx'
import { as, orderRow, totals } from './rows.ts'

// echarts draws on a canvas, which this DOM has not; pure.test.ts checks what it is given
vi.mock('../../../src/renderer/ui/EChart.tsx', () => ({
  EChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}))

const minutes = Array.from({ length: 24 }, (_, hour) => (hour === 8 ? 90 : 0))
const figures = (days: number, count = 4) => ({
  from: HELLO.now - days * DAY,
  to: HELLO.now,
  totals: totals(count, 1200),
  before: totals(2, 1000),
  byDay: Array.from({ length: days }, (_, i) => ({ day: HELLO.now - i * DAY, ...totals(1, 300) })),
  byDevice: [{ deviceCode: 'A1', alias: '东门', ...totals(count, 1200) }],
  byHour: minutes.map((one) => (one > 0 ? count : 0)),
  heat: [{ deviceCode: 'A1', alias: '东门', port: 1, minutes }],
})

const open = (count = 4, hello = HELLO) =>
  renderPart(<DashboardPage />, {
    hello,
    answers: {
      'orders.dashboard': ({ days }: { days: number }) => figures(days, count),
      'orders.zombies': () => ({ rows: [] }),
      'orders.list': () => ({ total: 3, rows: [], totals: totals(3, 0) }),
      'coins.charges': () => ({ total: 0, rows: [] }),
      'cashouts.list': () => ({ total: 1, rows: [] }),
      'orders.refundTasks': () => ({ total: 0, rows: [] }),
    },
  })

describe('the overview', () => {
  it('sets a week against the week before, and is chosen in one click', async () => {
    const page = open()
    await userEvent.click(await screen.findByText('近 7 天'))
    expect(await screen.findAllByText('+20%')).toHaveLength(2)
    expect(page.calls).toContainEqual({ operation: 'orders.dashboard', input: { days: 7 } })
    expect(screen.getAllByText(/前 7 天 ¥10.00/)).toHaveLength(2)
    expect(screen.getByRole('img', { name: /每日应收：7 天/ })).toBeTruthy()
  })

  it('does not set an unfinished day against a whole one', async () => {
    open()
    expect(await screen.findAllByText(/昨日全天 ¥10.00/)).toHaveLength(2)
    expect(screen.queryByText(/%/, { selector: '.cg-figures *' })).toBeNull()
  })

  it('has the figures of the heat map as text', async () => {
    open()
    const line = await screen.findByRole('row', { name: /东门 A1 · 端口 1/ })
    expect(line.querySelectorAll('td')[8]?.textContent).toBe('1.5')
  })

  it('leads to what needs somebody, and asks nothing that this operator may not see', async () => {
    const page = open(4, as('cashier'))
    const unpaid = await screen.findByRole('link', { name: /3 未结清账单/ })
    expect(unpaid.getAttribute('href')).toBe('/charging/abnormal?tab=unpaid')
    const asked = page.calls.map(({ operation }) => operation)
    expect(asked).not.toContain('cashouts.list')
    expect(asked).not.toContain('orders.refundTasks')
  })

  it('says so when there was nothing', async () => {
    open(0)
    expect(await screen.findByText('这段时间没有账单')).toBeTruthy()
  })
})

describe('ports now', () => {
  const device = (change: object = {}) => ({
    deviceCode: 'A1',
    btName: 'BUC_1A2B3C4D5E6F0',
    alias: '东门',
    state: 0,
    stateReason: null,
    version: 1,
    maxUnit: 12,
    chargeFlag: 1,
    unitPriceFen: 50,
    manager: null,
    managerName: null,
    ports: [
      { port: 1, state: 'charging', minutes: 45 },
      { port: 2, state: 'free', minutes: null },
      { port: 3, state: 'broken', minutes: null },
      { port: 4, state: 'charging', minutes: 5 },
    ],
    portsAt: HELLO.now - 15 * MINUTE,
    profile: null,
    setupAt: 0,
    updatedAt: 0,
    addedAt: null,
    noPrice: false,
    ...change,
  })
  const show = (row: object) =>
    renderPart(<PortsPage />, {
      answers: {
        'devices.list': () => ({ total: 1, rows: [row] }),
        'orders.list': () => ({ total: 1, rows: [orderRow({ state: 'settled' })], totals: totals(1, 150) }),
        'chargers.read': () => ({ ports: [{ port: 1, state: 'free', minutes: null }] }),
      },
    })

  it('count down from the last report, and say its age', async () => {
    show(device())
    expect(await screen.findByText(/^(30:00|29:5\d)$/)).toBeTruthy()
    expect(screen.getByText('应已结束')).toBeTruthy()
    expect(screen.getByText('损坏')).toBeTruthy()
    expect(screen.getByTitle(/上报已过 15 分钟前/)).toBeTruthy()
  })

  it('never guess what was never reported', async () => {
    show(device({ ports: [], portsAt: null }))
    expect(await screen.findByText('从未上报')).toBeTruthy()
    expect(screen.getAllByText('未知')).toHaveLength(4)
  })

  it('show the order on a port, and read the charger', async () => {
    const page = show(device())
    await userEvent.click(await screen.findByText('东门'))
    expect(await screen.findByText('李四')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '读取端口' }))
    await waitFor(() =>
      expect(page.calls).toContainEqual({
        operation: 'chargers.read',
        input: { name: 'BUC_1A2B3C4D5E6F0' },
      }),
    )
    expect(await screen.findByText('已读取：1 空闲')).toBeTruthy()
  })
})
