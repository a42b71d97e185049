import { ImportOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'meter-imports',
    title: 'meterImport.title',
    group: 'meters',
    order: 6,
    icon: ImportOutlined,
    load: () => import('./ImportsPage.tsx').then((m) => m.ImportsPage),
  },
]
