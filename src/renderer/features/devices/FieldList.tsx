import { Checkbox, Input, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { wrongFields, type Typed, type TypedField } from './fields.ts'

const COMPLAINTS = {
  unitPrice: 'devices.form.priceInvalid',
  maxUnit: 'devices.form.unitInvalid',
  version: 'devices.form.versionInvalid',
} as const
const LABELS = {
  unitPrice: 'devices.unitPrice',
  maxUnit: 'devices.maxUnit',
  chargeFlag: 'devices.charge',
  version: 'devices.version',
  alias: 'devices.alias',
} as const
const FIRST: Readonly<Record<TypedField, string>> = {
  unitPrice: '',
  maxUnit: '',
  version: '',
  chargeFlag: '1',
  alias: '',
}

interface FieldProps {
  readonly typed: Typed
  readonly fields: readonly TypedField[]
  readonly onChange: (typed: Typed) => void
  /** each field has a box; without its tick it stays as it is */
  readonly optional?: boolean
}

/** Price, limits and what else may be changed of a charger. */
export function FieldList({ typed, fields, onChange, optional = false }: FieldProps) {
  const { t } = useTranslation()
  const wrong = wrongFields(typed)
  const tick = (field: TypedField, on: boolean) => {
    const { [field]: _left, ...rest } = typed
    onChange(on ? { ...rest, [field]: FIRST[field] } : rest)
  }
  return (
    <div className="device-fields">
      {fields.map((field) => (
        <div key={field} className="sd-setting">
          {optional ? (
            <Checkbox checked={typed[field] !== undefined} onChange={(e) => tick(field, e.target.checked)}>
              {t(LABELS[field])}
            </Checkbox>
          ) : (
            <span>{t(LABELS[field])}</span>
          )}
          {typed[field] === undefined ? (
            <span />
          ) : (
            <span>
              <Field
                field={field}
                value={typed[field]}
                onChange={(value) => onChange({ ...typed, [field]: value })}
              />
              {field in COMPLAINTS && wrong.includes(field) && typed[field] !== '' ? (
                <span className="sd-complaint">{t(COMPLAINTS[field as keyof typeof COMPLAINTS])}</span>
              ) : null}
            </span>
          )}
        </div>
      ))}
    </div>
  )
}

function Field(props: { field: TypedField; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation()
  const { field, value } = props
  if (field === 'chargeFlag')
    return (
      <Segmented
        aria-label={t('devices.charge')}
        value={value}
        options={[
          { value: '1', label: t('devices.charged') },
          { value: '0', label: t('devices.free') },
        ]}
        onChange={(next) => props.onChange(next)}
      />
    )
  return (
    <Input
      aria-label={t(LABELS[field])}
      value={value}
      maxLength={field === 'alias' ? 60 : 8}
      inputMode={field === 'alias' ? 'text' : 'decimal'}
      {...(field === 'unitPrice' ? { prefix: '¥' } : {})}
      style={{ width: field === 'alias' ? 260 : 120 }}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}
