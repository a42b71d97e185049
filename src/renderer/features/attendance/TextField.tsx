import { Input } from 'antd'
import { useId } from 'react'

/** One labelled line of a sheet, with what is wrong under it. */
export function TextField(props: {
  readonly label: string
  readonly value: string
  readonly onChange: (next: string) => void
  readonly hint?: string
  readonly wrong?: string | null
  readonly max?: number
  readonly digits?: boolean
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
        maxLength={props.max ?? 60}
        placeholder={props.hint}
        inputMode={props.digits ? 'numeric' : 'text'}
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

export const isPhone = (text: string): boolean => /^1\d{10}$/.test(text)
