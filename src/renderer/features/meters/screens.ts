import { AlertOutlined, DashboardOutlined, SafetyOutlined, ThunderboltOutlined } from '@ant-design/icons'
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
    path: 'meters/events',
    title: 'meters.event.title',
    group: 'meters',
    order: 3,
    icon: AlertOutlined,
    load: () => import('./EventsPage.tsx').then((m) => m.EventsPage),
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
  {
    path: 'meter-commands/protected',
    title: 'meterData.protect.title',
    group: 'meters',
    order: 5,
    icon: SafetyOutlined,
    load: () => import('./ProtectedPage.tsx').then((m) => m.ProtectedPage),
  },
]
