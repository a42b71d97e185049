import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ALARM_CHANNELS } from '#shared/alarms.ts'
import type { Column, RowOf } from '../../ui/column.ts'
import { Code, Figure, State, Time, type Tone } from '../../ui/figures.tsx'
import { wordsOf } from './words.ts'

export type DeliveryRow = RowOf<'alarms.deliveries'>
type Row = DeliveryRow

export const DELIVERY_STATES = ['waiting', 'sent', 'failed'] as const
export const DELIVERY_TONE: Readonly<Record<Row['state'], Tone>> = {
  waiting: 'attention',
  sent: 'good',
  failed: 'bad',
}

const said = (t: TFunction): Column<Row>[] => [
  {
    key: 'madeAt',
    title: t('alarms.channels.madeAt'),
    width: 110,
    render: (row) => <Time at={row.madeAt} />,
    export: { format: 'time' },
  },
  {
    key: 'channel',
    title: t('alarms.channels.channel'),
    width: 130,
    render: (row) => t(`alarms.channels.name.${row.channel}`),
    export: { format: 'text', words: wordsOf(ALARM_CHANNELS, (key) => t(`alarms.channels.name.${key}`)) },
  },
  {
    key: 'kind',
    title: t('alarms.channels.kind'),
    width: 70,
    render: (row) => t(`alarms.channels.kindName.${row.kind}`),
    export: {
      format: 'text',
      words: wordsOf(['alarms', 'test'], (key) => t(`alarms.channels.kindName.${key}`)),
    },
  },
  {
    key: 'state',
    title: t('alarms.channels.state'),
    width: 90,
    render: (row) => (
      <State tone={DELIVERY_TONE[row.state]}>{t(`alarms.channels.stateName.${row.state}`)}</State>
    ),
    export: {
      format: 'text',
      words: wordsOf(DELIVERY_STATES, (key) => t(`alarms.channels.stateName.${key}`)),
    },
  },
  {
    key: 'alarms',
    title: t('alarms.channels.count'),
    width: 80,
    align: 'right',
    render: (row) => <Figure value={row.alarms} />,
    export: { format: 'integer' },
  },
]

const tried = (t: TFunction): Column<Row>[] => [
  {
    key: 'tries',
    title: t('alarms.channels.tries'),
    width: 70,
    align: 'right',
    render: (row) => <Figure value={row.tries} />,
    export: { format: 'integer' },
  },
  {
    key: 'result',
    title: t('alarms.channels.result'),
    width: 200,
    render: (row) => <Result result={row.result} />,
  },
  {
    key: 'triedAt',
    title: t('alarms.channels.triedAt'),
    width: 110,
    render: (row) => <Time at={row.triedAt} />,
    export: { format: 'time' },
  },
  {
    key: 'nextAt',
    title: t('alarms.channels.nextAt'),
    width: 110,
    hidden: true,
    render: (row) => <Time at={row.nextAt} />,
    export: { format: 'time' },
  },
  { key: 'text', title: t('alarms.channels.text'), width: 300, hidden: true },
]

export const deliveryColumns = (t: TFunction): Column<Row>[] => [...said(t), ...tried(t)]

/** What the desk says has words; what came back stands as it came. */
export function Result({ result }: { result: string | null }) {
  const { t, i18n } = useTranslation()
  if (result === null) return null
  const key = `alarms.channels.resultName.${result}`
  return i18n.exists(key) ? t(key as 'alarms.channels.resultName.insecure') : <Code>{result}</Code>
}
