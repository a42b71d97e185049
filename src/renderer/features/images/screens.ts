import { CameraOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'images',
    title: 'images.title',
    group: 'meters',
    order: 3,
    icon: CameraOutlined,
    needsCameras: true,
    load: () => import('./ReviewPage.tsx').then((m) => m.ReviewPage),
  },
]
