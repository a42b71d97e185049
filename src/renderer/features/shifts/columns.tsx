import type { TFunction } from 'i18next'
import type { ShiftRow } from '#shared/contract/shifts.ts'
import type { Column } from '../../ui/column.ts'
import { Money, State, Time } from '../../ui/figures.tsx'
import { Signed } from './Signed.tsx'
import { STATE_TONES } from './tones.ts'

const STATES = ['open', 'closed', 'signed'] as const

export const shiftColumns = (t: TFunction): readonly Column<ShiftRow>[] => [
  { key: 'number', title: t('shifts.number'), width: 64, align: 'right', export: { format: 'integer' } },
  { key: 'operator', title: t('shifts.operator'), width: 96 },
  {
    key: 'state',
    title: t('shifts.state'),
    width: 96,
    render: (row) => <State tone={STATE_TONES[row.state]}>{t(`shifts.stateName.${row.state}`)}</State>,
    export: {
      format: 'text',
      words: Object.fromEntries(STATES.map((state) => [state, t(`shifts.stateName.${state}`)])),
    },
  },
  {
    key: 'openedAt',
    title: t('shifts.openedAt'),
    width: 104,
    render: (row) => <Time at={row.openedAt} />,
    export: { format: 'time' },
  },
  {
    key: 'closedAt',
    title: t('shifts.closedAt'),
    width: 104,
    render: (row) => <Time at={row.closedAt} />,
    export: { format: 'time' },
  },
  money('cashFloatFen', t('shifts.float'), (row) => row.cashFloatFen),
  money('expectedFen', t('shifts.expected'), (row) => row.expectedFen),
  money('countedFen', t('shifts.counted'), (row) => row.countedFen),
  {
    ...money('differenceFen', t('shifts.difference'), (row) => row.differenceFen),
    render: (row) => <Signed fen={row.differenceFen} />,
  },
  { key: 'differenceReason', title: t('shifts.differenceReason'), width: 160 },
  { key: 'signedBy', title: t('shifts.signedBy'), width: 96 },
  {
    key: 'signedAt',
    title: t('shifts.signedAt'),
    width: 104,
    hidden: true,
    render: (row) => <Time at={row.signedAt} />,
    export: { format: 'time' },
  },
]

const money = (key: string, title: string, fen: (row: ShiftRow) => number | null): Column<ShiftRow> => ({
  key,
  title,
  width: 108,
  align: 'right',
  render: (row) => <Money fen={fen(row)} />,
  export: { format: 'money' },
})
