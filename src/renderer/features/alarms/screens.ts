import { BellOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'alarms',
    title: 'alarms.title',
    group: 'system',
    order: 1.5,
    icon: BellOutlined,
    load: () => import('./AlarmsPage.tsx').then((m) => m.AlarmsPage),
  },
  {
    path: 'alarms/rules',
    title: 'alarms.rules.title',
    load: () => import('./RulesPage.tsx').then((m) => m.RulesPage),
  },
  {
    path: 'alarms/log',
    title: 'alarms.log.title',
    load: () => import('./LogPage.tsx').then((m) => m.LogPage),
  },
  {
    path: 'alarms/channels',
    title: 'alarms.channels.title',
    roles: ['supervisor'],
    load: () => import('./ChannelsPage.tsx').then((m) => m.ChannelsPage),
  },
]
