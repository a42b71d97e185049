import { DatabaseOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'chargers/registry',
    title: 'devices.title',
    group: 'chargers',
    order: 3,
    icon: DatabaseOutlined,
    roles: ['installer', 'supervisor', 'cashier', 'viewer'],
    load: () => import('./RegistryPage.tsx').then((m) => m.RegistryPage),
  },
  {
    path: 'chargers/registry/:deviceCode',
    title: 'devices.title',
    load: () => import('./DevicePage.tsx').then((m) => m.DevicePage),
  },
]
