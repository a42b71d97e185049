import {
  BellOutlined,
  CalendarOutlined,
  EditOutlined,
  ProjectOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

const group = 'attendance'

/** For everybody: an operator may be keeper by his phone alone; the pages say so where he is nobody. */
export const screens: readonly Screen[] = [
  {
    path: 'attendance/gang',
    title: 'attendance.gang.title',
    group,
    order: 1,
    icon: TeamOutlined,
    load: () => import('./gang/GangPage.tsx').then((m) => m.GangPage),
  },
  {
    path: 'attendance',
    title: 'attendance.projects.title',
    group,
    order: 2,
    icon: ProjectOutlined,
    load: () => import('./projects/ProjectsPage.tsx').then((m) => m.ProjectsPage),
  },
  {
    path: 'attendance/projects/:projectId',
    title: 'attendance.projects.title',
    load: () => import('./projects/ProjectPage.tsx').then((m) => m.ProjectPage),
  },
  {
    path: 'attendance/calendar',
    title: 'attendance.calendar.title',
    group,
    order: 3,
    icon: CalendarOutlined,
    load: () => import('./calendar/CalendarPage.tsx').then((m) => m.CalendarPage),
  },
  {
    path: 'attendance/records',
    title: 'attendance.records.title',
    group,
    order: 4,
    icon: UnorderedListOutlined,
    load: () => import('./records/RecordsPage.tsx').then((m) => m.RecordsPage),
  },
  {
    path: 'attendance/records/:recordId',
    title: 'attendance.records.title',
    load: () => import('./records/RecordPage.tsx').then((m) => m.RecordPage),
  },
  {
    path: 'attendance/corrections',
    title: 'attendance.corrections.title',
    group,
    order: 5,
    icon: EditOutlined,
    load: () => import('./corrections/CorrectionsPage.tsx').then((m) => m.CorrectionsPage),
  },
  {
    path: 'attendance/notices',
    title: 'attendance.notices.title',
    group,
    order: 8,
    icon: BellOutlined,
    load: () => import('./notices/NoticesPage.tsx').then((m) => m.NoticesPage),
  },
]
