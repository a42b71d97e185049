import { HomeOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: '',
    title: 'today.title',
    group: 'today',
    order: 1,
    icon: HomeOutlined,
    load: () => import('./TodayPage.tsx').then((m) => m.TodayPage),
  },
]
