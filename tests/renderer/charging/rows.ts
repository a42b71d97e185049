import { screen } from '@testing-library/react'
import type { CashoutRow } from '#shared/contract/cashouts.ts'
import type { OrderRow } from '#shared/contract/orders.ts'
import type { UserRow } from '#shared/contract/users.ts'
import { HOUR } from '#shared/time.ts'
import { HELLO } from '../render.tsx'

export const USER = '13800001234'
export const BOSS = '13900005678'

export const orderRow = (change: Partial<OrderRow> = {}): OrderRow => ({
  orderId: 'O1',
  state: 'unpaid',
  user: USER,
  userName: '李四',
  deviceCode: 'A1',
  alias: '东门',
  port: 2,
  unitPriceFen: 50,
  unit: 3,
  moneyFen: 150,
  orderedAt: HELLO.now - HOUR,
  endsAt: HELLO.now + HOUR / 2,
  coins: 0,
  cashFen: 0,
  paidAt: null,
  cancelledAt: null,
  manager: BOSS,
  managerName: '老王',
  cashOut: 'open',
  cashOutId: null,
  ...change,
})

export const totals = (count: number, moneyFen: number) => ({
  count,
  units: count * 2,
  moneyFen,
  coins: 0,
  cashFen: moneyFen,
})

export const userRow = (change: Partial<UserRow> = {}): UserRow => ({
  user: USER,
  userName: '李四',
  professionId: null,
  professionName: '',
  coins: 5,
  heldCoins: 0,
  firstAt: HELLO.now - 24 * HOUR,
  unpaid: false,
  blacklistedBy: 0,
  ...change,
})

export const cashoutRow = (change: Partial<CashoutRow> = {}): CashoutRow => ({
  cashOutId: 'C1',
  manager: BOSS,
  managerName: '老王',
  state: 'waiting',
  bankName: '农行',
  bankUser: '王某',
  bankCode: '****0001',
  moneyFen: 10_000,
  serviceFen: 60,
  cashFen: 9940,
  orders: 1,
  reason: '',
  askedAt: HELLO.now - HOUR,
  decidedAt: null,
  accountChanged: false,
  firstBy: null,
  ...change,
})

type Role = 'supervisor' | 'cashier' | 'viewer' | 'installer'

/** Signed in with these roles only. */
export const as = (...roles: readonly Role[]): typeof HELLO => ({
  ...HELLO,
  operator: { id: '7', name: '赵六', roles: [...roles] },
})

/** What the filters of these pages ask for beside their list. */
export const OPTIONS = {
  'devices.list': () => ({ total: 0, rows: [] }),
  'users.managers': () => ({
    total: 1,
    rows: [{ manager: BOSS, managerName: '老王', firstAt: 0, devices: 1, withdrawableFen: 0, paidOutFen: 0 }],
  }),
}

/** The open sheet with this title; ids of several dialogs are the same here, so names do not tell them apart. */
export async function sheetOf(title: string): Promise<HTMLElement> {
  const found = await screen.findByText(title, { selector: '.ant-modal-title' })
  const dialog = found.closest<HTMLElement>('[role=dialog]')
  if (!dialog) throw new Error(`no dialog around ${title}`)
  return dialog
}
