import type { TFunction } from 'i18next'
import type { RunHead } from '#shared/contract/provisioning.ts'
import type { Column } from '../../ui/column.ts'
import { State, Time } from '../../ui/figures.tsx'
import { RUN_STATES, RUN_TONES, totalOf } from './tones.ts'

export const runColumns = (t: TFunction): readonly Column<RunHead>[] => [
  {
    key: 'createdAt',
    title: t('provisioning.createdAt'),
    width: 104,
    render: (row) => <Time at={row.createdAt} />,
    export: { format: 'time' },
  },
  {
    key: 'state',
    title: t('provisioning.state'),
    width: 96,
    render: (row) => <State tone={RUN_TONES[row.state]}>{t(`provisioning.stateName.${row.state}`)}</State>,
    export: {
      format: 'text',
      words: Object.fromEntries(RUN_STATES.map((state) => [state, t(`provisioning.stateName.${state}`)])),
    },
  },
  { key: 'site', title: t('provisioning.site'), width: 150 },
  { key: 'installer', title: t('provisioning.installer'), width: 96 },
  {
    key: 'total',
    title: t('provisioning.total'),
    width: 64,
    align: 'right',
    render: (row) => totalOf(row),
    export: false,
  },
  count(t, 'passed'),
  count(t, 'failed'),
  count(t, 'skipped'),
  {
    key: 'endedAt',
    title: t('provisioning.endedAt'),
    width: 104,
    render: (row) => <Time at={row.endedAt} />,
    export: { format: 'time' },
  },
  { key: 'adapter', title: t('provisioning.adapter'), width: 120, hidden: true },
]

const count = (t: TFunction, key: 'passed' | 'failed' | 'skipped'): Column<RunHead> => ({
  key: `counts.${key}`,
  title: t(`provisioning.count.${key}`),
  width: 64,
  align: 'right',
  render: ({ counts }) =>
    key === 'failed' && counts.failed > 0 ? <State tone="bad">{counts.failed}</State> : counts[key],
  export: { format: 'integer' },
})
