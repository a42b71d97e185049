import { CloudDownloadOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'updates',
    title: 'updates.title',
    group: 'system',
    order: 95,
    icon: CloudDownloadOutlined,
    roles: ['admin'],
    load: () => import('./UpdatesPage.tsx').then((m) => m.UpdatesPage),
  },
]
