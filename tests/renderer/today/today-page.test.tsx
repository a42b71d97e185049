import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { ThemeProvider } from '../../../src/renderer/app/mode.tsx'
import { TodayPage } from '../../../src/renderer/features/today/TodayPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

vi.mock('../../../src/renderer/ui/EChart.tsx', () => ({
  EChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}))

const summary = (change: object = {}) => ({
  total: 2,
  electricity: 2,
  water: 0,
  unknown: 0,
  offline: 0,
  silent: 0,
  gateClosed: 0,
  days: [
    { day: HELLO.now, electricity: '0.10', water: null, measured: 1 },
    { day: HELLO.now, electricity: '0.20', water: null, measured: 1 },
  ],
  asOf: HELLO.now,
  ...change,
})

const source = {
  source: 'imr',
  state: 'live',
  lastCompleteAt: HELLO.now,
  partial: false,
  lastError: null,
  clockSkewMs: null,
}

const none = { total: 0, rows: [] }

/** A site that has no chargers. */
const CHARGING_CALM: Answers = {
  'orders.list': () => none,
  'orders.zombies': () => ({ rows: [] }),
  'coins.charges': () => none,
  'cashouts.list': () => none,
  'orders.refundTasks': () => none,
  'devices.list': () => none,
  'users.list': () => none,
  'orders.dashboard': () => ({ totals: { count: 0, moneyFen: 0 } }),
}

const open = (change: Answers = {}) =>
  renderPart(
    <ThemeProvider>
      <TodayPage />
    </ThemeProvider>,
    {
      answers: {
        'system.status': () => ({ sources: [source], problems: [], lan: { state: 'off', url: null } }),
        ...CHARGING_CALM,
        'meters.summary': () => summary(),
        'sync.quarantine': () => ({ total: 0, rows: [] }),
        'jobs.list': () => ({ total: 0, rows: [] }),
        'recharge.list': () => ({ total: 0, rows: [], appliedFen: 0 }),
        'receipts.list': () => ({ total: 0, rows: [] }),
        'shifts.current': () => ({ shift: null }),
        ...change,
      },
    },
  )

describe('today', () => {
  it('leads to recharges without an outcome, receipts to print and a shift left open', async () => {
    open({
      'recharge.list': () => ({ total: 2, rows: [], appliedFen: 0 }),
      'receipts.list': () => ({ total: 3, rows: [] }),
      'shifts.current': () => ({ shift: { state: 'open', openedAt: HELLO.now - 86_400_000 } }),
    })
    const to = async (name: RegExp) => (await screen.findByRole('link', { name })).getAttribute('href')
    expect(await to(/2.*待核实或有争议的充值/)).toBe('/recharge/records?state=UNKNOWN,DISPUTED')
    expect(await to(/3.*待打印的收据/)).toBe('/recharge/receipts?state=waiting')
    expect(await to(/前一天的班还没结/)).toBe('/shifts')
  })

  it('says how the charging business stands, and what it waits for', async () => {
    open({
      'system.status': () => ({
        sources: [source],
        problems: [],
        lan: { state: 'on', url: 'http://192.168.1.5:8200' },
      }),
      'orders.list': () => ({ total: 2, rows: [] }),
      'orders.zombies': () => ({ rows: [{}, {}, {}] }),
      'devices.list': (input) => ({ total: (input as { noPrice?: true }).noPrice ? 1 : 9, rows: [] }),
      'users.list': () => ({ total: 4, rows: [] }),
      'orders.dashboard': () => ({ totals: { count: 12, moneyFen: 1850 } }),
    })
    const to = async (name: RegExp) => (await screen.findByRole('link', { name })).getAttribute('href')
    expect(await to(/2.*未结清的充电账单/)).toBe('/charging/abnormal?tab=unpaid')
    expect(await to(/3.*端口与账单不符/)).toBe('/charging/abnormal?tab=zombies')
    expect(await to(/1.*收费却没有定价的充电器/)).toBe('/charging/ports?price=none')
    expect(await to(/12 笔，应收 ¥18.50/)).toBe('/charging')
    expect(await to(/^4 人$/)).toBe('/charging/users?barred=yes')
    expect(await to(/^已开启$/)).toBe('/lan')
  })

  it('is calm when nothing needs anybody', async () => {
    open()
    expect(await screen.findByText('没有需要处理的事')).toBeTruthy()
    expect(await screen.findByRole('img', { name: '最近 14 天电用量，合计 0.30 kWh' })).toBeTruthy()
    expect(screen.queryByRole('img', { name: /水/ })).toBeNull()
  })

  it('shows what needs somebody, and where', async () => {
    open({
      'meters.summary': () => summary({ silent: 3 }),
      'sync.quarantine': () => ({ total: 5, rows: [] }),
      'system.status': () => ({
        sources: [{ ...source, state: 'offline' }],
        problems: [{ code: 'CLOCK_SKEW' }],
        lan: { state: 'off', url: null },
      }),
    })
    const link = async (name: RegExp) => (await screen.findByRole('link', { name })).getAttribute('href')
    expect(await link(/48 小时无读数/)).toBe('/meters?silentHours=48')
    expect(await link(/隔离的行/)).toBe('/sync?tab=quarantine')
    expect(await link(/连不上或出错/)).toBe('/sync')
    expect(screen.getByText('校准本机时间；读数的截止时间按较早的时钟计算。')).toBeTruthy()
    expect(screen.queryByText('没有需要处理的事')).toBeNull()
  })

  it('one failing read leaves the rest standing', async () => {
    open({
      'meters.summary': () => {
        throw new Error('boom')
      },
    })
    expect(await screen.findByRole('alert')).toBeTruthy()
    expect(await screen.findByText('在线')).toBeTruthy()
  })
})
