import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AlarmRule } from '#shared/alarms.ts'
import type { AlarmEvent } from '#shared/contract/alarms.ts'
import { useFormat } from '../../app/site.tsx'
import { Time } from '../../ui/figures.tsx'
import { figureOf } from './words.ts'

/** Every step, newest first: when, what, who, and what was said. */
export function History({ events, rule }: { events: readonly AlarmEvent[]; rule: AlarmRule }) {
  const { t } = useTranslation()
  const { time } = useFormat()
  return (
    <section>
      <h2 className="sd-quiet">{t('alarms.history')}</h2>
      <ol className="alarm-history">
        {events.map((event) => (
          <li key={event.id}>
            <Time at={event.at} />
            <span>
              {t(`alarms.event.${event.kind}`)}
              <span className="sd-quiet"> {detailOf(t, event, rule, time)}</span>
              {event.comment ? <q>{event.comment}</q> : null}
            </span>
            <span className="sd-quiet">{event.operator ?? t('alarms.byItself')}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

export function detailOf(
  t: TFunction,
  { data }: Pick<AlarmEvent, 'data'>,
  rule: AlarmRule,
  time: (at: number) => string,
): string {
  if (data === null) return ''
  const { value, members, to, until, reason } = data
  if (typeof value === 'number') return figureOf(t, rule, value)
  if (typeof members === 'number') return t('alarms.digest', { n: members })
  if (typeof until === 'number') return time(until)
  if (reason === 'ruleOff') return t('alarms.ruleOff')
  return typeof to === 'string' ? to : to === null ? t('alarms.nobody') : ''
}
