import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { CashoutsPage } from '../../../src/renderer/features/charging/money/CashoutsPage.tsx'
import type { CashoutRow } from '#shared/contract/cashouts.ts'
import { HELLO, renderPart } from '../render.tsx'
import { as, cashoutRow, OPTIONS, orderRow, sheetOf } from './rows.ts'

const WHOLE = '6228480000000000001'
const LAST = { bankName: '工行', bankUser: '王某', bankCode: '****9999' }

const open = (row: CashoutRow, hello = HELLO) =>
  renderPart(<CashoutsPage />, {
    hello,
    answers: {
      ...OPTIONS,
      'cashouts.list': () => ({ total: 1, rows: [row] }),
      'cashouts.get': () => ({
        ...row,
        orderRows: [orderRow({ cashFen: 150 })],
        lastPaidAccount: row.accountChanged ? LAST : null,
      }),
      'cashouts.reveal': () => ({ bankCode: WHOLE, lastPaidBankCode: '6222000000000009999' }),
      'cashouts.decide': () => ({ ...row, state: 'paid' }),
    },
  })

const openRow = async () => {
  await userEvent.click(await screen.findByText('老王'))
  await screen.findByText('王某 · ¥99.40')
}
const decisions = (page: ReturnType<typeof open>) =>
  page.calls.filter(({ operation }) => operation === 'cashouts.decide').map(({ input }) => input)

describe('a withdrawal', () => {
  it('shows its account only when asked for', async () => {
    open(cashoutRow(), as('supervisor'))
    await openRow()
    const show = await screen.findByRole('button', { name: '显示账号' })
    expect(screen.queryByText(WHOLE)).toBeNull()
    await userEvent.click(show)
    expect(await screen.findByText(WHOLE)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '隐藏账号' }))
    expect(screen.queryByText(WHOLE)).toBeNull()
  })

  it('has no account and no decision for those who only look', async () => {
    const page = open(cashoutRow(), as('viewer'))
    await openRow()
    expect(screen.queryByRole('button', { name: '显示账号' })).toBeNull()
    expect(page.calls.some(({ operation }) => operation === 'cashouts.get')).toBe(false)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '已打款' }).disabled).toBe(true)
  })

  it('is paid after one look at who and how much', async () => {
    const page = open(cashoutRow())
    await openRow()
    await userEvent.click(screen.getByRole('button', { name: '已打款' }))
    const sheet = await sheetOf('已打款 ¥99.40')
    expect(sheet.textContent).toContain('农行')
    await userEvent.click(within(sheet).getByRole('button', { name: '确认已打款 ¥99.40' }))
    await waitFor(() => expect(decisions(page)).toEqual([{ cashOutId: 'C1', decision: 'success' }]))
  })

  it('fails only with a reason', async () => {
    const page = open(cashoutRow())
    await openRow()
    await userEvent.click(screen.getByRole('button', { name: '打款失败' }))
    const sheet = await sheetOf('打款失败 ¥99.40')
    await userEvent.click(within(sheet).getByRole('button', { name: '记为失败' }))
    expect(decisions(page)).toEqual([])
    await userEvent.type(within(sheet).getByLabelText('失败原因'), '户名不符{Enter}')
    await waitFor(() =>
      expect(decisions(page)).toEqual([{ cashOutId: 'C1', decision: 'failure', reason: '户名不符' }]),
    )
  })
})

describe('a withdrawal to another account', () => {
  it('is marked, with the account before, and the first person is told that he is the first', async () => {
    open(cashoutRow({ accountChanged: true }))
    expect(await screen.findByText('账户变更')).toBeTruthy()
    await openRow()
    expect(await screen.findByText(/上次打款账户.*工行/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '确认账户，等第二人' }))
    const sheet = await sheetOf('已打款 ¥99.40')
    expect(within(sheet).getByText(/你是第一位/)).toBeTruthy()
  })

  const give = async (sheet: HTMLElement, name: string) => {
    await userEvent.type(within(sheet).getByLabelText('主管姓名'), name)
    await userEvent.type(within(sheet).getByLabelText('主管 PIN'), '2468')
  }

  it('is paid at once when another supervisor gives name and PIN', async () => {
    const page = open(cashoutRow({ accountChanged: true }), as('supervisor'))
    await openRow()
    await userEvent.click(screen.getByRole('button', { name: '确认账户，等第二人' }))
    const sheet = await sheetOf('已打款 ¥99.40')
    await give(sheet, '钱七')
    await userEvent.click(within(sheet).getByRole('button', { name: '确认已打款 ¥99.40' }))
    const second = { name: '钱七', pin: '2468' }
    await waitFor(() => expect(decisions(page)).toEqual([{ cashOutId: 'C1', decision: 'success', second }]))
  })

  it('says who was first, who needs another one for the rest', async () => {
    const page = open(cashoutRow({ accountChanged: true, firstBy: '赵六' }), as('supervisor'))
    expect(await screen.findByText('待第二人确认')).toBeTruthy()
    await openRow()
    await userEvent.click(screen.getByRole('button', { name: '第二人确认，已打款' }))
    const sheet = await sheetOf('已打款 ¥99.40')
    const sure = within(sheet).getByRole<HTMLButtonElement>('button', { name: '确认已打款 ¥99.40' })
    expect(sure.disabled).toBe(true)
    await give(sheet, '钱七')
    await userEvent.click(within(sheet).getByRole('button', { name: '确认已打款 ¥99.40' }))
    await waitFor(() => expect(decisions(page)).toHaveLength(1))
    expect(decisions(page)[0]).toMatchObject({ second: { name: '钱七' } })
  })

  it('ends with the second', async () => {
    const page = open(cashoutRow({ accountChanged: true, firstBy: '钱七' }), as('supervisor'))
    await openRow()
    expect(screen.getByText('钱七 已确认，还需另一位主管确认。')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '第二人确认，已打款' }))
    await userEvent.click(await screen.findByRole('button', { name: '确认已打款 ¥99.40' }))
    await waitFor(() => expect(decisions(page)).toHaveLength(1))
  })
})
