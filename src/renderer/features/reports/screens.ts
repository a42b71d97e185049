import { FileDoneOutlined, FileTextOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

const group = 'meters'

export const screens: readonly Screen[] = [
  {
    path: 'reports',
    title: 'reports.title',
    group,
    order: 40,
    icon: FileTextOutlined,
    load: () => import('./ReportsPage.tsx').then((m) => m.ReportsPage),
  },
  {
    path: 'reports/closed',
    title: 'reports.closed.title',
    group,
    order: 41,
    icon: FileDoneOutlined,
    load: () => import('./ClosedDaysPage.tsx').then((m) => m.ClosedDaysPage),
  },
  {
    path: 'reports/:report',
    title: 'reports.title',
    load: () => import('./ReportsPage.tsx').then((m) => m.ReportsPage),
  },
  {
    path: 'print/reports/:report',
    title: 'reports.title',
    bare: true,
    load: () => import('./PrintReport.tsx').then((m) => m.PrintReport),
  },
]
