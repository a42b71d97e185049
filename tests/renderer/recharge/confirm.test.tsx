import { screen, waitFor } from '@testing-library/react'
import { userEvent, type UserEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ConfirmSheet } from '../../../src/renderer/features/recharge/desk/ConfirmSheet.tsx'
import { DeskSide } from '../../../src/renderer/features/recharge/desk/DeskSide.tsx'
import type { Sale } from '../../../src/renderer/features/recharge/desk/flow.ts'
import { RoomCard } from '../../../src/renderer/features/recharge/desk/RoomCard.tsx'
import { RoomHistory } from '../../../src/renderer/features/recharge/desk/RoomHistory.tsx'
import { SLIP_MS } from '../../../src/renderer/features/recharge/desk/use-desk-keys.ts'
import type { Answers } from '../fake-client.ts'
import { renderPart } from '../render.tsx'
import { intent, NOW, ROOM } from './fixtures.ts'

const SALE: Sale = {
  intentId: 'i1',
  roomId: ROOM.id,
  roomPath: ROOM.path,
  meters: ['000000001234', '000000005678'],
  amountFen: 5000,
  tender: 'cash',
  balanceFen: 1575,
  balanceAt: NOW,
  confirmedDuplicate: false,
  confirmedLarge: false,
}
let user: UserEvent
beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) })
})
afterEach(() => vi.useRealTimers())

const onPost = vi.fn<() => void>()
const sheet = (sale: Sale = SALE, answers: Answers = {}) => {
  onPost.mockReset()
  return renderPart(<ConfirmSheet sale={sale} posting={false} onPost={onPost} onBack={() => undefined} />, {
    answers,
  })
}
const status = (state: string) => ({ sources: [{ source: 'campus', state }] })
const post = () => screen.getByRole<HTMLButtonElement>('button', { name: /入账/ })

it('names the meters, and the balance before and after, the latter as computed', () => {
  sheet()
  const text = screen.getByRole('dialog').textContent
  for (const part of ['000000001234', '000000005678', '15.75', '充值后余额（推算）', '65.75'])
    expect(text).toContain(part)
})

it('computes nothing from a balance that is not known', () => {
  sheet({ ...SALE, balanceFen: null, balanceAt: null, meters: [] })
  const text = screen.getByRole('dialog').textContent
  expect(text.match(/还不知道/g)).toHaveLength(2)
  expect(text).toContain('没有表计')
})

it('posts nothing while the platform cannot be reached, until a read succeeds (R-77)', async () => {
  let state = 'offline'
  const { calls } = sheet(SALE, {
    'system.status': () => status(state),
    'rooms.refresh': () => {
      state = 'live'
      return ROOM
    },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('连不上校园系统')
  await vi.advanceTimersByTimeAsync(SLIP_MS)
  expect(post().disabled).toBe(true)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(post().disabled).toBe(false))
  expect(onPost).not.toHaveBeenCalled()
  expect(calls.filter(({ operation }) => operation === 'rooms.refresh')).toEqual([
    { operation: 'rooms.refresh', input: { roomId: ROOM.id } },
  ])
  await user.keyboard('{Enter}')
  expect(onPost).toHaveBeenCalledOnce()
})

it('asks a platform that refused the account for nothing', async () => {
  const { calls } = sheet(SALE, { 'system.status': () => status('stopped') })
  expect((await screen.findByRole('alert')).textContent).toContain('不接受本站账号')
  await vi.advanceTimersByTimeAsync(SLIP_MS)
  await user.keyboard('{Enter}')
  expect(post().disabled).toBe(true)
  expect(calls.map(({ operation }) => operation)).toEqual(['system.status'])
})

it('the room has its last ten recharges, and meters with their readings', () => {
  const recharges = Array.from({ length: 12 }, (_, i) => ({
    outTradeNo: `A${i}`,
    amountFen: 1000 + i,
    tradeType: '2',
    at: NOW - i,
  }))
  renderPart(
    <>
      <RoomCard room={ROOM} renewal="done" onOther={() => undefined} />
      <RoomHistory room={{ ...ROOM, recharges }} />
    </>,
  )
  expect(screen.getByRole('table').querySelectorAll('tbody tr')).toHaveLength(10)
  expect(document.body.textContent).toContain('000000001234 12.5')
})

it('beside a sale without an outcome nobody says that every one has it', async () => {
  const side = (shown: string | null) =>
    renderPart(<DeskSide shown={shown} onShow={() => undefined} />, {
      answers: {
        'recharge.list': () => ({ total: 1, rows: [intent('i1', 'UNKNOWN')], appliedFen: 0 }),
        'shifts.current': () => ({ shift: null }),
        'receipts.list': () => ({ total: 0, rows: [] }),
      },
    })
  side('i1')
  expect(await screen.findByText('其余每一笔都有结果')).toBeTruthy()
})
