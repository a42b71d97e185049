import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PORTS } from '#shared/chargers.ts'
import type { PortState } from '#shared/contract/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { AsOf } from '../../ui/AsOf.tsx'
import { WithReason } from '../../ui/states.tsx'
import { PortCard } from './PortCard.tsx'
import { StartDialog } from './StartDialog.tsx'
import type { ChargerDoing } from './use-charger.ts'

interface PortsProps {
  readonly device: DeviceRow | null
  readonly doing: ChargerDoing
  readonly locked: string | null
}

/** The newest of what it said here and what the registry has. */
export function newestPorts(
  seen: ChargerDoing['seen']['ports'],
  device: DeviceRow | null,
): { states: readonly PortState[]; at: number } | null {
  const at = device?.portsAt ?? null
  const stored = device && at !== null && device.ports.length > 0 ? { states: device.ports, at } : null
  if (!seen || !stored) return seen ?? stored
  return seen.at >= stored.at ? seen : stored
}

const unknown = (port: number): PortState => ({ port, state: 'unknown', minutes: null })
const STALE_MS = 10 * 60_000

/** Four ports with what is left, and the two things one does with a port. */
export function Ports({ device, doing, locked }: PortsProps) {
  const { t } = useTranslation()
  const [starting, setStarting] = useState<number | null>(null)
  const report = newestPorts(doing.seen.ports, device)
  const why = locked ?? (doing.busy ? t('chargers.ports.working') : null)
  return (
    <>
      <header className="sd-panel-head ch-ports-head">
        <h2>{t('chargers.ports.title')}</h2>
        {report ? (
          <AsOf at={report.at} staleAfterMs={STALE_MS} />
        ) : (
          <span className="sd-quiet">{t('chargers.ports.never')}</span>
        )}
        <span className="sd-spring" />
        <StopAll doing={doing} why={why} />
      </header>
      <div className="ch-ports">
        {PORTS.map((port) => (
          <PortCard
            key={port}
            port={report?.states.find((state) => state.port === port) ?? unknown(port)}
            at={report?.at ?? null}
            why={why}
            busy={doing.busy?.port === port}
            onStart={() => setStarting(port)}
            onStop={() => void doing.command({ command: 'POWEROFF', port })}
          />
        ))}
      </div>
      <StartDialog port={starting} doing={doing} onClose={() => setStarting(null)} />
    </>
  )
}

function StopAll({ doing, why }: { doing: ChargerDoing; why: string | null }) {
  const { t } = useTranslation()
  return (
    <WithReason reason={why}>
      <Popconfirm
        title={t('chargers.ports.stopAllAsk')}
        description={t('chargers.ports.stopAllWhat')}
        okText={t('chargers.ports.stopAll')}
        cancelText={t('common.action.cancel')}
        okButtonProps={{ danger: true }}
        disabled={why !== null}
        onConfirm={() => void doing.command({ command: 'POWEROFFALL' })}
      >
        <Button danger disabled={why !== null} loading={doing.busy?.asked === 'POWEROFFALL'}>
          {t('chargers.ports.stopAll')}
        </Button>
      </Popconfirm>
    </WithReason>
  )
}
