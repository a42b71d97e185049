import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { PORTS } from '#shared/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import { useRead, useWrite } from '../../../api/queries.ts'
import { useMay, useSite } from '../../../app/site.tsx'
import { useWhyNot } from '../../../app/why-not.tsx'
import { Code, Facts, Money, State, Time } from '../../../ui/figures.tsx'
import { Reading, WithReason } from '../../../ui/states.tsx'
import { chargerPath } from '../../chargers/paths.ts'
import { COMMAND_TIMEOUT_MS } from '../../chargers/timeouts.ts'
import { ORDER_TONES } from '../orders/tones.ts'
import { ordersPath } from '../paths.ts'
import { Person } from '../Phone.tsx'
import { Refused } from '../Refused.tsx'
import { PortCell } from './PortCell.tsx'
import { ReportedAt } from './ReportedAt.tsx'

export const portsBody = (row: DeviceRow) => <PortsDrawer row={row} />

/** The longest order there is (R-08). */
const LONGEST = 6 * HOUR

function PortsDrawer({ row }: { row: DeviceRow }) {
  const { t } = useTranslation()
  const mayOpen = useMay('installer', 'supervisor')
  const manager =
    row.manager === null ? '' : <Person name={row.managerName ?? ''} phone={row.manager} whole="manager" />
  return (
    <div className="sd-stack">
      <ReadPorts row={row} />
      <ul className="cg-ports">
        {PORTS.map((port) => (
          <li key={port}>
            <span>{t('charging.portNo', { port })}</span>
            <PortCell port={row.ports.find((one) => one.port === port)} at={row.portsAt} />
          </li>
        ))}
      </ul>
      <RunningOrders deviceCode={row.deviceCode} />
      <Facts
        facts={[
          { label: t('charging.deviceCode'), value: <Code>{row.deviceCode}</Code> },
          { label: t('charging.ports.btName'), value: <Code>{row.btName}</Code> },
          { label: t('charging.ports.at'), value: <ReportedAt at={row.portsAt} /> },
          { label: t('charging.manager'), value: manager },
          {
            label: t('charging.ports.price'),
            value: row.chargeFlag === 0 ? t('charging.ports.free') : <Money fen={row.unitPriceFen} />,
          },
          {
            label: t('charging.ports.state'),
            value:
              row.state === 0
                ? t('charging.ports.enabled')
                : (row.stateReason ?? t('charging.ports.disabled')),
          },
        ]}
      />
      <div className="sd-actions">
        <Link to={ordersPath({ device: row.deviceCode })}>{t('charging.ports.orders')}</Link>
        {mayOpen ? <Link to={chargerPath(row.btName)}>{t('charging.ports.openCharger')}</Link> : null}
      </div>
    </div>
  )
}

function ReadPorts({ row }: { row: DeviceRow }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const why = useWhyNot('chargers.read')
  const read = useWrite('chargers.read', {
    timeoutMs: COMMAND_TIMEOUT_MS,
    onSuccess: ({ ports }) => {
      const words = ports.map(({ port, state }) => `${port} ${t(`charging.ports.portState.${state}`)}`)
      void message.info(t('charging.ports.readDone', { ports: words.join(' · ') }))
    },
  })
  return (
    <>
      <div className="sd-actions">
        <WithReason reason={why}>
          <Button
            type="primary"
            disabled={why !== null}
            loading={read.isPending}
            onClick={() => read.mutate({ name: row.btName })}
          >
            {t('charging.ports.read')}
          </Button>
        </WithReason>
      </div>
      <Refused error={read.error} />
    </>
  )
}

/** Orders whose time is not over: what the ports should be doing. */
function RunningOrders({ deviceCode }: { deviceCode: string }) {
  const { t } = useTranslation()
  const { now } = useSite()
  // by whole minutes, so that drawing again does not ask again
  const from = Math.floor(now() / MINUTE) * MINUTE - LONGEST
  const state = ['unpaid', 'pending', 'settled'] as const
  const orders = useRead('orders.list', { deviceCode, from, state: [...state], limit: 40 })
  return (
    <section>
      <h3 className="cg-h3">{t('charging.ports.running')}</h3>
      <Reading read={orders} lines={2}>
        {({ rows }) => {
          const running = rows.filter(({ endsAt }) => endsAt > now())
          if (running.length === 0) return <p className="sd-quiet">{t('charging.ports.runningNone')}</p>
          return (
            <ul className="cg-lines">
              {running.map((order) => (
                <li key={order.orderId}>
                  <span>{t('charging.portNo', { port: order.port })}</span>
                  <Person name={order.userName} phone={order.user} />
                  <Link to={ordersPath({ query: order.orderId })}>
                    → <Time at={order.endsAt} />
                  </Link>
                  <State tone={ORDER_TONES[order.state]}>
                    {t(`charging.orders.stateName.${order.state}`)}
                  </State>
                </li>
              ))}
            </ul>
          )
        }}
      </Reading>
    </section>
  )
}
