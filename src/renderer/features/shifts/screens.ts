import { SwapOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

const CASHIERS = ['cashier', 'supervisor'] as const

export const screens: readonly Screen[] = [
  {
    path: 'shifts',
    title: 'shifts.title',
    group: 'recharge',
    order: 6,
    icon: SwapOutlined,
    roles: CASHIERS,
    load: () => import('./ShiftDesk.tsx').then((m) => m.ShiftDesk),
  },
  {
    path: 'shifts/list',
    title: 'shifts.list.title',
    load: () => import('./ShiftList.tsx').then((m) => m.ShiftList),
  },
  {
    path: 'shifts/:shiftId',
    title: 'shifts.title',
    load: () => import('./ShiftPage.tsx').then((m) => m.ShiftPage),
  },
  {
    path: 'print/shift/:shiftId',
    title: 'shifts.print.title',
    bare: true,
    load: () => import('./PrintShift.tsx').then((m) => m.PrintShift),
  },
]
