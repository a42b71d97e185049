import { act, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { MeterDecision } from '#shared/contract/meter-decisions.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import { HOUR } from '#shared/time.ts'
import { DecisionsTab } from '../../../src/renderer/features/meters/DecisionsTab.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const METER = { id: 'imr:0001', tableNo: '0001', kind: 'electricity', source: 'imr' } as MeterRow

const DECISION: MeterDecision = {
  id: 'd1',
  meterId: 'imr:0001',
  tableNo: '0001',
  at: HELLO.now - 48 * HOUR,
  kind: 'value',
  origin: 'manual',
  value: '352.40',
  estimated: true,
  registerDigits: null,
  oldLast: null,
  newFirst: null,
  original: null,
  reason: '现场抄表',
  by: '张三',
  createdAt: HELLO.now - HOUR,
  importId: null,
  withdrawnAt: null,
  withdrawnBy: null,
  withdrawnReason: null,
}

function open(rows: readonly MeterDecision[] = [DECISION], more: Answers = {}) {
  const answers: Answers = {
    'meters.decisions': () => ({ total: rows.length, rows }),
    'meters.previewDecision': () => ({ days: [] }),
    'meters.decide': () => ({ decisionIds: ['d2'] }),
    ...more,
  }
  return renderPart(<DecisionsTab meter={METER} />, { answers })
}

const CLOCK = '时间（24 小时制，如 10:30）'

const inputsOf = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.flatMap((call) => (call.operation === operation ? [call.input] : []))

async function enter(fields: { clock: string; value: string; reason: string }) {
  await userEvent.click(await screen.findByRole('button', { name: '录入读数' }))
  const form = screen.getByRole('form', { name: '录入读数' })
  // the hour first: the day is today's already
  expect(document.activeElement).toBe(within(form).getByLabelText(CLOCK))
  await userEvent.type(within(form).getByLabelText(CLOCK), fields.clock)
  await userEvent.type(within(form).getByLabelText('读数 (kWh)'), fields.value)
  await userEvent.type(within(form).getByLabelText('原因'), fields.reason)
  return form
}

describe('decisions about one meter', () => {
  it('lists what was decided, by whom and why', async () => {
    open()
    const row = (await screen.findByText('现场抄表')).closest('[role="row"]')
    expect(row?.textContent).toContain('352.40 (估算)')
    expect(row?.textContent).toContain('有效')
  })

  it('takes one back with a reason, which the list then shows', async () => {
    let rows = [DECISION]
    const page = open([], {
      'meters.decisions': () => ({ total: 1, rows }),
      'meters.withdrawDecision': () => {
        rows = [{ ...DECISION, withdrawnAt: HELLO.now, withdrawnBy: '张三', withdrawnReason: '抄错了' }]
        return { ok: true }
      },
    })
    const grid = await screen.findByRole('grid', { name: '决定' })
    await screen.findByText('现场抄表')
    act(() => grid.focus())
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await userEvent.click(await screen.findByRole('button', { name: '撤回' }))
    const sure = screen.getByRole<HTMLButtonElement>('button', { name: '撤回这项决定' })
    expect(sure.disabled).toBe(true)
    await userEvent.type(screen.getByLabelText('撤回原因'), '抄错了{Enter}')
    await waitFor(() =>
      expect(inputsOf(page, 'meters.withdrawDecision')).toEqual([{ decisionId: 'd1', reason: '抄错了' }]),
    )
    act(() => page.emit({ type: 'changed', area: 'meters' }))
    expect(await screen.findByText(/已由 张三 于 .* 撤回：抄错了/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: '撤回' })).toBeNull()
  })

  it('takes a reading of somebody who stood before the meter', async () => {
    const page = open([])
    await enter({ clock: '9:30', value: '360.5', reason: '现场抄表{Enter}' })
    await waitFor(() =>
      expect(inputsOf(page, 'meters.decide')).toEqual([
        {
          meterId: 'imr:0001',
          at: Date.UTC(2026, 2, 1, 1, 30),
          kind: 'value',
          value: '360.5',
          estimated: false,
          reason: '现场抄表',
        },
      ]),
    )
    // the form has gone, and the button has the focus again
    await waitFor(() => expect(screen.queryByRole('form')).toBeNull())
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '录入读数' }))
  })

  it('takes none of the future, and none without a reason', async () => {
    const page = open([])
    const form = await enter({ clock: '23:59', value: '360.5', reason: '现场抄表{Enter}' })
    expect(within(form).getByText('这个时间还没有到')).toBeTruthy()
    expect(within(form).getByRole<HTMLButtonElement>('button', { name: '保存读数' }).disabled).toBe(true)
    await userEvent.clear(within(form).getByLabelText(CLOCK))
    await userEvent.type(within(form).getByLabelText(CLOCK), '9:30')
    expect(within(form).getByRole<HTMLButtonElement>('button', { name: '保存读数' }).disabled).toBe(false)
    await userEvent.clear(within(form).getByLabelText('原因'))
    expect(within(form).getByLabelText('请填写原因')).toBeTruthy()
    expect(inputsOf(page, 'meters.decide')).toEqual([])
  })

  it('says how to begin where nobody decided anything', async () => {
    open([])
    expect(await screen.findByText('还没有人对该表的读数作过决定')).toBeTruthy()
  })
})
