import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PortState } from '#shared/contract/chargers.ts'
import { useSite, useTick } from '../../app/site.tsx'
import { WithReason } from '../../ui/states.tsx'
import { clockLeft, leftMs } from './countdown.ts'

interface PortCardProps {
  readonly port: PortState
  /** when it said so, unless it has a time of its own; null: never */
  readonly at: number | null
  /** why nothing can be done now */
  readonly why: string | null
  readonly busy: boolean
  readonly onStart: () => void
  readonly onStop: () => void
}

const TONE = { free: 'good', charging: 'accent', broken: 'bad', unknown: 'neutral' } as const

/** One port: how it is, how long still, start or stop. */
export function PortCard({ port, at: ofAll, why, busy, onStart, onStop }: PortCardProps) {
  const { t } = useTranslation()
  const { state, at = ofAll } = port
  const name = t('chargers.ports.port', { port: port.port })
  const noStart = why ?? (state === 'broken' ? t('chargers.ports.broken') : null)
  return (
    <section className="ch-port" data-tone={TONE[state]} aria-label={name} aria-busy={busy}>
      <h3>{name}</h3>
      <p className="ch-port-state">
        <i aria-hidden />
        {t(`chargers.ports.state.${state}`)}
      </p>
      <p className="ch-port-left sd-figure">
        {state === 'charging' && at !== null ? <Left minutes={port.minutes ?? 0} at={at} /> : ' '}
      </p>
      <div className="sd-actions">
        {state === 'charging' ? null : (
          <WithReason reason={noStart}>
            <Button type="primary" ghost disabled={noStart !== null} loading={busy} onClick={onStart}>
              {t('chargers.ports.start')}
            </Button>
          </WithReason>
        )}
        {state === 'free' ? null : (
          <WithReason reason={why}>
            <Button disabled={why !== null} loading={busy && state === 'charging'} onClick={onStop}>
              {t('chargers.ports.stop')}
            </Button>
          </WithReason>
        )}
      </div>
    </section>
  )
}

/** Counts down by itself from the last report; that it ended is for the charger to say. */
function Left({ minutes, at }: { minutes: number; at: number }) {
  const { t } = useTranslation()
  useTick(1000)
  const ms = leftMs(minutes, at, useSite().now())
  return ms > 0 ? t('chargers.ports.left', { time: clockLeft(ms) }) : t('chargers.ports.ended')
}
