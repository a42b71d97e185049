import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { MINUTE } from '#shared/time.ts'
import { PortsPage } from '../../../src/renderer/features/charging/ports/PortsPage.tsx'
import { countPorts } from '../../../src/renderer/features/charging/ports/PortTotals.tsx'
import { HELLO, renderPart } from '../render.tsx'

const AT = HELLO.now - 5 * MINUTE

const charger = (change: Partial<DeviceRow> = {}): DeviceRow => ({
  deviceCode: '60010001',
  btName: 'CD6001000100AAAA',
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
    { port: 1, state: 'charging', minutes: 30 },
    { port: 2, state: 'charging', minutes: 4 },
    { port: 3, state: 'free', minutes: null },
    { port: 4, state: 'broken', minutes: null },
  ],
  portsAt: AT,
  profile: null,
  setupAt: AT,
  updatedAt: AT,
  addedAt: null,
  noPrice: false,
  ...change,
})

describe('ports of all chargers', () => {
  it('counts what a port is by now: a time that ran out is over', () => {
    const silent = charger({ portsAt: null, ports: [] })
    expect(countPorts([charger(), silent], HELLO.now)).toEqual({
      charging: 1,
      ended: 1,
      free: 1,
      broken: 1,
      unknown: 4,
    })
  })

  it('shows totals over the filter and writes state and minutes of every port to a file', async () => {
    const inputs: unknown[] = []
    const { calls } = renderPart(<PortsPage />, {
      url: '/?price=none',
      answers: {
        'devices.list': (input) => {
          inputs.push(input)
          return { total: 1, rows: [charger()] }
        },
        'exports.create': () => ({ name: 'x.csv', type: 'text/csv', base64: '', rows: 1 }),
      },
    })
    const totals = (await screen.findByText('充电中 1')).closest('footer')
    if (totals === null) throw new Error('the totals stand in the footer')
    expect(within(totals).getByText('应已结束 1')).toBeTruthy()
    expect(inputs).not.toContainEqual(expect.not.objectContaining({ noPrice: true }))
    fireEvent.click(screen.getByText('导出'))
    fireEvent.click(await screen.findByText('文本表格（CSV）'))
    await waitFor(() => expect(calls.map(({ operation }) => operation)).toContain('exports.create'))
    const written = calls.find(({ operation }) => operation === 'exports.create')?.input
    expect(written).toMatchObject({ list: 'devices.list', input: { noPrice: true } })
    const { columns } = written as { columns: { key: string; title: string }[] }
    expect(columns.map(({ key }) => key)).toEqual([
      'deviceCode',
      'alias',
      ...[0, 1, 2, 3].flatMap((n) => [`ports.${n}.state`, `ports.${n}.minutes`]),
      'portsAt',
      'unitPriceFen',
      'managerName',
      'state',
    ])
    expect(columns[3]?.title).toBe('端口 1 上报剩余（分钟）')
  }, 20_000)
})
