import { act, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useLocation } from 'react-router'
import { describe, expect, it } from 'vitest'
import type { Input } from '#shared/contract/index.ts'
import type { MeterEvent } from '#shared/contract/meter-decisions.ts'
import { SitedeskError } from '#shared/errors.ts'
import { DAY, parseZone, startOfDay } from '#shared/time.ts'
import { EventsPage } from '../../../src/renderer/features/meters/EventsPage.tsx'
import type { Answers } from '../fake-client.ts'
import type { Hello } from '../../../src/renderer/app/site.tsx'
import { HELLO, renderPart } from '../render.tsx'

const zone = parseZone(HELLO.zone) ?? 0
const day = startOfDay(HELLO.now, zone)

const EVENT: MeterEvent = {
  meterId: 'imr:0001',
  tableNo: '0001',
  name: '',
  place: '梅园2栋',
  meterKind: 'electricity',
  kind: 'reset',
  at: day,
  value: '0.83',
  before: { at: day - DAY, value: '1399.52' },
  from: { at: day - DAY, value: '1399.52' },
  to: { at: day, value: '0.83' },
  suspects: [day],
  digits: null,
  state: 'parked',
  decisionId: null,
  usage: null,
}

const DECISION = {
  id: 'd1',
  meterId: 'imr:0001',
  tableNo: '0001',
  at: day,
  kind: 'exchange',
  origin: 'repair',
  value: null,
  estimated: false,
  registerDigits: null,
  oldLast: '1400.00',
  newFirst: '0',
  original: '0.83',
  reason: '换表单 17',
  by: '张三',
  createdAt: HELLO.now,
  importId: null,
  withdrawnAt: null,
  withdrawnBy: null,
  withdrawnReason: null,
}

const preview = {
  days: [
    {
      day: day - DAY,
      before: { usage: '4.00', state: 'measured' },
      after: { usage: '4.00', state: 'measured' },
    },
    { day, before: { usage: null, state: 'reset' }, after: { usage: '1.31', state: 'measured' } },
    { day: day + DAY, before: { usage: null, state: 'gap' }, after: { usage: null, state: 'gap' } },
  ],
}

const engineer = { ...HELLO, operator: { id: '2', name: '李四', roles: ['meters' as const] } }
const cashier = { ...HELLO, operator: { id: '3', name: '王五', roles: ['cashier' as const] } }

function open(
  change: Answers = {},
  event: Partial<MeterEvent> = {},
  hello: Hello = engineer,
  url = '/?state=parked',
) {
  const answers: Answers = {
    'meters.events': () => ({ total: 1, rows: [{ ...EVENT, ...event }] }),
    'meters.previewDecision': () => preview,
    'meters.decide': () => ({ decisionIds: ['d1'] }),
    'meters.decisions': () => ({ total: 1, rows: [DECISION] }),
    ...change,
  }
  const Address = () => <output aria-label="address">{useLocation().search}</output>
  const part = (
    <>
      <EventsPage />
      <Address />
    </>
  )
  return renderPart(part, { answers, hello, url })
}

const inputsOf = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.flatMap((call) => (call.operation === operation ? [call.input] : []))

/** By keys alone, as a person at the list does it. */
async function openDrawer() {
  const grid = await screen.findByRole('grid', { name: '读数异常' })
  await screen.findByText('0001')
  act(() => grid.focus())
  await userEvent.keyboard('{ArrowDown}{Enter}')
  return screen.findByRole('region', { name: '清零或换表' })
}

