import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useMay } from '../../app/site.tsx'
import { Code, Facts, Money, State, Time, type Fact } from '../../ui/figures.tsx'
import { managerOf } from './columns.tsx'
import { labelsPath, radioPath } from './paths.ts'
import { Ports } from './Ports.tsx'

/** The essentials beside the list. */
export function DeviceEssentials({ device }: { device: DeviceRow }) {
  const { t } = useTranslation()
  const facts = useDeviceFacts(device)
  const may = useMay('installer', 'supervisor')
  return (
    <div className="sd-stack">
      <Facts facts={facts} />
      {may ? (
        <div className="sd-actions">
          <Link to={radioPath(device.btName)}>{t('devices.radioPage')}</Link>
          <Link to={labelsPath([device.deviceCode])}>{t('devices.labels')}</Link>
        </div>
      ) : null}
    </div>
  )
}

export function useDeviceFacts(device: DeviceRow): Fact[] {
  const { t } = useTranslation()
  return [
    { label: t('devices.deviceCode'), value: <Code>{device.deviceCode}</Code> },
    { label: t('devices.btName'), value: <Code>{device.btName}</Code> },
    { label: t('devices.alias'), value: device.alias },
    {
      label: t('devices.state'),
      value:
        device.state === 0 ? (
          t('devices.enabled')
        ) : (
          <State tone="attention">
            {[t('devices.disabled'), device.stateReason].filter(Boolean).join(' · ')}
          </State>
        ),
    },
    {
      label: t('devices.unitPrice'),
      value: device.noPrice ? (
        <span title={t('devices.noPriceHint')}>
          <State tone="attention">{t('devices.noPrice')}</State>
        </span>
      ) : (
        <Money fen={device.unitPriceFen} />
      ),
    },
    { label: t('devices.maxUnit'), value: device.maxUnit },
    { label: t('devices.charge'), value: t(device.chargeFlag === 1 ? 'devices.charged' : 'devices.free') },
    {
      label: t('devices.manager'),
      value: device.manager === null ? t('devices.unbound') : managerOf(device),
    },
    { label: t('devices.version'), value: device.version },
    { label: t('devices.ports'), value: <Ports ports={device.ports} /> },
    { label: t('devices.portsAt'), value: <Time at={device.portsAt} /> },
    { label: t('devices.setupAt'), value: <Time at={device.setupAt} /> },
    { label: t('devices.addedAt'), value: <Time at={device.addedAt} /> },
    { label: t('devices.updatedAt'), value: <Time at={device.updatedAt} /> },
  ]
}
