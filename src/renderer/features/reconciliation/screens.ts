import { AuditOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

const CASHIERS = ['cashier', 'supervisor'] as const

export const screens: readonly Screen[] = [
  {
    path: 'reconciliation',
    title: 'reconciliation.title',
    group: 'recharge',
    order: 7,
    icon: AuditOutlined,
    roles: CASHIERS,
    load: () => import('./DayPage.tsx').then((m) => m.DayPage),
  },
  {
    path: 'reconciliation/days',
    title: 'reconciliation.daysTitle',
    load: () => import('./DaysPage.tsx').then((m) => m.DaysPage),
  },
  {
    path: 'print/reconciliation/:day',
    title: 'reconciliation.print.title',
    bare: true,
    load: () => import('./PrintDay.tsx').then((m) => m.PrintDay),
  },
]
