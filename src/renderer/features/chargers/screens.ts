import { WifiOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'chargers',
    title: 'chargers.scan.nav',
    group: 'chargers',
    order: 1,
    icon: WifiOutlined,
    roles: ['installer', 'supervisor'],
    load: () => import('./ScanPage.tsx').then((m) => m.ScanPage),
  },
  {
    path: 'chargers/:name',
    title: 'chargers.title',
    load: () => import('./ChargerPage.tsx').then((m) => m.ChargerPage),
  },
]
