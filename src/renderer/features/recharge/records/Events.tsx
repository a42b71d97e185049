import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../app/site.tsx'
import { State } from '../../../ui/figures.tsx'
import { useReason, type IntentDetail } from '../desk/use-reason.ts'
import { toneOf } from '../states.ts'

/** Every state it went through, the newest last, with the second and the reason. */
export function Events({ intent }: { intent: IntentDetail }) {
  const { t } = useTranslation()
  const format = useFormat()
  const reason = useReason()
  return (
    <ol className="rd-events">
      {intent.events.map((event, i) => (
        // oxlint-disable-next-line react/no-array-index-key -- events are only ever added at the end
        <li key={i}>
          <time className="sd-figure" dateTime={new Date(event.at).toISOString()}>
            {format.full(event.at)}
          </time>
          <State tone={toneOf(event.state)}>{t(`recharge.state.${event.state}`)}</State>
          <span>
            {reason(event)}
            {event.operator ? <span className="sd-quiet"> · {event.operator}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  )
}
