import { SaveOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'backups',
    title: 'backups.title',
    group: 'system',
    order: 35,
    icon: SaveOutlined,
    roles: ['supervisor'],
    load: () => import('./BackupsPage.tsx').then((m) => m.BackupsPage),
  },
]
