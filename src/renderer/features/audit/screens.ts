import { AuditOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'audit',
    title: 'audit.title',
    group: 'system',
    order: 30,
    icon: AuditOutlined,
    roles: ['supervisor'],
    needs: 'audit.list',
    load: () => import('./AuditList.tsx').then((m) => m.AuditList),
  },
]
