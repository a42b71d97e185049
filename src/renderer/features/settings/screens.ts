import { SettingOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'settings',
    title: 'settings.title',
    group: 'system',
    order: 40,
    icon: SettingOutlined,
    load: () => import('./Settings.tsx').then((m) => m.Settings),
  },
]
