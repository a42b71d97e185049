import { useId, type ReactNode } from 'react'

/** A labelled field of the dialogs of this area. */
export function Field(props: { label: string; hint?: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="sd-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
      {props.hint ? <span className="sd-quiet">{props.hint}</span> : null}
    </div>
  )
}
