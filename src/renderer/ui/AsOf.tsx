import { useTranslation } from 'react-i18next'
import { DAY } from '#shared/time.ts'
import { useFormat, useTick } from '../app/site.tsx'

export interface AsOfProps {
  /** when the data shown was last true, epoch ms; null: never fetched */
  readonly at: number | null | undefined
  /** older than this it is marked stale; default two days */
  readonly staleAfterMs?: number
  /** the last try to renew it failed */
  readonly failing?: boolean
}

/** Freshness chip: how old what is shown is; stale data is marked, never hidden. */
export function AsOf({ at, staleAfterMs = 2 * DAY, failing = false }: AsOfProps) {
  const { t } = useTranslation()
  const format = useFormat()
  useTick()
  if (at === undefined) return null
  if (at === null) return <Chip tone="attention" text={t('common.asOf.never')} />
  const stale = failing || format.now() - at > staleAfterMs
  const values = { time: format.time(at), age: format.age(at) }
  const text = stale ? t('common.asOf.stale', values) : t('common.asOf.asOf', values)
  return <Chip tone={stale ? 'attention' : 'neutral'} text={text} title={format.full(at)} />
}

function Chip({ tone, text, title }: { tone: 'neutral' | 'attention'; text: string; title?: string }) {
  return (
    <span className="sd-chip" data-tone={tone} title={title}>
      {text}
    </span>
  )
}
