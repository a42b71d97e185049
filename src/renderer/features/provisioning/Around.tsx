import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { Panel } from '../../ui/DeskPage.tsx'
import { Code } from '../../ui/figures.tsx'
import { Notice } from '../../ui/states.tsx'
import { Signal } from '../../ui/Signal.tsx'
import { useHeld, useSettled } from '../../ui/steady-list.ts'
import { BlinkButton } from './BlinkButton.tsx'

type Nearby = Output<'chargers.nearby'>

/** Chargers on the air that are not in the list yet; no row moves while somebody is at the list. */
export function Around(props: {
  nearby: Nearby | undefined
  listed: ReadonlySet<string>
  onAdd: (names: readonly string[]) => void
}) {
  const { t } = useTranslation()
  const { nearby, listed, onAdd } = props
  const held = useHeld({ byFocus: true })
  const inOrder = useSettled(nearby?.found ?? [], held.held)
  const free = inOrder.filter(({ name, ambiguous }) => !listed.has(name) && !ambiguous)
  const all =
    free.length > 1 ? (
      <Button size="small" onClick={() => onAdd(free.map(({ name }) => name))}>
        {t('provisioning.create.aroundAll', { n: free.length })}
      </Button>
    ) : null
  return (
    <Panel title={t('provisioning.create.around')} extra={all}>
      {nearby && nearby.radio.state !== 'ready' ? (
        <Notice>
          {t('shell.status.bluetooth')}: {t(`shell.status.bluetoothState.${nearby.radio.state}`)}
        </Notice>
      ) : null}
      {free.length === 0 ? (
        <p className="sd-quiet">
          {t(nearby?.found.length ? 'provisioning.create.aroundIn' : 'provisioning.create.aroundNone')}
        </p>
      ) : (
        <ul className="run-around" {...held.props}>
          {free.map(({ name, rssi, alias, deviceCode }) => (
            <li key={name}>
              <Signal dbm={rssi} />
              <span className="run-around-name">
                <Code>{name}</Code>
                {deviceCode === null ? null : (
                  <span className="sd-quiet">{[deviceCode, alias].filter(Boolean).join(' · ')}</span>
                )}
              </span>
              <BlinkButton name={name} bare />
              <Button
                size="small"
                aria-label={`${t('provisioning.create.join')} ${name}`}
                onClick={() => onAdd([name])}
              >
                {t('provisioning.create.join')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
