import { AlertOutlined, DashboardOutlined } from '@ant-design/icons'
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
]
