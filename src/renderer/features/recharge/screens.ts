import { FileTextOutlined, PayCircleOutlined, UnorderedListOutlined } from '@ant-design/icons'
import type { Screen } from '../../app/screen.ts'

const CASHIERS = ['cashier', 'supervisor'] as const

export const screens: readonly Screen[] = [
  {
    path: 'recharge',
    title: 'recharge.desk.title',
    group: 'recharge',
    order: 1,
    icon: PayCircleOutlined,
    roles: CASHIERS,
    load: () => import('./desk/RechargeDesk.tsx').then((m) => m.RechargeDesk),
  },
  {
    path: 'recharge/records',
    title: 'recharge.records.title',
    group: 'recharge',
    order: 2,
    icon: UnorderedListOutlined,
    load: () => import('./records/RecordsPage.tsx').then((m) => m.RecordsPage),
  },
  {
    path: 'recharge/records/:intentId',
    title: 'recharge.detail.title',
    load: () => import('./records/RecordPage.tsx').then((m) => m.RecordPage),
  },
  {
    path: 'recharge/receipts',
    title: 'receipts.title',
    group: 'recharge',
    order: 3,
    icon: FileTextOutlined,
    roles: CASHIERS,
    load: () => import('./receipts/ReceiptsPage.tsx').then((m) => m.ReceiptsPage),
  },
  {
    path: 'recharge/receipts/template',
    title: 'receipts.editTitle',
    load: () => import('./receipts/TemplatePage.tsx').then((m) => m.TemplatePage),
  },
  {
    path: 'print/receipt/:intentId',
    title: 'receipts.title',
    bare: true,
    load: () => import('./receipts/PrintView.tsx').then((m) => m.PrintView),
  },
  {
    path: 'print/refund/:intentId',
    title: 'recharge.detail.refundPaper',
    bare: true,
    load: () => import('./receipts/PrintRefund.tsx').then((m) => m.PrintRefund),
  },
]
