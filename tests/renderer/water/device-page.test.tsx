import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { describe, expect, it, vi } from 'vitest'
import { ThemeProvider } from '../../../src/renderer/app/mode.tsx'
import { DevicePage } from '../../../src/renderer/features/water/DevicePage.tsx'
import { WatchPage } from '../../../src/renderer/features/water/WatchPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

// echarts draws on a canvas, which this DOM has not
vi.mock('../../../src/renderer/ui/EChart.tsx', () => ({
  EChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}))

const CODE = '310700000050'
const none = () => ({ total: 0, rows: [], asOf: HELLO.now })
const reading = {
  username: '苏梓勇',
  house_number: '教1-104',
  device_code: CODE,
  settle_flow: '6014.75',
  total_flow: '6014.75',
  last_month_flow: '11.8',
  balance: '38.67',
  battery_voltage: '92',
  status: '正常',
  collected_at: HELLO.now,
  latest_31_day_usage: ['11.8'],
}
const linked = {
  user_code: 'W100007',
  username: '苏梓勇',
  devices: [{ device_code: CODE, how: 'auto' }],
  rooms: [{ roomId: 'R1', path: ['梅园', '1栋', '101'], how: 'hand' }],
}

const open = (change: Answers = {}) =>
  renderPart(
    <ThemeProvider>
      <Routes>
        <Route path="/water/devices/:deviceCode" element={<DevicePage />} />
      </Routes>
    </ThemeProvider>,
    {
      url: `/water/devices/${CODE}`,
      answers: {
        'water.readings': () => ({ total: 1, rows: [reading], asOf: HELLO.now }),
        'water.links': () => ({ total: 1, rows: [linked], linked: 1, unlinked: 0 }),
        'meters.usage': () => ({
          rows: [{ meterId: `water:${CODE}`, bucket: HELLO.now, usage: '0.40', state: 'measured' }],
          coverage: { measured: 1, total: 1 },
          asOf: HELLO.now,
        }),
        'water.payments': none,
        ...change,
      },
    },
  )

describe('one water meter', () => {
  it('says whose it is, what it shows, and which room is behind it', async () => {
    open()
    expect(await screen.findByRole('heading', { name: CODE, level: 1 })).toBeTruthy()
    expect((await screen.findAllByText('苏梓勇 · 教1-104')).length).toBeGreaterThan(0)
    expect(screen.getByText('苏梓勇 W100007')).toBeTruthy()
    expect(await screen.findByText(/101/)).toBeTruthy()
    expect(screen.getByRole('img', { name: '本地读数：近 31 天日用量' })).toBeTruthy()
  })

  it('asks the vendor for its picture only when somebody opens it, and says why there is none', async () => {
    const page = open({
      'water.picture': () => ({ picture: null, problem: 'host', host: 'pictures.invalid', at: null }),
    })
    const button = await screen.findByRole('button', { name: '取来看' })
    expect(page.calls.some(({ operation }) => operation === 'water.picture')).toBe(false)
    await userEvent.click(button)
    expect(await screen.findByText(/pictures\.invalid/)).toBeTruthy()
  })

  it('keeps the tab in the address, and asks for its list then', async () => {
    const page = open()
    await userEvent.click(await screen.findByRole('tab', { name: '缴费' }))
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'water.payments')?.input).toMatchObject({
        device_code: CODE,
      }),
    )
  })

  it('says when it could not be read', async () => {
    open({
      'water.readings': () => {
        throw new Error('boom')
      },
    })
    expect((await screen.findAllByRole('alert')).length).toBeGreaterThan(0)
  })
})

describe('water meters to look at', () => {
  it('asks once for rows, limit and how many were judged', async () => {
    const page = renderPart(<WatchPage />, {
      url: '/?kind=battery',
      answers: {
        'water.watch': () => ({ total: 0, rows: [], judged: 400, below: '78.2', asOf: HELLO.now }),
      },
    })
    expect((await screen.findAllByText(/400/)).length).toBeGreaterThan(0)
    expect(screen.getByText(/78\.2/)).toBeTruthy()
    expect(page.calls.filter(({ operation }) => operation === 'water.watch')).toHaveLength(1)
  })
})
