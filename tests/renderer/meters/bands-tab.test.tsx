import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { DAY, parseZone, startOfDay } from '#shared/time.ts'
import { ThemeProvider } from '../../../src/renderer/app/mode.tsx'
import type { BandRow } from '../../../src/renderer/features/meters/band-chart.ts'
import { BandsTab } from '../../../src/renderer/features/meters/BandsTab.tsx'
import { parseView } from '../../../src/renderer/features/meters/view-state.ts'
import { HELLO, renderPart } from '../render.tsx'

// echarts draws on a canvas, which this DOM has not
vi.mock('../../../src/renderer/ui/EChart.tsx', () => ({
  EChart: ({ label }: { label: string }) => <div role="img" aria-label={label} />,
}))

const zone = parseZone(HELLO.zone) ?? 0
const today = startOfDay(HELLO.now, zone)
const METER = { id: 'imr:0001', tableNo: '0001', kind: 'electricity', source: 'imr' } as never

interface Asked {
  meterId: string
  from: number
  to: number
}

/** A register that grows by one in each band a day; another meter's by two. */
function bands({ meterId, from, to }: Asked) {
  const each = meterId === 'imr:0001' ? 1 : 2
  const rows = Array.from({ length: (Math.min(to, today + DAY) - from) / DAY }, (_, i): BandRow => {
    const at = from + i * DAY
    const register = String((at / DAY) * each)
    const usage = {
      sharp: `${each}`,
      peak: `${each}`,
      flat: `${each}`,
      valley: `${each}`,
      total: `${each * 4}`,
    }
    const registers = { sharp: register, peak: register, flat: register, valley: register, total: register }
    const day = new Date(at + zone).toISOString().slice(0, 10)
    return { day, ...registers, sumOk: true, at, usage: { ...usage, state: 'measured', sumOk: true } }
  })
  return { rows, phases: [], asOf: HELLO.now }
}

function open(search: string) {
  const view = parseView(new URLSearchParams(search), HELLO.now, zone)
  return renderPart(
    <ThemeProvider>
      <BandsTab meter={METER} view={view} />
    </ThemeProvider>,
    {
      answers: {
        'meters.bands': bands,
        'meters.get': ({ meterId }: { meterId: string }) => ({ id: meterId, tableNo: '0002' }),
      },
    },
  )
}

const shares = async () => within(await screen.findByRole('table', { name: '合计与占比' }))

describe('bands on the screen', () => {
  it('add up over the days of the span', async () => {
    open('?span=7d')
    expect((await shares()).getByRole('row', { name: /尖/ }).textContent).toContain('7 kWh25.0 %')
    expect(screen.getByText('有数 7 / 7 天')).toBeTruthy()
  })

  it('go by month where the page does', async () => {
    open('?span=custom&from=2026-01-01&last=2026-02-28&bucket=month')
    const grid = within(await screen.findByRole('grid', { name: '每月用量' }))
    expect((await grid.findByText('2026-02')).closest('[role=row]')?.textContent).toContain('28')
    expect(grid.getByText('2026-01').closest('[role=row]')?.textContent).toContain('31')
  })

  it('stand beside an earlier span, and beside another meter', async () => {
    const page = open('?span=7d&compare=previous')
    expect((await shares()).getByRole('columnheader', { name: '上期' })).toBeTruthy()
    page.unmount()
    open('?span=7d&with=imr:0002')
    const table = await shares()
    expect(await table.findByRole('columnheader', { name: '0002' })).toBeTruthy()
    expect(table.getByRole('row', { name: /尖/ }).textContent).toContain('14')
  })
})
