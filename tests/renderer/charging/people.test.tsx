import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { describe, expect, it } from 'vitest'
import { CoinsPage } from '../../../src/renderer/features/charging/money/CoinsPage.tsx'
import { BlacklistPage } from '../../../src/renderer/features/charging/people/BlacklistPage.tsx'
import { ManagersPage } from '../../../src/renderer/features/charging/people/ManagersPage.tsx'
import { ProfessionsPage } from '../../../src/renderer/features/charging/people/ProfessionsPage.tsx'
import { UserPage } from '../../../src/renderer/features/charging/people/UserPage.tsx'
import { UsersPage } from '../../../src/renderer/features/charging/people/UsersPage.tsx'
import { HELLO, renderPart } from '../render.tsx'
import { as, BOSS, OPTIONS, orderRow, totals, USER, userRow } from './rows.ts'

const ledger = (agrees: boolean) => () => ({
  total: 1,
  rows: [{ kind: 'charge', id: 'P1', at: HELLO.now, coins: 5, balance: 5, other: null }],
  balance: agrees ? 5 : 9,
  agrees,
})

describe('users', () => {
  it('show at once whether their ledger agrees', async () => {
    renderPart(<UsersPage />, {
      answers: {
        'users.list': () => ({ total: 1, rows: [userRow({ coins: 9 })] }),
        'coins.ledger': ledger(false),
      },
    })
    await userEvent.click(await screen.findByText('李四'))
    expect(await screen.findByText('流水与余额不一致：余额 9，流水合计 5')).toBeTruthy()
  })

  it('begin with their last week', async () => {
    const page = renderPart(
      <Routes>
        <Route path="/charging/users/:user" element={<UserPage />} />
      </Routes>,
      {
        url: `/charging/users/${USER}`,
        answers: {
          'users.get': () => userRow(),
          'coins.ledger': ledger(true),
          'orders.list': () => ({ total: 1, rows: [orderRow()], totals: totals(1, 150) }),
        },
      },
    )
    expect(await screen.findByText('流水与余额一致')).toBeTruthy()
    await waitFor(() =>
      expect(page.calls).toContainEqual({
        operation: 'orders.list',
        input: expect.objectContaining({
          user: USER,
          from: Date.UTC(2026, 1, 23) - 8 * 3_600_000,
        }) as unknown,
      }),
    )
    expect(await screen.findByText('+5')).toBeTruthy()
  })
})

describe('coin purchases', () => {
  it('are credited by staff', async () => {
    const charge = {
      payId: 'P9',
      user: USER,
      userName: '李四',
      coins: 10,
      priceFen: 1000,
      state: 'pending',
      begunAt: HELLO.now,
      paidAt: null,
      providerId: null,
    }
    const page = renderPart(<CoinsPage />, {
      answers: {
        'coins.charges': () => ({ total: 1, rows: [charge] }),
        'coins.confirmPayment': () => ({ payId: 'P9', user: USER, coins: 10, balance: 15 }),
      },
    })
    await userEvent.click(await screen.findByText('待收款'))
    await userEvent.click(await screen.findByRole('button', { name: '确认收款' }))
    await userEvent.click(await screen.findByRole('button', { name: '收到 ¥10.00' }))
    await waitFor(() =>
      expect(page.calls).toContainEqual({ operation: 'coins.confirmPayment', input: { payId: 'P9' } }),
    )
  })
})

