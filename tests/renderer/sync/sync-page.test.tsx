import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import type { JobRow } from '#shared/contract/jobs.ts'
import { DAY, parseZone, startOfDay } from '#shared/time.ts'
import { JobReport } from '../../../src/renderer/features/sync/JobReport.tsx'
import { SyncPage } from '../../../src/renderer/features/sync/SyncPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const today = startOfDay(HELLO.now, parseZone(HELLO.zone) ?? 0)

const source = (change: object = {}) => ({
  source: 'imr',
  state: 'live',
  lastCompleteAt: HELLO.now,
  partial: false,
  lastError: null,
  clockSkewMs: null,
  ...change,
})

const job = (change: Partial<JobRow> = {}): JobRow => ({
  id: 'j1',
  kind: 'sync.imr',
  spec: { source: 'imr' },
  state: 'running',
  step: { code: 'readings', data: { day: today - DAY } },
  done: 30,
  total: 120,
  error: null,
  report: [],
  startedBy: null,
  createdAt: HELLO.now,
  updatedAt: HELLO.now,
  endedAt: null,
  resumable: true,
  ...change,
})

const open = (change: Answers = {}) =>
  renderPart(<SyncPage />, {
    answers: {
      'system.status': () => ({ sources: [source()], problems: [] }),
      'settings.get': () => ({ values: { sync: { everyMinutes: 60 } } }),
      'jobs.list': () => ({ total: 0, rows: [] }),
      'sync.coverage': () => ({ days: [] }),
      'sync.start': () => ({ jobId: 'j1' }),
      'jobs.cancel': () => ({ ok: true }),
      ...change,
    },
  })

describe('the gap map', () => {
  it('is of the data one chooses, which a fetch of its days then asks for', async () => {
    const asked: unknown[] = []
    open({
      'sync.coverage': (input) => {
        asked.push((input as { dataset?: string }).dataset)
        return { days: [] }
      },
    })
    await userEvent.click(await screen.findByRole('combobox', { name: '哪种数据' }))
    await userEvent.click(await screen.findByTitle('摄像头抄表'))
    await waitFor(() => expect(asked).toEqual(['readings', 'camera']))
  })
})

describe('sync centre', () => {
  it('leads to the settings while nothing is set up', async () => {
    open({ 'system.status': () => ({ sources: [source({ state: 'unconfigured' })], problems: [] }) })
    const link = await screen.findByRole('link', { name: '去设置' })
    expect(link.getAttribute('href')).toBe('/settings')
  })

  it('starts a sync of the source', async () => {
    const page = open()
    await userEvent.click(await screen.findByText('立即同步'))
    await waitFor(() =>
      expect(page.calls).toContainEqual({ operation: 'sync.start', input: { source: 'imr' } }),
    )
  })

  it('goes on where an unfinished one stopped', async () => {
    open({ 'system.status': () => ({ sources: [source({ partial: true })], problems: [] }) })
    expect(await screen.findByText('继续上次')).toBeTruthy()
  })

  it('says what runs, how far it is, and can stop it', async () => {
    const page = open({ 'jobs.list': () => ({ total: 1, rows: [job()] }) })
    expect(await screen.findByText(/读取 02-28 的读数/)).toBeTruthy()
    expect(screen.getByText(/30 \/ 120 段/)).toBeTruthy()
    expect(screen.queryByText('立即同步')).toBeNull()
    await userEvent.click(screen.getByText('取消'))
    expect(page.calls).toContainEqual({ operation: 'jobs.cancel', input: { id: 'j1' } })
  })

  it('fetches the picked days, the end excluded', async () => {
    const page = open()
    const calendar = await screen.findByLabelText(/数据完整度日历/)
    const user = userEvent.setup()
    await user.click(within(calendar).getByLabelText(/^2026-02-10/))
    await user.keyboard('{Shift>}')
    await user.click(within(calendar).getByLabelText(/^2026-02-08/))
    await user.keyboard('{/Shift}')
    expect(screen.getByText('已选 02-08 至 02-10（3 天）')).toBeTruthy()
    await user.click(screen.getByText('补取 3 天'))
    const from = Date.UTC(2026, 1, 8) - 8 * 3_600_000
    expect(page.calls).toContainEqual({
      operation: 'sync.start',
      input: { source: 'imr', dataset: 'readings', from, to: from + 3 * DAY },
    })
  })

  it('says why days that are settled are not fetched', async () => {
    const day = { state: 'complete', rows: 9, readings: 9, fetchedAt: HELLO.now }
    const at = (date: number) => Date.UTC(2026, 1, date) - 8 * 3_600_000
    open({
      'sync.coverage': () => ({
        days: [
          { ...day, day: at(8) },
          { ...day, day: at(9), readings: 0 },
        ],
      }),
    })
    const calendar = await screen.findByLabelText(/数据完整度日历/)
    await userEvent.click(within(calendar).getByLabelText('2026-02-09：完整但无读数，0 条读数'))
    expect(screen.getByText('补取 0 天').closest('button')?.disabled).toBe(true)
    expect(screen.getByLabelText('所选日子都已取全，不需要再取')).toBeTruthy()
  })

  it('arrows move in the calendar, one square takes part in the tab order', async () => {
    open()
    const calendar = await screen.findByLabelText(/数据完整度日历/)
    const stops = () =>
      [...calendar.querySelectorAll<HTMLButtonElement>('button')].filter((day) => day.tabIndex === 0)
    expect(stops()).toHaveLength(1)
    stops()[0]?.focus()
    await userEvent.keyboard('{ArrowUp}')
    expect(document.activeElement?.getAttribute('data-day')).toBe(String(today - DAY))
    expect(stops()).toHaveLength(1)
  })
})

it('a report says what happened in words, with its cure', () => {
  renderPart(
    <JobReport
      job={job({
        state: 'partial',
        error: { code: 'UPSTREAM_OFFLINE', message: 'no answer' },
        report: [
          { level: 'info', code: 'rows', data: { count: 12 } },
          {
            level: 'warning',
            code: 'windowPartial',
            data: { dataset: 'readings', from: today - DAY, to: today, reason: 'timeout' },
          },
          { level: 'info', code: 'ofANewerCore' },
        ],
      })}
    />,
  )
  expect(screen.getByText('连不上对方系统')).toBeTruthy()
  expect(screen.getByText(/收到 12 行/)).toBeTruthy()
  expect(screen.getByText(/历史读数 02-28 没有取完.*对方系统没有及时回答/)).toBeTruthy()
  expect(screen.getByText('ofANewerCore')).toBeTruthy()
})
