import {
  AlertOutlined,
  DashboardOutlined,
  FieldTimeOutlined,
  LinkOutlined,
  MoneyCollectOutlined,
  PayCircleOutlined,
  ProfileOutlined,
  ScheduleOutlined,
  UserOutlined,
} from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

const group = 'water'

export const screens: readonly Screen[] = [
  {
    path: 'water',
    title: 'water.flows.title',
    group,
    order: 1,
    icon: DashboardOutlined,
    load: () => import('./FlowsPage.tsx').then((m) => m.FlowsPage),
  },
  {
    path: 'water/watch',
    title: 'water.watch.title',
    group,
    order: 2,
    icon: AlertOutlined,
    load: () => import('./WatchPage.tsx').then((m) => m.WatchPage),
  },
  {
    path: 'water/arrears',
    title: 'water.arrears.title',
    group,
    order: 3,
    icon: MoneyCollectOutlined,
    load: () => import('./ArrearsPage.tsx').then((m) => m.ArrearsPage),
  },
  {
    path: 'water/accounts',
    title: 'water.accounts.title',
    group,
    order: 4,
    icon: UserOutlined,
    load: () => import('./AccountsPage.tsx').then((m) => m.AccountsPage),
  },
  {
    path: 'water/readings',
    title: 'water.readings.title',
    group,
    order: 5,
    icon: FieldTimeOutlined,
    load: () => import('./HistoryPages.tsx').then((m) => m.ReadingsPage),
  },
  {
    path: 'water/payments',
    title: 'water.payments.title',
    group,
    order: 6,
    icon: PayCircleOutlined,
    load: () => import('./HistoryPages.tsx').then((m) => m.PaymentsPage),
  },
  {
    path: 'water/schedules',
    title: 'water.schedules.title',
    group,
    order: 7,
    icon: ScheduleOutlined,
    load: () => import('./LogPages.tsx').then((m) => m.SchedulesPage),
  },
  {
    path: 'water/operations',
    title: 'water.operations.title',
    group,
    order: 8,
    icon: ProfileOutlined,
    load: () => import('./LogPages.tsx').then((m) => m.OperationsPage),
  },
  {
    path: 'water/links',
    title: 'water.links.title',
    group,
    order: 9,
    icon: LinkOutlined,
    load: () => import('./LinksPage.tsx').then((m) => m.LinksPage),
  },
  {
    path: 'water/devices/:deviceCode',
    title: 'water.flows.title',
    load: () => import('./DevicePage.tsx').then((m) => m.DevicePage),
  },
]
