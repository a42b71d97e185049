import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterEvent } from '#shared/contract/meter-decisions.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { Figure, State } from '../../ui/figures.tsx'
import { WithReason } from '../../ui/states.tsx'
import type { DecisionKind } from './decision-draft.ts'
import { DecisionForm } from './DecisionForm.tsx'
import { DecisionLine } from './DecisionLine.tsx'
import { useMayDecide } from './use-may-decide.ts'

/** What may be said of each, the likeliest first. */
const KINDS: Readonly<Record<MeterEvent['kind'], readonly DecisionKind[]>> = {
  rollover: ['rollover', 'exchange', 'ignore', 'value'],
  reset: ['exchange', 'accept', 'rollover', 'ignore', 'value'],
  spike: ['ignore', 'value', 'exchange'],
  dip: ['ignore', 'value', 'exchange'],
  drop: ['exchange', 'ignore', 'value', 'rollover'],
  jump: ['accept', 'exchange', 'ignore', 'value'],
}

interface Props {
  readonly event: MeterEvent
  readonly unit: string
  readonly onDecided?: () => void
}

/** One fall or jump in words, and what to do about it. */
export function EventPart({ event, unit, onDecided }: Props) {
  const { t } = useTranslation()
  const { may, reason } = useMayDecide()
  const [form, setForm] = useState<'untouched' | 'open' | 'left'>('untouched')
  const isParked = event.state === 'parked'
  return (
    <section className="sd-stack meter-event" aria-label={t(`meters.event.${event.kind}`)}>
      <header>
        <State tone={isParked ? 'attention' : 'good'}>
          <strong>
            {t(`meters.event.${event.kind}`)} · {t(`meters.event.state.${event.state}`)}
          </strong>
        </State>
        <p className="sd-quiet">{t(`meters.event.text.${event.kind}`)}</p>
      </header>
      <Registers event={event} unit={unit} />
      {form === 'open' ? (
        <DecisionForm
          subject={event}
          unit={unit}
          kinds={KINDS[event.kind]}
          given={{ digits: String(event.digits ?? ''), oldLast: event.before.value }}
          fell={event.kind !== 'jump'}
          onCancel={() => setForm('left')}
          onDone={() => {
            setForm('untouched')
            onDecided?.()
          }}
        />
      ) : (
        <WithReason reason={reason}>
          <Button
            type={isParked ? 'primary' : 'default'}
            disabled={!may}
            autoFocus={form === 'left'}
            onClick={() => setForm('open')}
          >
            {t(isParked ? 'meters.decide.decide' : 'meters.decide.again')}
          </Button>
        </WithReason>
      )}
    </section>
  )
}

/** The readings it lies between; the doubtful ones are marked. */
function Registers({ event, unit }: Pick<Props, 'event' | 'unit'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const seen = [
    { name: t('meters.event.before'), ...event.before },
    { name: t('meters.event.after'), at: event.at, value: event.value },
  ]
  return (
    <table className="meter-sums">
      <tbody>
        {seen.map(({ name, at, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="meter-when">
              <span className="sd-figure">{format.full(at)}</span>{' '}
              {isMisread(event) && event.suspects.includes(at) ? (
                <State tone="attention">{t('meters.event.doubtful')}</State>
              ) : null}
            </td>
            <td>
              <Figure value={value} unit={unit} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const isMisread = ({ kind }: MeterEvent) => kind === 'spike' || kind === 'dip'

/** What was decided about it, and taking that back. */
export function EventDecision({ event }: { event: MeterEvent }) {
  const { t } = useTranslation()
  const read = useRead(
    'meters.decisions',
    { meterId: event.meterId, limit: 200 },
    { enabled: event.decisionId !== null },
  )
  const decision = read.data?.rows.find(({ id }) => id === event.decisionId)
  return decision ? (
    <section aria-label={t('meters.explain.decisions')}>
      <DecisionLine decision={decision} />
    </section>
  ) : null
}
