import { CloudServerOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

/** Who the core lets read requests. */
const READERS = ['supervisor', 'installer'] as const

export const screens: readonly Screen[] = [
  {
    path: 'lan',
    title: 'lan.title',
    group: 'system',
    order: 2,
    icon: CloudServerOutlined,
    roles: READERS,
    load: () => import('./LanPage.tsx').then((m) => m.LanPage),
  },
  {
    path: 'lan/requests',
    title: 'lan.requests.nav',
    roles: READERS,
    load: () => import('./RequestsPage.tsx').then((m) => m.RequestsPage),
  },
  {
    path: 'lan/requests/:id',
    title: 'lan.requests.title',
    roles: READERS,
    load: () => import('./RequestPage.tsx').then((m) => m.RequestPage),
  },
]
