import { Input } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

export interface Second {
  readonly name: string
  readonly pin: string
}

export const NO_SECOND: Second = { name: '', pin: '' }

/** `none`: left empty · `half`: name or PIN is missing */
export function givenOf({ name, pin }: Second): 'none' | 'half' | 'whole' {
  const named = name.trim() !== ''
  if (!named && pin === '') return 'none'
  return named && pin !== '' ? 'whole' : 'half'
}

/** As it is sent: nothing where nobody was named. */
export const secondOf = (second: Second): { second?: Second } =>
  givenOf(second) === 'whole' ? { second: { name: second.name.trim(), pin: second.pin } } : {}

interface SecondProps {
  /** what it is for, and whether it can be left empty */
  readonly text: string
  readonly value: Second
  readonly onChange: (value: Second) => void
}

/** The other supervisor types name and PIN at this screen. */
export function SecondPerson({ text, value, onChange }: SecondProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <fieldset className="sd-second">
      <legend>{t('common.second.title')}</legend>
      <p className="sd-quiet">{text}</p>
      <div className="sd-field">
        <label htmlFor={`${id}-name`}>{t('common.second.name')}</label>
        <Input
          id={`${id}-name`}
          autoComplete="off"
          value={value.name}
          onChange={(event) => onChange({ ...value, name: event.target.value })}
        />
      </div>
      <div className="sd-field">
        <label htmlFor={`${id}-pin`}>{t('common.second.pin')}</label>
        <Input.Password
          id={`${id}-pin`}
          autoComplete="off"
          value={value.pin}
          onChange={(event) => onChange({ ...value, pin: event.target.value })}
        />
      </div>
    </fieldset>
  )
}
