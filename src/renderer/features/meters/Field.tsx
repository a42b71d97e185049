import { Input } from 'antd'
import { useId } from 'react'

/** One labelled line of a form beside a reading, with what is wrong under it. */
export function Field(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly wrong?: string | null
  readonly number?: boolean
  readonly first?: boolean
}) {
  const id = useId()
  const wrong = props.wrong ?? null
  return (
    <div className="sd-field">
      <label htmlFor={id}>{props.label}</label>
      <Input
        id={id}
        value={props.value}
        maxLength={props.number ? 20 : 500}
        inputMode={props.number ? 'decimal' : 'text'}
        autoFocus={props.first ?? false}
        autoComplete="off"
        status={wrong === null ? '' : 'error'}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-wrong`}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <span className="sd-complaint" id={`${id}-wrong`} role="alert">
        {wrong}
      </span>
    </div>
  )
}
