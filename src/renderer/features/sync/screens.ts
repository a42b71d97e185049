import { SyncOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'sync',
    title: 'sync.title',
    group: 'system',
    order: 1,
    icon: SyncOutlined,
    load: () => import('./SyncPage.tsx').then((m) => m.SyncPage),
  },
]
