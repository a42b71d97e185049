import { QrcodeOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

export const screens: readonly Screen[] = [
  {
    path: 'chargers/labels',
    title: 'labels.title',
    group: 'chargers',
    order: 4,
    icon: QrcodeOutlined,
    roles: ['installer', 'supervisor'],
    load: () => import('./LabelsPage.tsx').then((m) => m.LabelsPage),
  },
  {
    path: 'chargers/labels/print',
    title: 'labels.printTitle',
    bare: true,
    load: () => import('./PrintLabels.tsx').then((m) => m.PrintLabels),
  },
]
