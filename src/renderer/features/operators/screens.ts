import { TeamOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'operators',
    title: 'operators.title',
    group: 'system',
    order: 20,
    icon: TeamOutlined,
    roles: ['supervisor'],
    load: () => import('./OperatorList.tsx').then((m) => m.OperatorList),
  },
  {
    path: 'operators/permissions',
    title: 'operators.permissions.title',
    roles: ['supervisor'],
    load: () => import('./PermissionsPage.tsx').then((m) => m.PermissionsPage),
  },
]
