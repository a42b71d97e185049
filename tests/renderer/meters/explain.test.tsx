import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { Output } from '#shared/contract/index.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import { DAY, parseZone, startOfDay } from '#shared/time.ts'
import { ExplainDrawer } from '../../../src/renderer/features/meters/ExplainDrawer.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const zone = parseZone(HELLO.zone) ?? 0
const day = startOfDay(HELLO.now, zone) - DAY
const noon = day + DAY / 2

const METER = { id: 'imr:0001', tableNo: '0001', kind: 'water', source: 'imr' } as MeterRow

const FOUND: Output<'meters.explain'> = {
  from: day,
  to: day + DAY,
  usage: '12.40',
  state: 'measured',
  start: { at: day - 1000, value: '340.00' },
  end: { at: day + DAY - 1000, value: '352.40' },
  difference: '12.40',
  readings: [
    { at: noon, value: '345.00', difference: '5.00', flags: ['corrected'], original: '34.50' },
    { at: day + DAY - 1000, value: '352.40', difference: '7.40' },
  ],
  readingsTotal: 2,
  events: [],
  decisions: [],
}

function open(change: Partial<Output<'meters.explain'>> = {}, more: Answers = {}) {
  const answers: Answers = {
    'meters.explain': () => ({ ...FOUND, ...change }),
    'meters.previewDecision': () => ({ days: [] }),
    'meters.decide': () => ({ decisionIds: ['d1'] }),
    ...more,
  }
  const drawer = <ExplainDrawer meter={METER} bucket="day" at={day} onClose={() => undefined} />
  return renderPart(drawer, { answers })
}

const rowOf = async (region: string, name: string) =>
  within(await screen.findByRole('region', { name: region })).getByRole('row', {
    name: new RegExp(name, 'u'),
  })

describe('why a figure is what it is', () => {
  it('says end, start, difference and what follows, with their times', async () => {
    const page = open()
    expect((await rowOf('用量的组成', '本期末读数')).textContent).toContain('352.40')
    expect((await rowOf('用量的组成', '上期末读数')).textContent).toContain('340.00')
    expect((await rowOf('用量的组成', '^用量')).textContent).toContain('实测12.40')
    expect(screen.getByText('本期末的读数减去上期末的读数。')).toBeTruthy()
    expect(page.calls.find(({ operation }) => operation === 'meters.explain')?.input).toEqual({
      meterId: 'imr:0001',
      at: day,
      bucket: 'day',
    })
  })

  it('names the readings behind it, and the original of one that was put right', async () => {
    open()
    const corrected = await rowOf('本期读数', '345.00')
    expect(corrected.textContent).toContain('已更正')
    expect(corrected.textContent).toContain('原值 34.50')
    expect((await rowOf('本期读数', '352.40')).textContent).toContain('7.40')
  })

  it('adds what an exchange counted', async () => {
    const event = {
      meterId: 'imr:0001',
      tableNo: '0001',
      name: '',
      place: '',
      meterKind: 'water' as const,
      kind: 'reset' as const,
      at: noon,
      value: '5.00',
      before: { at: day - 1000, value: '340.00' },
      from: { at: day - 1000, value: '340.00' },
      to: { at: noon, value: '5.00' },
      suspects: [],
      digits: null,
      state: 'decided' as const,
      decisionId: 'd1',
      usage: '5.60',
      step: '340.60',
    }
    open({ events: [event], difference: '-328.20' })
    expect((await rowOf('用量的组成', '补差')).textContent).toContain('340.60')
    expect((await rowOf('用量的组成', '相差')).textContent).toContain('328.20')
  })

  it('says why there is no figure', async () => {
    open({ usage: null, state: 'gap', start: null, difference: null })
    expect(await screen.findByText('本期或上期没有读数，不能得出用量。')).toBeTruthy()
    expect((await rowOf('用量的组成', '上期末读数')).textContent).toContain('没有读数')
  })

  it('puts a reading right where it is listed', async () => {
    const page = open()
    const section = await screen.findByRole('region', { name: '本期读数' })
    const [first] = within(section).getAllByRole('button')
    if (!first) throw new Error('no reading can be chosen')
    await userEvent.click(first)
    expect(first.getAttribute('aria-expanded')).toBe('true')
    const value = within(section).getByLabelText('读数 (m³)')
    await userEvent.clear(value)
    await userEvent.type(value, '344.9')
    await userEvent.type(within(section).getByLabelText('原因'), '照片上是 344.9{Enter}')
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'meters.decide')?.input).toEqual({
        meterId: 'imr:0001',
        at: noon,
        kind: 'value',
        value: '344.9',
        estimated: false,
        reason: '照片上是 344.9',
      }),
    )
    await waitFor(() => expect(within(section).queryByLabelText('原因')).toBeNull())
  })

  it('offers to try again when it could not be read', async () => {
    open(
      {},
      {
        'meters.explain': () => {
          throw new Error('boom')
        },
      },
    )
    expect(within(await screen.findByRole('alert')).getByRole('button', { name: '重试' })).toBeTruthy()
  })
})
