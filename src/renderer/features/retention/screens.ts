import { HddOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'retention',
    title: 'retention.title',
    group: 'system',
    order: 37,
    icon: HddOutlined,
    roles: ['supervisor'],
    load: () => import('./RetentionPage.tsx').then((m) => m.RetentionPage),
  },
]
