import { UnorderedListOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

const INSTALLERS = ['installer', 'supervisor'] as const

export const screens: readonly Screen[] = [
  {
    path: 'chargers/runs',
    title: 'provisioning.runs.title',
    group: 'chargers',
    order: 2,
    icon: UnorderedListOutlined,
    roles: INSTALLERS,
    load: () => import('./RunsPage.tsx').then((m) => m.RunsPage),
  },
  {
    path: 'chargers/runs/new',
    title: 'provisioning.create.title',
    load: () => import('./NewRun.tsx').then((m) => m.NewRun),
  },
  {
    path: 'chargers/runs/:runId',
    title: 'provisioning.run',
    load: () => import('./RunPage.tsx').then((m) => m.RunPage),
  },
  {
    path: 'chargers/runs/:runId/report',
    title: 'provisioning.paper.title',
    bare: true,
    load: () => import('./PrintReport.tsx').then((m) => m.PrintReport),
  },
]
