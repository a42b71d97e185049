import { ThunderboltOutlined, DashboardOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'meters',
    title: 'meters.list.title',
    group: 'meters',
    order: 1,
    icon: DashboardOutlined,
    load: () => import('./MetersPage.tsx').then((m) => m.MetersPage),
  },
  {
    path: 'meters/:meterId',
    title: 'meters.page.title',
    load: () => import('./MeterPage.tsx').then((m) => m.MeterPage),
  },
  {
    path: 'meter-commands',
    title: 'meterData.command.title',
    group: 'meters',
    order: 4,
    icon: ThunderboltOutlined,
    load: () => import('./CommandsPage.tsx').then((m) => m.CommandsPage),
  },
]
