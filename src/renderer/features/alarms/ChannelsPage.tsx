import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ALARM_CHANNELS } from '#shared/alarms.ts'
import { useSite } from '../../app/site.tsx'
import { Facts, Figure, State, Time } from '../../ui/figures.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Filter } from '../../ui/filters.ts'
import { AlarmNav } from './AlarmNav.tsx'
import { Channels } from './Channels.tsx'
import {
  deliveryColumns,
  DELIVERY_STATES,
  DELIVERY_TONE,
  Result,
  type DeliveryRow as Row,
} from './delivery-columns.tsx'
import { spanOf } from './list-input.ts'
import './alarms.css'

/** Where messages go, a test of each, and what was sent (告警通道). */
export function ChannelsPage() {
  const { t } = useTranslation()
  const { zone } = useSite()
  const shown = useMemo(() => deliveryColumns(t), [t])
  const filters: readonly Filter[] = [
    {
      kind: 'select',
      key: 'channel',
      label: t('alarms.channels.channel'),
      width: 150,
      options: ALARM_CHANNELS.map((value) => ({ value, label: t(`alarms.channels.name.${value}`) })),
    },
    {
      kind: 'select',
      key: 'state',
      label: t('alarms.channels.state'),
      width: 110,
      options: DELIVERY_STATES.map((value) => ({ value, label: t(`alarms.channels.stateName.${value}`) })),
    },
    { kind: 'day', key: 'from', label: t('alarms.filter.from') },
    { kind: 'day', key: 'to', label: t('alarms.filter.to') },
  ]
  return (
    <ListPage
      operation="alarms.deliveries"
      title={t('alarms.channels.title')}
      purpose={t('alarms.channels.purpose')}
      columns={shown}
      filters={filters}
      input={(values) => ({
        ...spanOf(values, zone),
        ...pick('channel', ALARM_CHANNELS, values['channel']),
        ...pick('state', DELIVERY_STATES, values['state']),
      })}
      rowKey={(row) => row.id}
      export="alarms.deliveries"
      actions={<AlarmNav />}
      above={<Channels />}
      empty={{ what: t('alarms.channels.empty'), todo: t('alarms.channels.emptyTodo') }}
      drawer={{ title: (row) => t(`alarms.channels.name.${row.channel}`), body: delivery }}
    />
  )
}

function pick<K extends string, T extends string>(key: K, all: readonly T[], text: string | undefined) {
  const value = all.find((one) => one === text)
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: T }
}

const delivery = (row: Row) => <Delivery row={row} />

function Delivery({ row }: { row: Row }) {
  const { t } = useTranslation()
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('alarms.channels.madeAt'), value: <Time at={row.madeAt} /> },
          {
            label: t('alarms.channels.state'),
            value: (
              <State tone={DELIVERY_TONE[row.state]}>{t(`alarms.channels.stateName.${row.state}`)}</State>
            ),
          },
          { label: t('alarms.channels.result'), value: <Result result={row.result} /> },
          { label: t('alarms.channels.tries'), value: <Figure value={row.tries} /> },
          { label: t('alarms.channels.triedAt'), value: <Time at={row.triedAt} /> },
          { label: t('alarms.channels.nextAt'), value: <Time at={row.nextAt} /> },
        ]}
      />
      <p className="alarm-text">{row.text}</p>
    </div>
  )
}