describe('the blacklist', () => {
  const answers = {
    ...OPTIONS,
    'blacklist.list': () => ({
      total: 1,
      rows: [{ user: USER, userName: '李四', manager: BOSS, managerName: '老王', since: HELLO.now }],
    }),
    'blacklist.add': () => ({ ok: true }),
    'blacklist.remove': () => ({ ok: true }),
  }

  it('takes a whole number and a manager, nothing less', async () => {
    const page = renderPart(<BlacklistPage />, { answers })
    await userEvent.click(await screen.findByRole('button', { name: '加入黑名单' }))
    const dialog = await screen.findByRole('dialog')
    await userEvent.type(within(dialog).getByLabelText('用户手机号'), '1380000{Enter}')
    expect(within(dialog).getByText('手机号是 11 位数字，1 开头。')).toBeTruthy()
    expect(within(dialog).getByText('选择一位管理员。')).toBeTruthy()
    await userEvent.type(within(dialog).getByLabelText('用户手机号'), '1234')
    await userEvent.click(within(dialog).getByLabelText('管理员'))
    await userEvent.click(await screen.findByText('老王 139****5678'))
    await userEvent.click(within(dialog).getByRole('button', { name: '加入黑名单' }))
    await waitFor(() =>
      expect(page.calls).toContainEqual({
        operation: 'blacklist.add',
        input: { user: '13800001234', manager: BOSS },
      }),
    )
  })

  it('asks again when users changed: it is one area of the core', async () => {
    const page = renderPart(<BlacklistPage />, { answers })
    const asked = () => page.calls.filter(({ operation }) => operation === 'blacklist.list').length
    await screen.findByRole('button', { name: '移出' })
    const before = asked()
    page.emit({ type: 'changed', area: 'users' })
    await waitFor(() => expect(asked()).toBe(before + 1))
  })

  it('lets somebody go after asking', async () => {
    const page = renderPart(<BlacklistPage />, { answers })
    await userEvent.click(await screen.findByRole('button', { name: '移出' }))
    await userEvent.click((await screen.findAllByRole('button', { name: '移出' })).at(-1) as HTMLElement)
    await waitFor(() =>
      expect(page.calls).toContainEqual({
        operation: 'blacklist.remove',
        input: { user: USER, manager: BOSS },
      }),
    )
  })

  it('is only looked at by a viewer', async () => {
    renderPart(<BlacklistPage />, { answers, hello: as('viewer') })
    const remove = await screen.findByRole<HTMLButtonElement>('button', { name: '移出' })
    expect(remove.disabled).toBe(true)
  })
})

it('managers have their income beside their chargers', async () => {
  const row = {
    manager: BOSS,
    managerName: '老王',
    firstAt: HELLO.now,
    devices: 3,
    withdrawableFen: 12_345,
    paidOutFen: 100,
  }
  renderPart(<ManagersPage />, { answers: { 'users.managers': () => ({ total: 1, rows: [row] }) } })
  expect(await screen.findByText('¥123.45')).toBeTruthy()
  await userEvent.click(screen.getByText('老王'))
  const link = await screen.findByRole('link', { name: '他的账单' })
  expect(link.getAttribute('href')).toBe(`/charging/orders?manager=${BOSS}`)
})

describe('professions', () => {
  const open = () =>
    renderPart(<ProfessionsPage />, {
      answers: {
        'professions.list': () => ({
          total: 2,
          rows: [
            { professionId: 1, professionName: '学生', users: 2 },
            { professionId: 4, professionName: '教师', users: 0 },
          ],
        }),
        'professions.save': (input) => input,
        'professions.remove': () => ({ ok: true }),
      },
    })

  it('are added under a free number, never over another', async () => {
    const page = open()
    await userEvent.click(await screen.findByRole('button', { name: '新增职业' }))
    const number = await screen.findByLabelText<HTMLInputElement>('编号')
    expect(number.value).toBe('5')
    await userEvent.clear(number)
    await userEvent.type(number, '4')
    await userEvent.type(screen.getByLabelText('名称'), '职工{Enter}')
    expect(screen.getByText('编号 4 已是“教师”；要改名请在那一行改。')).toBeTruthy()
    await userEvent.clear(number)
    await userEvent.type(number, '6{Enter}')
    await waitFor(() =>
      expect(page.calls).toContainEqual({
        operation: 'professions.save',
        input: { professionId: 6, professionName: '职工' },
      }),
    )
  })

  it('that somebody has stay', async () => {
    const page = open()
    await screen.findByText('学生')
    expect(screen.getByLabelText('还有 2 位用户是这个职业，不能删除')).toBeTruthy()
    const [, free] = screen.getAllByRole('button', { name: '删除' })
    await userEvent.click(free as HTMLElement)
    await userEvent.click((await screen.findAllByRole('button', { name: '删除' })).at(-1) as HTMLElement)
    await waitFor(() =>
      expect(page.calls).toContainEqual({ operation: 'professions.remove', input: { professionId: 4 } }),
    )
  })
})
