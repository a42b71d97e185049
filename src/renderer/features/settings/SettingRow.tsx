import { LockOutlined } from '@ant-design/icons'
import { Button, Input, InputNumber, Select, Switch } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFixedText } from '../../app/fixed.ts'
import { useKeyText } from '../../app/i18n/dynamic.ts'
import type { Editing } from './edits.ts'
import { isFixed, type SettingField, type SettingsData } from './fields.ts'

interface RowProps {
  readonly field: SettingField
  readonly data: SettingsData
  readonly editing: Editing
  readonly readOnly: boolean
}

/** One setting: label, control, hint; read-only with the reason where the file decides. */
export function SettingRow(props: RowProps) {
  const fixedText = useFixedText()
  const text = useKeyText()
  const id = useId()
  const { field, data, editing } = props
  const fixed = isFixed(data.fixed, field.path)
  const complaint = editing.complaint(field.path)
  return (
    <div className="sd-setting">
      <label htmlFor={id}>{text(field.label)}</label>
      <div>
        <div className="sd-actions">
          <Control {...props} id={id} disabled={fixed || props.readOnly} />
        </div>
        {fixed ? (
          <span className="sd-quiet">
            <LockOutlined /> {fixedText}
          </span>
        ) : null}
        {field.hint && !fixed ? <span className="sd-quiet">{text(field.hint)}</span> : null}
        {complaint ? (
          <span className="sd-complaint" role="alert">
            {complaint}
          </span>
        ) : null}
      </div>
    </div>
  )
}

function Control(props: RowProps & { id: string; disabled: boolean }): ReactNode {
  const text = useKeyText()
  const { field, editing, id, disabled } = props
  const value = editing.get(field.path)
  const set = (next: unknown) => editing.set(field.path, next)
  if (field.kind === 'secret') return <Secret {...props} path={field.path} />
  if (field.kind === 'switch')
    return <Switch id={id} disabled={disabled} checked={value === true} onChange={set} />
  if (field.kind === 'number')
    return (
      <>
        <InputNumber
          id={id}
          disabled={disabled}
          min={field.min}
          max={field.max}
          precision={0}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => set(next ?? '')}
          style={{ width: 120 }}
        />
        {field.unit ? <span className="sd-quiet">{text(field.unit)}</span> : null}
      </>
    )
  if (field.kind === 'select')
    return (
      <Select
        id={id}
        disabled={disabled}
        value={typeof value === 'string' ? value : null}
        onChange={set}
        style={{ width: 200 }}
        options={field.options.map((o) => ({ value: o.value, label: o.label ? text(o.label) : o.value }))}
      />
    )
  if (field.kind === 'list')
    return (
      <Input
        id={id}
        disabled={disabled}
        autoComplete="off"
        value={Array.isArray(value) ? value.join(', ') : ''}
        onChange={(event) => set(listOf(event.target.value))}
        style={{ width: 340 }}
      />
    )
  return (
    <Input
      id={id}
      disabled={disabled}
      autoComplete="off"
      maxLength={field.maxLength ?? 400}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => set(event.target.value)}
      style={{ width: 340 }}
    />
  )
}

/** An empty list takes the value away; a word is still being typed after its comma. */
function listOf(typed: string): readonly string[] | '' {
  const words = typed.split(/[,，\s]+/)
  return words.every((word) => word === '') ? '' : words.map((word) => word.toLowerCase())
}

/** A secret is never shown: whether it is set, and a way to put another one. Left empty it stays. */
function Secret(props: {
  id: string
  path: string
  disabled: boolean
  data: SettingsData
  editing: Editing
}) {
  const { t } = useTranslation()
  const { path, editing } = props
  const [openedAt, setOpenedAt] = useState<number | null>(null)
  const value = editing.edits[path]
  if (openedAt !== editing.saves)
    return (
      <>
        <span>{t(props.data.secretsSet.includes(path) ? 'settings.isSet' : 'settings.notSet')}</span>
        <Button
          id={props.id}
          size="small"
          disabled={props.disabled}
          onClick={() => setOpenedAt(editing.saves)}
        >
          {t('settings.change')}
        </Button>
      </>
    )
  const keep = () => {
    editing.undo(path)
    setOpenedAt(null)
  }
  return (
    <>
      <Input.Password
        id={props.id}
        autoFocus
        autoComplete="new-password"
        visibilityToggle={false}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => editing.set(path, event.target.value)}
        style={{ width: 260 }}
      />
      <Button size="small" onClick={keep}>
        {t('settings.keep')}
      </Button>
    </>
  )
}
