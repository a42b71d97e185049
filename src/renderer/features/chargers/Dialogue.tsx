import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatFull } from '../../app/format.ts'
import { useSite } from '../../app/site.tsx'
import { ARROW } from './export-log.ts'
import type { Ending } from './use-charger.ts'
import { useChargerWords } from './use-words.ts'

/** endings kept on the screen */
const MOST = 20

/** What was sent and received while the page is open, newest first. */
export function Dialogue({ last }: { last: Ending | null }) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const words = useChargerWords()
  const [endings, setEndings] = useState<readonly Ending[]>([])
  if (last !== null && last !== endings[0]) setEndings([last, ...endings].slice(0, MOST))
  const lines = endings.flatMap(({ exchange }) => exchange.toReversed())
  if (lines.length === 0) return <p className="sd-quiet">{t('chargers.raw.nothing')}</p>
  return (
    <section aria-label={t('chargers.raw.dialogue')}>
      <ol className="ch-dialogue">
        {lines.map(({ at, direction, text }, i) => (
          <li key={`${at}:${direction}:${lines.length - i}`} data-direction={direction}>
            <time>{formatFull(at, zone).slice(11)}</time>
            <span title={t(`chargers.log.directionName.${direction}`)}>{ARROW[direction]}</span>
            <code>{direction === 'event' ? words.event(text) : text}</code>
          </li>
        ))}
      </ol>
    </section>
  )
}
