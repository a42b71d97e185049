import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterEvent } from '#shared/contract/meter-decisions.ts'
import { useFormat } from '../../app/site.tsx'
import { Figure, State } from '../../ui/figures.tsx'
import { WithReason } from '../../ui/states.tsx'
import { DecisionForm, type DecisionKind } from './DecisionForm.tsx'
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

/** One fall or jump in words, and what to do about it. */
export function EventPart({ event, unit }: { event: MeterEvent; unit: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may, reason } = useMayDecide()
  const [open, setOpen] = useState(false)
  const parked = event.state === 'parked'
  // of a misreading the wrong ones are meant, of everything else the reading at which it happened
  const [suspect = event.at, ...also] = event.suspects
  return (
    <section className="meter-event" aria-label={t(`meters.event.${event.kind}`)}>
      <State tone={parked ? 'attention' : 'good'}>
        {t(`meters.event.${event.kind}`)} · {t(`meters.event.state.${event.state}`)}
      </State>
      <p>{t(`meters.event.text.${event.kind}`)}</p>
      <p className="sd-figure">
        {format.full(event.before.at)} <Figure value={event.before.value} unit={unit} /> →{' '}
        {format.full(event.at)} <Figure value={event.value} unit={unit} />
      </p>
      {open ? (
        <DecisionForm
          meterId={event.meterId}
          at={event.at}
          suspects={[suspect, ...also]}
          kinds={KINDS[event.kind]}
          digits={event.digits}
          oldLast={event.before.value}
          onDone={() => setOpen(false)}
        />
      ) : (
        <WithReason reason={reason}>
          <Button type={parked ? 'primary' : 'default'} disabled={!may} onClick={() => setOpen(true)}>
            {t(parked ? 'meters.decide.decide' : 'meters.decide.again')}
          </Button>
        </WithReason>
      )}
    </section>
  )
}
