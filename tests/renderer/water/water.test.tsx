import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { ArrearsPage } from '../../../src/renderer/features/water/ArrearsPage.tsx'
import { LinkDialog } from '../../../src/renderer/features/water/LinkDialog.tsx'
import { SchedulesPage } from '../../../src/renderer/features/water/LogPages.tsx'
import { ReadingsPage } from '../../../src/renderer/features/water/HistoryPages.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const DAY = 86_400_000
const none = () => ({ total: 0, rows: [], asOf: HELLO.now })
const open = (part: ReactNode, answers: Answers, url = '/') => renderPart(part, { answers, url })
const callsOf = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)

const owing = {
  user_code: 'W100001',
  username: '苏勇军',
  phone_number: '138****5678',
  account_balance: '0',
  consumed_amount: '12',
  arrears_balance: '418.34',
  last_billing_date: HELLO.now,
  devices: [{ device_code: '310700000008', how: 'auto' }],
  rooms: [{ roomId: 'R1', path: ['梅园', '1栋', '101'], how: 'hand' }],
}

describe('water', () => {
  it('readings are asked for as the filters say, the last day whole', async () => {
    const page = open(
      <ReadingsPage />,
      { 'water.readings': none },
      '/?device=0012&address=梅园&from=2026-02-01&to=2026-02-02',
    )
    const start = Date.UTC(2026, 1, 1) - 8 * 3_600_000
    await waitFor(() =>
      expect(callsOf(page, 'water.readings').at(-1)).toMatchObject({
        device_code: '0012',
        address: '梅园',
        start_time: start,
        end_time: start + 2 * DAY,
      }),
    )
  })

  it('jobs offer a collector only where the site has named some', async () => {
    const words =
      (collectors: string[]) =>
      ({ list }: { list: string }) => ({
        rows: list === 'collectors' ? collectors.map((word) => ({ word, count: 3 })) : [],
      })
    const jobs = () => ({ ...none(), failed: 0 })
    const plain = open(<SchedulesPage />, { 'water.schedules': jobs, 'water.words': words([]) })
    await screen.findByRole('combobox', { name: '结果' })
    expect(screen.queryByRole('combobox', { name: '采集器编码' })).toBeNull()
    plain.unmount()
    const page = open(
      <SchedulesPage />,
      { 'water.schedules': jobs, 'water.words': words(['c7']) },
      '/?collector=c7',
    )
    await screen.findByRole('combobox', { name: '采集器编码' })
    await waitFor(() => expect(callsOf(page, 'water.schedules').at(-1)).toMatchObject({ coll_code: 'c7' }))
  })

  it('who owes stands with room and meter, the phone masked until it is asked for', async () => {
    const page = open(<ArrearsPage />, {
      'water.regions': () => ({ total: 0, rows: [], asOf: null }),
      'water.arrears': () => ({ total: 1, rows: [owing], asOf: HELLO.now }),
      'water.reveal': () => ({ phone: '13812345678' }),
    })
    const row = (await screen.findByText('苏勇军')).closest('[role=row]')
    expect(row?.textContent).toContain('418.34')
    expect(row?.textContent).toContain('138****5678')
    const link = within(row as HTMLElement).getByRole('link', { name: '310700000008' })
    expect(link.getAttribute('href')).toBe('/water/devices/310700000008')
    expect(callsOf(page, 'water.reveal')).toEqual([])
    await userEvent.click(screen.getByText('苏勇军'))
    await userEvent.click(await screen.findByRole('button', { name: '显示电话' }))
    expect(await screen.findByText('13812345678')).toBeTruthy()
    expect(callsOf(page, 'water.reveal')).toEqual([{ user_code: 'W100001' }])
  })

  it('a link needs two of room, meter and account, and sends only what was filled in', async () => {
    const page = open(<LinkDialog open onClose={() => undefined} />, { 'water.link': () => ({ id: '1' }) })
    const save = await screen.findByRole<HTMLButtonElement>('button', { name: /关\s*联/ })
    await userEvent.type(screen.getByLabelText('水表编号'), ' 0012 ')
    expect(save.disabled).toBe(true)
    await userEvent.type(screen.getByLabelText('用户编码'), 'W1')
    await waitFor(() => expect(save.disabled).toBe(false))
    await userEvent.click(save)
    await waitFor(() =>
      expect(callsOf(page, 'water.link')).toEqual([{ device_code: '0012', user_code: 'W1' }]),
    )
  })
})
