import type { ReactNode } from 'react'
import { formatMoney, formatNumber, NONE } from '../app/format.ts'
import { useFormat } from '../app/site.tsx'

/** A time of the site, `MM-DD HH:mm`; full on hover. */
export function Time({ at, day = false }: { at: number | null | undefined; day?: boolean }) {
  const format = useFormat()
  if (at === null || at === undefined) return <span className="sd-figure">{NONE}</span>
  return (
    <time className="sd-figure" dateTime={new Date(at).toISOString()} title={format.full(at)}>
      {day ? format.date(at) : format.time(at)}
    </time>
  )
}

/** A decimal string of the core, thousands apart, tabular. */
export function Figure(props: {
  value: string | number | null | undefined
  decimals?: number
  unit?: string
}) {
  return (
    <span className="sd-figure">
      {formatNumber(props.value, props.decimals)}
      {props.unit && props.value !== null && props.value !== undefined ? (
        <span className="sd-unit"> {props.unit}</span>
      ) : null}
    </span>
  )
}

/** Fen as `¥1,234.50`; `large` for the desk. */
export function Money({ fen, large = false }: { fen: number | null | undefined; large?: boolean }) {
  return <span className={large ? 'sd-figure sd-money-large' : 'sd-figure sd-money'}>{formatMoney(fen)}</span>
}

/** A number of a meter, room, device: monospace, selectable in one click. */
export function Code({ children }: { children: ReactNode }) {
  return children === '' || children === null ? NONE : <span className="sd-code">{children}</span>
}

export type Tone = 'neutral' | 'good' | 'attention' | 'bad'

/** A state in words; colour only where a person is needed. */
export function State({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="sd-state" data-tone={tone}>
      {children}
    </span>
  )
}

export interface Fact {
  readonly label: string
  readonly value: ReactNode
}

/** Facts as a quiet two-column list. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="sd-facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value === '' || fact.value === null || fact.value === undefined ? NONE : fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
