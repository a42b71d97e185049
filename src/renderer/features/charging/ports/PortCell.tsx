import { useTranslation } from 'react-i18next'
import type { PortState } from '#shared/contract/chargers.ts'
import { useSite, useTick } from '../../../app/site.tsx'
import { clockLeft, leftMs } from '../../chargers/countdown.ts'

/** One port as last reported: a word, and what is left of its time by now. */
export function PortCell({ port, at: ofAll }: { port: PortState | undefined; at: number | null }) {
  const { t } = useTranslation()
  const at = port?.at ?? ofAll
  const state = port === undefined || at === null ? 'unknown' : port.state
  return (
    <span className="cg-port" data-state={state}>
      <i aria-hidden />
      {state === 'charging' && at !== null ? (
        <Left minutes={port?.minutes ?? 0} at={at} />
      ) : (
        t(`charging.ports.portState.${state}`)
      )}
    </span>
  )
}

function Left({ minutes, at }: { minutes: number; at: number }) {
  const { t } = useTranslation()
  useTick(1000)
  const ms = leftMs(minutes, at, useSite().now())
  return ms > 0 ? (
    <span className="sd-figure" title={t('charging.ports.portState.charging')}>
      {clockLeft(ms)}
    </span>
  ) : (
    <span className="sd-quiet">{t('charging.ports.ended')}</span>
  )
}
