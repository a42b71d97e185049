import { Input } from 'antd'
import { useId } from 'react'

/** One labelled line of a form, with what is wrong under it. */
export function TextField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (next: string) => void
  readonly hint?: string
  readonly wrong?: string | null
  readonly max?: number
  /** which keys a touch screen shows */
  readonly keys?: 'text' | 'numeric' | 'decimal'
  readonly first?: boolean
}) {
  const id = useId()
  const wrong = props.wrong ?? null
  return (
    <div className="sd-field">
      <label htmlFor={id}>{props.label}</label>
      <Input
        id={id}
        autoFocus={props.first ?? false}
        autoComplete="off"
        maxLength={props.max ?? 60}
        placeholder={props.hint}
        inputMode={props.keys ?? 'text'}
        value={props.value}
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
