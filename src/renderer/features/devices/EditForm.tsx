import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { FieldList } from './FieldList.tsx'
import { changesOf, differences, wrongFields, yuanOf, type Typed } from './fields.ts'

const FIELDS = ['alias', 'unitPrice', 'maxUnit', 'chargeFlag', 'version'] as const

const typedOf = (device: DeviceRow): Typed => ({
  alias: device.alias,
  unitPrice: yuanOf(device.unitPriceFen),
  maxUnit: String(device.maxUnit),
  chargeFlag: device.chargeFlag === 1 ? '1' : '0',
  version: String(device.version),
})

/** What may be changed of one charger. */
export function EditForm({ device }: { device: DeviceRow }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const why = useWhyNot('devices.update')
  const [typed, setTyped] = useState(() => typedOf(device))
  const changes = changesOf(typed)
  const changed = differences(device, changes)
  const right = changed.length > 0 && wrongFields(typed).length === 0
  const write = useWrite('devices.update', {
    onSuccess: ({ deviceCode }) => void message.info(t('devices.form.saved', { code: deviceCode })),
  })
  if (why !== null) return <p className="sd-quiet">{why}</p>
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (right) write.mutate({ deviceCode: device.deviceCode, ...changes })
      }}
    >
      <header className="sd-panel-head">
        <h2>{t('devices.one.settings')}</h2>
        <span className="sd-quiet">{t('devices.form.forNew')}</span>
      </header>
      <FieldList typed={typed} fields={FIELDS} onChange={setTyped} />
      {write.error ? <Refused error={write.error} /> : null}
      <div className="sd-actions">
        <Button type="primary" htmlType="submit" disabled={!right} loading={write.isPending}>
          {t('devices.form.save')}
        </Button>
        {changed.length > 0 ? (
          <Button onClick={() => setTyped(typedOf(device))}>{t('common.action.reset')}</Button>
        ) : null}
      </div>
    </form>
  )
}

function Refused({ error }: { error: Error }) {
  const { t } = useTranslation()
  const reason = 'data' in error ? (error.data as { reason?: unknown } | undefined)?.reason : undefined
  if (reason === 'orderTooDear') return <Notice tone="bad">{t('devices.form.orderTooDear')}</Notice>
  return <ErrorState error={error} brief />
}
