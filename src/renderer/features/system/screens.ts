import { MonitorOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'diagnostics',
    title: 'system.title',
    group: 'system',
    order: 90,
    icon: MonitorOutlined,
    load: () => import('./Diagnostics.tsx').then((m) => m.Diagnostics),
  },
  {
    path: 'licences',
    title: 'system.licences',
    load: () => import('./Licences.tsx').then((m) => m.Licences),
  },
  {
    path: 'style',
    title: 'style.title',
    load: () => import('./style/StylePage.tsx').then((m) => m.StylePage),
  },
]
