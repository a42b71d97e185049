import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { formatFull } from '../../app/format.ts'
import { useSite } from '../../app/site.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { Code, State } from '../../ui/figures.tsx'
import { useLanWords } from './use-words.ts'

export type RequestRow = RowOf<'lan.requests'>

/** The codes of the documents (spec §3.3). */
export const CODES = [0, 1, 2, 3, 4, 5, 6, 999] as const

/** The time of day to the millisecond; the day on hover. */
export function Moment({ at }: { at: number }) {
  const { zone } = useSite()
  const full = `${formatFull(at, zone)}.${String(at % 1000).padStart(3, '0')}`
  return (
    <time className="sd-figure" dateTime={new Date(at).toISOString()} title={full}>
      {full.slice(11)}
    </time>
  )
}

export function ResultState({ code }: { code: number | null }) {
  const words = useLanWords()
  return <State tone={code === 0 ? 'good' : 'bad'}>{words.code(code)}</State>
}

export function useRequestColumns(): readonly Column<RequestRow>[] {
  const { t } = useTranslation()
  const words = useLanWords()
  return [
    {
      key: 'at',
      title: t('lan.requests.at'),
      width: 104,
      render: ({ at }) => <Moment at={at} />,
      export: { format: 'time' },
    },
    {
      key: 'side',
      title: t('lan.requests.side'),
      width: 72,
      render: ({ side }) => words.side(side),
      export: { format: 'text', words: sideWords(t) },
    },
    {
      key: 'endpoint',
      title: t('lan.requests.endpoint'),
      width: 170,
      render: (row) => <Code>{row.endpoint}</Code>,
    },
    {
      key: 'code',
      title: t('lan.requests.code'),
      width: 120,
      render: ({ code }) => <ResultState code={code} />,
      export: { format: 'integer' },
    },
    { key: 'address', title: t('lan.requests.address'), width: 120 },
    {
      key: 'ms',
      title: t('lan.requests.ms'),
      width: 84,
      align: 'right',
      render: ({ ms }) => <span className="sd-figure">{ms.toFixed(1)}</span>,
    },
    {
      key: 'replayed',
      title: t('lan.requests.replayed'),
      width: 90,
      hidden: true,
      render: ({ replayed }) => (replayed ? t('lan.requests.replayedYes') : ''),
    },
    {
      key: 'status',
      title: t('lan.requests.status'),
      width: 64,
      hidden: true,
      export: { format: 'integer' },
    },
  ]
}

const sideWords = (t: TFunction) => ({ user: t('lan.side.user'), manager: t('lan.side.manager') })
