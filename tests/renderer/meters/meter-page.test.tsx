import { act, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes, useLocation } from 'react-router'
import { describe, expect, it, vi } from 'vitest'
import { DAY, parseZone, startOfDay } from '#shared/time.ts'
import { ThemeProvider } from '../../../src/renderer/app/mode.tsx'
import { MeterPage } from '../../../src/renderer/features/meters/MeterPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

// echarts draws on a canvas, which this DOM has not; chart-option.test.ts checks what it is given
vi.mock('../../../src/renderer/ui/EChart.tsx', () => ({
  EChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}))

const zone = parseZone(HELLO.zone) ?? 0
const today = startOfDay(HELLO.now, zone)

const METER = {
  id: 'imr:0001',
  source: 'imr',
  tableNo: '0001',
  deviceId: 'd1',
  name: '',
  kind: 'water',
  typeCode: '2',
  place: '东区',
  house: 'A102',
  user: '张三',
  userCode: '007',
  project: 'zc',
  lastReading: '346.90',
  lastReadAt: today - DAY,
  online: 'online',
  onlineRaw: '在线',
  onlineAt: null,
  gate: 'closed',
  gateRaw: '跳闸',
  active: true,
  firstReadAt: today - 300 * DAY,
  readings: 300,
  has: [],
  asOf: today,
}

interface Asked {
  meterIds: string[]
  from: number
  to: number
}

const usage = (input: Asked) => ({
  rows: Array.from({ length: (input.to - input.from) / DAY }, (_, i) => ({
    meterId: 'imr:0001',
    bucket: input.from + i * DAY,
    usage: i === 1 ? null : '1.10',
    state: i === 1 ? 'gap' : 'measured',
  })),
  coverage: { measured: 1, total: 1 },
  asOf: today,
})

const answers = (change: Answers = {}): Answers => ({
  'system.status': () => ({ sources: [{ source: 'imr', state: 'live' }] }),
  'meters.get': () => METER,
  'meters.usage': usage,
  'meters.fetch': () => ({ jobId: null, reason: 'held' }),
  'meters.protected': () => ({ total: 0, rows: [] }),
  'meters.readings': () => ({
    total: 1,
    rows: [{ at: today, value: '346.90', flags: ['conflict'] }],
    asOf: today,
  }),
  ...change,
})

const Address = () => <output>{useLocation().search}</output>

const open = (search = '', change: Answers = {}) =>
  renderPart(
    <ThemeProvider>
      <Routes>
        <Route path="/meters/:meterId" element={<MeterPage />} />
      </Routes>
      <Address />
    </ThemeProvider>,
    { answers: answers(change), url: `/meters/imr%3A0001${search}` },
  )

const table = () => screen.findByRole('grid', { name: '用量' })

describe('one meter', () => {
  it('shows the span at once: sum, coverage, and a table with the same numbers', async () => {
    const page = open('?span=7d')
    const rows = within(await table()).getAllByRole('row')
    expect(rows).toHaveLength(8)
    expect(rows[1]?.textContent).toContain('进行中')
    expect(screen.getAllByText('6.60').length).toBeGreaterThan(0)
    expect(screen.getAllByText('覆盖 6/7').length).toBeGreaterThan(0)
    // its state, and what a command to this class is called (I-09)
    expect(screen.getAllByText('关阀')).toHaveLength(2)
    expect(screen.getByRole('button', { name: '开阀' })).toBeTruthy()
    expect(page.calls.find(({ operation }) => operation === 'meters.usage')?.input).toEqual({
      meterIds: ['imr:0001'],
      from: today - 6 * DAY,
      to: today + DAY,
      bucket: 'day',
    })
  })

  it('says that the campus platform has no history, and leads to the meter that has', async () => {
    const campus = { ...METER, id: 'campus:0001', source: 'campus', online: 'unknown', sameAs: 'imr:0001' }
    const gaps = (input: Asked) => {
      const { rows, ...rest } = usage(input)
      return { ...rest, rows: rows.map((row) => ({ ...row, usage: null, state: 'gap' })) }
    }
    open('?span=7d', { 'meters.get': () => campus, 'meters.usage': gaps })
    expect(await screen.findByText('校园平台不提供读数历史')).toBeTruthy()
    expect(screen.getByRole('link', { name: '查看抄表系统里的同一块表' }).getAttribute('href')).toBe(
      '/meters/imr%3A0001',
    )
  })

  it('asks for what is missing once, and new readings do not ask again', async () => {
    const page = open('?span=7d')
    await table()
    const count = (operation: string) => page.calls.filter((call) => call.operation === operation).length
    const before = count('meters.usage')
    act(() => page.emit({ type: 'changed', area: 'meters' }))
    await waitFor(() => expect(count('meters.usage')).toBeGreaterThan(before))
    expect(count('meters.fetch')).toBe(1)
    expect(page.calls.find(({ operation }) => operation === 'meters.fetch')?.input).toEqual({
      meterId: 'imr:0001',
      from: today - 6 * DAY,
      to: today + DAY,
    })
  })

  it('with the vendor away it says so and shows what it has', async () => {
    open('', { 'meters.fetch': () => ({ jobId: null, reason: 'offline' }) })
    await table()
    expect(await screen.findByText('连不上对方系统，显示本地数据')).toBeTruthy()
  })

  it('says so too when nothing had to be fetched', async () => {
    open('', { 'system.status': () => ({ sources: [{ source: 'imr', state: 'offline' }] }) })
    await table()
    expect(await screen.findByText('连不上对方系统，显示本地数据')).toBeTruthy()
    expect(screen.getAllByText(/未更新/).length).toBeGreaterThan(0)
  })

  it('a failed read offers to try again', async () => {
    open('', {
      'meters.usage': () => {
        throw new Error('boom')
      },
    })
    const alert = await screen.findByRole('alert')
    expect(within(alert).getByRole('button', { name: '重试' })).toBeTruthy()
  })

  it('tab and span stand in the URL', async () => {
    open('?span=7d')
    await table()
    await userEvent.click(screen.getByRole('tab', { name: '读数' }))
    expect(await screen.findByText('冲突')).toBeTruthy()
    await userEvent.click(screen.getByText('上月'))
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('?tab=readings&span=lastMonth'))
  })

  it('compares with the days before, bucket by bucket', async () => {
    const page = open('?span=7d&compare=previous')
    expect(within(await table()).getByRole('columnheader', { name: '上期' })).toBeTruthy()
    expect(
      page.calls.flatMap(({ operation, input }) =>
        operation === 'meters.usage' ? [(input as Asked).from] : [],
      ),
    ).toContain(today - 13 * DAY)
  })

  it('says what to do about a meter that does not exist', async () => {
    const { SitedeskError } = await import('#shared/errors.ts')
    open('', {
      'meters.get': () => {
        throw new SitedeskError('NOT_FOUND', 'There is no meter.')
      },
    })
    expect(await screen.findByText('没有这块表')).toBeTruthy()
  })
})
