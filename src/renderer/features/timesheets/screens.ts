import { BarChartOutlined, TableOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

const group = 'attendance'

export const screens: readonly Screen[] = [
  {
    path: 'attendance/sheet',
    title: 'timesheets.sheet.title',
    group,
    order: 6,
    icon: TableOutlined,
    load: () => import('./SheetPage.tsx').then((m) => m.SheetPage),
  },
  {
    path: 'attendance/statistics',
    title: 'timesheets.statistics.title',
    group,
    order: 7,
    icon: BarChartOutlined,
    load: () => import('./StatisticsPage.tsx').then((m) => m.StatisticsPage),
  },
  {
    path: 'print/attendance/:projectId/:month',
    title: 'timesheets.print.title',
    bare: true,
    load: () => import('./PrintSheet.tsx').then((m) => m.PrintSheet),
  },
]
