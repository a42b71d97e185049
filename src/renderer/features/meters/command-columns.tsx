import type { TFunction } from 'i18next'
import type { CommandState, MeterCommandRow } from '#shared/contract/meter-commands.ts'
import type { Column } from '../../ui/column.ts'
import { Code, State, Time, type Tone } from '../../ui/figures.tsx'

const TONES: Readonly<Record<CommandState, Tone>> = {
  waiting: 'neutral',
  sent: 'neutral',
  accepted: 'neutral',
  unknown: 'attention',
  confirmed: 'good',
  unconfirmed: 'attention',
  rejected: 'bad',
  notSent: 'bad',
  skipped: 'neutral',
}

/** Columns of the log; without the meter where the page is about one. */
export function commandColumns(t: TFunction, ofOne: boolean): readonly Column<MeterCommandRow>[] {
  const time = { format: 'time' } as const
  const meter: readonly Column<MeterCommandRow>[] = [
    {
      key: 'tableNo',
      title: t('meterData.command.meter'),
      width: 140,
      render: (row) => <Code>{row.tableNo}</Code>,
    },
    {
      key: 'place',
      title: t('meterData.command.where'),
      width: 170,
      render: (row) => [row.place, row.house, row.user].filter(Boolean).join(' · '),
    },
  ]
  return [
    {
      key: 'requestedAt',
      title: t('meterData.command.requestedAt'),
      width: 110,
      render: (row) => <Time at={row.requestedAt} />,
      export: time,
    },
    ...(ofOne ? [] : meter),
    {
      key: 'action',
      title: t('meterData.command.actionColumn'),
      width: 130,
      render: (row) => t(`meterData.command.action.${row.action}`),
    },
    {
      key: 'state',
      title: t('meterData.command.stateColumn'),
      width: 200,
      render: (row) => (
        <State tone={TONES[row.state]}>
          <span title={row.error?.message}>{t(`meterData.command.state.${row.state}`)}</span>
        </State>
      ),
    },
    { key: 'gateBefore', title: t('meterData.command.before'), width: 80 },
    { key: 'gateNow', title: t('meterData.command.now'), width: 80 },
    { key: 'requestedBy', title: t('meterData.command.requestedBy'), width: 90 },
    { key: 'confirmedBy', title: t('meterData.command.confirmedBy'), width: 90 },
  ]
}
