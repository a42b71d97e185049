import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { ReconciliationDay } from '#shared/contract/reconciliation.ts'
import { DayPage } from '../../../src/renderer/features/reconciliation/DayPage.tsx'
import { stepDay } from '../../../src/renderer/features/reconciliation/use-day.ts'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const none = { count: 0, hereFen: 0, upstreamFen: 0 }
const day = (change: Partial<ReconciliationDay> = {}): ReconciliationDay => ({
  day: '2026-03-01',
  state: 'complete',
  scope: 'touched',
  jobId: null,
  ranAt: HELLO.now,
  roomsDone: 4,
  rooms: 4,
  matched: { count: 12, hereFen: 120_000, upstreamFen: 120_000 },
  onlyHere: none,
  onlyUpstream: { count: 2, hereFen: 0, upstreamFen: 8000 },
  differs: none,
  waiting: none,
  signedBy: null,
  signedAt: null,
  note: null,
  endedSince: 0,
  ...change,
})

const open = (of: ReconciliationDay, change: Answers = {}, url = '/') =>
  renderPart(<DayPage />, {
    url,
    answers: {
      'reconciliation.get': () => of,
      'reconciliation.records': () => ({ total: 0, rows: [] }),
      'reconciliation.run': () => ({ jobId: 'j1' }),
      'reconciliation.sign': () => ({ ...of, state: 'signed' }),
      'jobs.cancel': () => ({ ok: true }),
      ...change,
    },
  })

const callsOf = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)

describe('a day held against the platform', () => {
  it('starts with today in the site’s zone, and steps over month ends', async () => {
    const page = open(day())
    await userEvent.click(await screen.findByLabelText('前一天'))
    await waitFor(() =>
      expect(callsOf(page, 'reconciliation.get')).toEqual([{ day: '2026-03-01' }, { day: '2026-02-28' }]),
    )
    expect(stepDay('2024-02-28', 1)).toBe('2024-02-29')
  })

  it('shows only the class that was chosen, and all again', async () => {
    const page = open(day())
    const tile = await screen.findByRole('button', { name: /仅对方/ })
    await userEvent.click(tile)
    await waitFor(() =>
      expect(callsOf(page, 'reconciliation.records').at(-1)).toMatchObject({ class: 'onlyUpstream' }),
    )
    expect(tile.getAttribute('aria-pressed')).toBe('true')
    await userEvent.click(tile)
    expect(tile.getAttribute('aria-pressed')).toBe('false')
  })

  it('goes on with the scope it was started with', async () => {
    const page = open(day({ state: 'partial', scope: 'all' }))
    await userEvent.click(await screen.findByText('继续对账'))
    expect(callsOf(page, 'reconciliation.run')).toEqual([{ day: '2026-03-01', scope: 'all' }])
  })

  it('says how far it is, and stops', async () => {
    const job = { id: 'j9', state: 'running', done: 3, total: 8 }
    const page = open(day({ state: 'running', jobId: 'j9' }), { 'jobs.get': () => job })
    expect(await screen.findByText('3 / 8 个房间')).toBeTruthy()
    await userEvent.click(screen.getByText('停下'))
    expect(callsOf(page, 'jobs.cancel')).toEqual([{ id: 'j9' }])
    expect(screen.queryByText('再对一次')).toBeNull()
  })

  it('is signed with a note where something does not match', async () => {
    const page = open(day())
    await userEvent.click(await screen.findByRole('button', { name: '签核' }))
    const dialog = await screen.findByRole('dialog')
    await userEvent.click(within(dialog).getByRole('button', { name: '签核' }))
    expect(within(dialog).getByText(/签核要写说明/)).toBeTruthy()
    await userEvent.type(within(dialog).getByLabelText('说明'), '两笔是微信充值')
    await userEvent.click(within(dialog).getByRole('button', { name: '签核' }))
    expect(callsOf(page, 'reconciliation.sign')).toEqual([{ day: '2026-03-01', note: '两笔是微信充值' }])
  })

  it('cannot be signed before it was compared', async () => {
    open(day({ state: 'none' }))
    expect(await screen.findByLabelText('对完账才能签核')).toBeTruthy()
  })

  it('leaves a future or impossible day of the URL alone', async () => {
    const page = open(day(), {}, '/?day=2026-13-77')
    await screen.findByText('仅对方')
    expect(callsOf(page, 'reconciliation.get')).toEqual([{ day: '2026-03-01' }])
  })
})