describe('register alerts', () => {
  it('keeps its filters in the address and asks by them', async () => {
    const page = open()
    await screen.findByText('0001')
    expect(inputsOf(page, 'meters.events')[0]).toMatchObject({ state: 'parked' })
    await userEvent.type(screen.getByPlaceholderText('表号、名称、位置'), '梅园')
    await waitFor(() => expect(inputsOf(page, 'meters.events').at(-1)).toMatchObject({ query: '梅园' }))
    expect(screen.getByLabelText('address').textContent).toContain('state=parked')
  })

  it('shows the days before and after, and decides only with a reason', async () => {
    const page = open()
    const part = await openDrawer()
    await userEvent.click(within(part).getByRole('button', { name: '作出决定' }))
    const days = await within(part).findByRole('region', { name: '决定前后每天的用量' })
    await within(days).findByText('1.31')
    expect(within(days).getByText('异常')).toBeTruthy()
    // a day that is still to come says nothing
    expect(within(days).getAllByRole('row')).toHaveLength(3)
    const save = within(part).getByRole<HTMLButtonElement>('button', { name: '保存决定' })
    expect(save.disabled).toBe(true)
    expect(within(part).getByLabelText('请填写原因')).toBeTruthy()
    await userEvent.clear(within(part).getByLabelText('旧表最后读数 (kWh)'))
    await userEvent.type(within(part).getByLabelText('旧表最后读数 (kWh)'), '1400')
    await userEvent.type(within(part).getByLabelText('原因'), '换表单 17{Enter}')
    await waitFor(() => expect(inputsOf(page, 'meters.decide')).toHaveLength(1))
    expect(inputsOf(page, 'meters.decide')[0]).toEqual({
      meterId: 'imr:0001',
      at: day,
      kind: 'exchange',
      oldLast: '1400',
      newFirst: '0',
      reason: '换表单 17',
    })
    expect(await screen.findByText('已保存；可在该表的“决定”页撤回')).toBeTruthy()
  })

  it('asks nothing while a figure is no register, and says what is wrong with it', async () => {
    const page = open()
    const part = await openDrawer()
    await userEvent.click(within(part).getByRole('button', { name: '作出决定' }))
    await within(part).findByText('1.31')
    const asked = inputsOf(page, 'meters.previewDecision').length
    await userEvent.type(within(part).getByLabelText('新表起始读数 (kWh)'), 'x')
    expect(within(part).getByText('填不小于零的数，最多四位小数')).toBeTruthy()
    expect(inputsOf(page, 'meters.previewDecision')).toHaveLength(asked)
    expect(within(part).getByRole<HTMLButtonElement>('button', { name: '保存决定' }).disabled).toBe(true)
  })

  it('of a misreading leaves out the readings in doubt, all of them', async () => {
    const suspects = [day - 2 * DAY, day - DAY]
    const page = open({}, { kind: 'spike', suspects })
    const grid = await screen.findByRole('grid', { name: '读数异常' })
    await screen.findByText('0001')
    act(() => grid.focus())
    await userEvent.keyboard('{ArrowDown}{Enter}')
    const part = await screen.findByRole('region', { name: '突高' })
    expect(within(part).getByText('可疑')).toBeTruthy()
    await userEvent.click(within(part).getByRole('button', { name: '作出决定' }))
    await waitFor(() => expect(inputsOf(page, 'meters.previewDecision')).toHaveLength(1))
    const wanted = inputsOf(page, 'meters.previewDecision')[0] as Input<'meters.previewDecision'>
    expect(wanted).toEqual({ meterId: 'imr:0001', at: suspects[0], kind: 'ignore', also: [suspects[1]] })
  })

  it('says why the core refuses, and keeps what was typed', async () => {
    open({
      'meters.decide': () => {
        throw new SitedeskError('INVALID_INPUT', 'oldLast: The old meter ended below a reading.', {
          issues: [{ path: 'oldLast', message: 'The old meter ended below a reading.' }],
        })
      },
    })
    const part = await openDrawer()
    await userEvent.click(within(part).getByRole('button', { name: '作出决定' }))
    await userEvent.type(within(part).getByLabelText('原因'), '换表{Enter}')
    expect(await within(part).findByRole('button', { name: /复制/ })).toBeTruthy()
    expect(within(part).getByLabelText<HTMLInputElement>('原因').value).toBe('换表')
  })

  it('shows who decided and takes it back with a reason', async () => {
    const page = open(
      { 'meters.withdrawDecision': () => ({ ok: true }) },
      {
        state: 'decided',
        decisionId: 'd1',
        usage: '1.31',
      },
    )
    await openDrawer()
    const line = await screen.findByRole('region', { name: '有关的决定' })
    expect(line.textContent).toContain('换表单 17')
    expect(line.textContent).toContain('1,400.00 → 0')
    await userEvent.click(within(line).getByRole('button', { name: '撤回' }))
    await userEvent.type(within(line).getByLabelText('撤回原因'), '看错了{Enter}')
    await waitFor(() =>
      expect(inputsOf(page, 'meters.withdrawDecision')).toEqual([{ decisionId: 'd1', reason: '看错了' }]),
    )
  })

  it('says to a cashier who may decide', async () => {
    open({}, {}, cashier)
    const part = await openDrawer()
    expect(within(part).getByRole<HTMLButtonElement>('button', { name: '作出决定' }).disabled).toBe(true)
    expect(within(part).getByLabelText(/抄表|主管/)).toBeTruthy()
  })

  it('says that there is none', async () => {
    open({ 'meters.events': () => ({ total: 0, rows: [] }) }, {}, engineer, '/')
    expect(await screen.findByText('没有读数异常')).toBeTruthy()
  })
})
