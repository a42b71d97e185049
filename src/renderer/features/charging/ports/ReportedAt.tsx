import { useTranslation } from 'react-i18next'
import { MINUTE } from '#shared/time.ts'
import { useFormat, useTick } from '../../../app/site.tsx'
import { Time } from '../../../ui/figures.tsx'

/** Older than this, what it said may be otherwise by now. */
const STALE_MS = 10 * MINUTE

/** When a charger last said how its ports are; an old report shows its age. */
export function ReportedAt({ at }: { at: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  useTick()
  if (at === null) return <span className="sd-quiet">{t('charging.ports.never')}</span>
  if (format.now() - at <= STALE_MS) return <Time at={at} />
  const age = format.age(at)
  return (
    <span className="sd-quiet" title={t('charging.ports.stale', { age })}>
      <Time at={at} /> · {age}
    </span>
  )
}
