import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { Code } from '../../ui/figures.tsx'
import { ErrorState, Reading } from '../../ui/states.tsx'
import { FieldList } from './FieldList.tsx'
import {
  BATCH_FIELDS,
  changesOf,
  differences,
  wrongFields,
  yuanOf,
  type Changes,
  type Difference,
  type Typed,
} from './fields.ts'
import { ResultTable } from './ResultTable.tsx'

interface DialogProps {
  readonly codes: readonly string[]
  readonly open: boolean
  readonly onClose: () => void
}

/** The same change to many: what, then old and new for each, then what became of each. */
export function BatchDialog({ codes, open, onClose }: DialogProps) {
  const { t } = useTranslation()
  return (
    <Modal
      open={open}
      title={t('devices.batch.title', { n: codes.length })}
      footer={null}
      width={680}
      onCancel={onClose}
      destroyOnHidden
    >
      <BatchForm codes={codes} onClose={onClose} />
    </Modal>
  )
}

function BatchForm({ codes, onClose }: Omit<DialogProps, 'open'>) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<Typed>({})
  const [previewing, setPreviewing] = useState(false)
  const write = useWrite('devices.updateMany')
  const changes = changesOf(typed)
  const right = Object.keys(changes).length > 0 && wrongFields(typed).length === 0
  if (write.data)
    return (
      <div className="sd-stack">
        <ResultTable results={write.data.results} />
        <div className="sd-actions sd-actions-end">
          <Button type="primary" onClick={onClose}>
            {t('common.action.close')}
          </Button>
        </div>
      </div>
    )
  if (previewing)
    return (
      <Preview
        codes={codes}
        changes={changes}
        busy={write.isPending}
        error={write.error}
        onBack={() => setPreviewing(false)}
        onApply={(deviceCodes) => write.mutate({ deviceCodes: [...deviceCodes], changes })}
      />
    )
  return (
    <div className="sd-stack">
      <p className="sd-quiet">
        {t('devices.batch.choose')} {t('devices.form.forNew')}
      </p>
      <FieldList typed={typed} fields={BATCH_FIELDS} onChange={setTyped} optional />
      <div className="sd-actions sd-actions-end">
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button
          type="primary"
          disabled={!right}
          title={right ? '' : t('devices.batch.nothing')}
          onClick={() => setPreviewing(true)}
        >
          {t('devices.batch.preview')}
        </Button>
      </div>
    </div>
  )
}

function Preview(props: {
  codes: readonly string[]
  changes: Changes
  busy: boolean
  error: unknown
  onBack: () => void
  onApply: (codes: readonly string[]) => void
}) {
  const { t } = useTranslation()
  const read = useRead('devices.list', { deviceCodes: [...props.codes], limit: 1000 })
  return (
    <Reading read={read}>
      {({ rows }) => {
        const changed = rows.flatMap((row) => {
          const found = differences(row, props.changes)
          return found.length === 0 ? [] : [{ row, found }]
        })
        return (
          <div className="sd-stack">
            <p>
              {t('devices.batch.previewText', {
                changed: changed.length,
                same: rows.length - changed.length,
              })}
            </p>
            {changed.length > 0 ? <ChangeTable changed={changed} /> : null}
            {props.error ? <ErrorState error={props.error} /> : null}
            <div className="sd-actions sd-actions-end">
              <Button onClick={props.onBack}>{t('common.action.back')}</Button>
              <Button
                type="primary"
                loading={props.busy}
                disabled={changed.length === 0}
                title={changed.length === 0 ? t('devices.batch.noneChanges') : ''}
                onClick={() => props.onApply(changed.map(({ row }) => row.deviceCode))}
              >
                {t('devices.batch.apply', { n: changed.length })}
              </Button>
            </div>
          </div>
        )
      }}
    </Reading>
  )
}

function ChangeTable({ changed }: { changed: readonly { row: DeviceRow; found: readonly Difference[] }[] }) {
  const { t } = useTranslation()
  return (
    <div className="device-scroll">
      <table className="sd-plain">
        <thead>
          <tr>
            <th>{t('devices.deviceCode')}</th>
            <th>{t('devices.alias')}</th>
            <th>
              {t('devices.batch.before')} → {t('devices.batch.after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {changed.map(({ row, found }) => (
            <tr key={row.deviceCode}>
              <td>
                <Code>{row.deviceCode}</Code>
              </td>
              <td>{row.alias}</td>
              <td>
                {found.map((difference) => (
                  <OneChange key={difference.key} difference={difference} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const TITLES = {
  unitPriceFen: 'devices.unitPrice',
  maxUnit: 'devices.maxUnit',
  chargeFlag: 'devices.charge',
  version: 'devices.version',
  alias: 'devices.alias',
} as const

function OneChange({ difference }: { difference: Difference }) {
  const { t } = useTranslation()
  const { key, before, after } = difference
  const words = (value: Difference['before']) => {
    if (key === 'unitPriceFen') return `¥${yuanOf(Number(value))}`
    if (key === 'chargeFlag') return t(value === 1 ? 'devices.charged' : 'devices.free')
    return typeof value === 'string' ? value : Number(value)
  }
  return (
    <div>
      <span className="sd-quiet">{key in TITLES ? t(TITLES[key as keyof typeof TITLES]) : key}</span>{' '}
      <del>{words(before)}</del> → <strong>{words(after)}</strong>
    </div>
  )
}
