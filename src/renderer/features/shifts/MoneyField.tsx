import { Input } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Amount } from '../recharge/amount.ts'

/** An amount in yuan with what is wrong with it, said once somebody tried to go on. */
export function MoneyField(props: {
  label: string
  text: string
  amount: Amount
  tried: boolean
  onChange: (text: string) => void
  onEnter: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const problem = props.tried && 'problem' in props.amount ? props.amount.problem : null
  return (
    <div className="sd-field">
      <label htmlFor={id}>{props.label}</label>
      <Input
        id={id}
        autoFocus
        size="large"
        inputMode="decimal"
        autoComplete="off"
        prefix="¥"
        value={props.text}
        status={problem ? 'error' : ''}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        onChange={(event) => props.onChange(event.target.value)}
        onPressEnter={props.onEnter}
        style={{ width: 240 }}
      />
      <span id={`${id}-problem`} className="sd-complaint" role="alert">
        {problem ? t(`recharge.amount.${problem}`) : null}
      </span>
    </div>
  )
}
