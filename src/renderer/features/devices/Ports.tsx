import { useTranslation } from 'react-i18next'
import type { PortState } from '#shared/contract/chargers.ts'
import { State, type Tone } from '../../ui/figures.tsx'

const TONES: Readonly<Record<PortState['state'], Tone>> = {
  free: 'neutral',
  charging: 'good',
  broken: 'bad',
  unknown: 'attention',
}

/** The four ports as last reported, one after another. */
export function Ports({ ports }: { ports: readonly PortState[] }) {
  const { t } = useTranslation()
  if (ports.length === 0) return <span className="sd-quiet">{t('devices.neverReported')}</span>
  return (
    <span className="device-ports">
      {ports.map(({ port, state, minutes }) => (
        <span key={port} title={t('devices.port', { port })}>
          <span className="sd-quiet">{port}</span>{' '}
          <State tone={TONES[state]}>{t(`devices.portState.${state}`, { n: minutes ?? 0 })}</State>
        </span>
      ))}
    </span>
  )
}
