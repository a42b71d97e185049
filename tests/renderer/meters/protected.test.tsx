import { act, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { CommandsPage } from '../../../src/renderer/features/meters/CommandsPage.tsx'
import { ProtectedPage } from '../../../src/renderer/features/meters/ProtectedPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const engineer = { ...HELLO, operator: { id: '2', name: '李四', roles: ['meters' as const] } }
const cashier = { ...HELLO, operator: { id: '3', name: '王五', roles: ['cashier' as const] } }

const GUARDED = {
  meterId: 'imr:0001',
  tableNo: '0001',
  place: '行政楼',
  house: '机房',
  user: '',
  reason: '消防水泵',
  by: '张三',
  at: HELLO.now,
}

const list = (change: Answers = {}) => ({
  'meters.protected': () => ({ total: 1, rows: [GUARDED] }),
  'meters.protect': () => ({ ok: true }),
  ...change,
})

describe('protected supplies', () => {
  it('takes one off the list with a reason', async () => {
    const page = renderPart(<ProtectedPage />, { answers: list() })
    await screen.findByText('消防水泵')
    act(() => screen.getByRole('grid', { name: '保电名单' }).focus())
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await userEvent.click(await screen.findByRole('button', { name: '移出保电名单' }))
    await screen.findByText('移出保电名单: 0001')
    await userEvent.type(screen.getByLabelText('原因'), '水泵已拆{Enter}')
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'meters.protect')?.input).toEqual({
        meterId: 'imr:0001',
        protected: false,
        reason: '水泵已拆',
      }),
    )
  })

  it('adds one: which meter first, why then', async () => {
    const row = { id: 'imr:0002', tableNo: '0002', place: '东区', house: 'A1', user: '' }
    const page = renderPart(<ProtectedPage />, {
      answers: list({ 'meters.list': () => ({ total: 1, rows: [row], asOf: null }) }),
    })
    await userEvent.click(await screen.findByRole('button', { name: '加入保电名单' }))
    await userEvent.type(await screen.findByLabelText('哪块表'), '0002')
    await userEvent.click(await screen.findByTitle('0002 · 东区 · A1'))
    const sheet = await screen.findByRole('dialog', { name: '加入保电名单: 0002' })
    await userEvent.type(within(sheet).getByLabelText('原因'), '机房{Enter}')
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'meters.protect')?.input).toEqual({
        meterId: 'imr:0002',
        protected: true,
        reason: '机房',
      }),
    )
  })

  it('says to an engineer that a supervisor does this', async () => {
    renderPart(<ProtectedPage />, { answers: list(), hello: engineer })
    const add = await screen.findByRole<HTMLButtonElement>('button', { name: '加入保电名单' })
    expect(add.disabled).toBe(true)
  })
})

const waiting = (id: string) => ({
  id,
  batchId: 'b1',
  meterId: `imr:${id}`,
  tableNo: id,
  action: 'close',
  state: 'waiting',
  requestedBy: '李四',
  requestedAt: HELLO.now,
})

const commands = (stop: () => unknown) => ({
  'meters.commands': ({ state }: { state?: string }) =>
    state === 'waiting' ? { total: 2, rows: [waiting('0001'), waiting('0002')] } : { total: 0, rows: [] },
  'meters.commandStop': stop,
})

describe('a selection that is still sent', () => {
  it('is stopped by one button', async () => {
    const page = renderPart(<CommandsPage />, { answers: commands(() => ({ stopped: 2 })), hello: engineer })
    expect(await screen.findByText(/还有 2 条等待下发（李四）/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '停止下发' }))
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'meters.commandStop')?.input).toEqual({
        batchId: 'b1',
      }),
    )
  })

  it('is not for a cashier to stop, and a refusal is said', async () => {
    const view = renderPart(<CommandsPage />, { answers: commands(() => ({ stopped: 0 })), hello: cashier })
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: '停止下发' })).disabled).toBe(true)
    view.unmount()
    const refused = () => {
      throw new Error('boom')
    }
    renderPart(<CommandsPage />, { answers: commands(refused), hello: engineer })
    await userEvent.click(await screen.findByRole('button', { name: '停止下发' }))
    expect(await screen.findByRole('alert')).toBeTruthy()
  })
})
