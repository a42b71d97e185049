import { AlertOutlined, HomeOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'rooms',
    title: 'rooms.title',
    group: 'recharge',
    order: 4,
    icon: HomeOutlined,
    load: () => import('./RoomsPage.tsx').then((m) => m.RoomsPage),
  },
  {
    path: 'rooms/low',
    title: 'rooms.low.title',
    group: 'recharge',
    order: 5,
    icon: AlertOutlined,
    load: () => import('./LowBalance.tsx').then((m) => m.LowBalance),
  },
  {
    path: 'rooms/:roomId',
    title: 'rooms.title',
    load: () => import('./RoomPage.tsx').then((m) => m.RoomPage),
  },
  {
    path: 'print/notices',
    title: 'rooms.notice.title',
    bare: true,
    load: () => import('./PrintNotices.tsx').then((m) => m.PrintNotices),
  },
]
