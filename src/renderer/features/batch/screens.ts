import { TableOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'recharge/batch',
    title: 'batch.nav',
    group: 'recharge',
    order: 8,
    icon: TableOutlined,
    roles: ['cashier', 'supervisor'],
    load: () => import('./BatchesPage.tsx').then((m) => m.BatchesPage),
  },
  {
    path: 'recharge/batch/:batchId',
    title: 'batch.title',
    load: () => import('./BatchPage.tsx').then((m) => m.BatchPage),
  },
]
