import type { ReactNode } from 'react'
import type { Input, OperationName, Output } from '#shared/contract/index.ts'

/** Operations that answer a page of rows: every list of the contract. */
export type ListOperation = {
  [N in OperationName]: Output<N> extends { total: number; rows: readonly object[] }
    ? Input<N> extends { limit?: number | undefined }
      ? N
      : never
    : never
}[OperationName]

/** The rows of a list operation: `RowOf<'meters.list'>`. */
export type RowOf<N extends ListOperation> = Output<N> extends { rows: readonly (infer R)[] } ? R : never
/** What a list is asked for, without paging. */
export type ListInput<N extends ListOperation> = Omit<Input<N>, 'offset' | 'limit'>

export type ExportFormat = Input<'exports.create'>['columns'][number]['format']

/** How a column is written to a file. */
export interface ExportAs {
  readonly format: ExportFormat
  readonly words?: Readonly<Record<string, string>>
  /** where the value stands when it is not under the column's own key: `ports.0.minutes` */
  readonly key?: string
  /** the column's own title unless said */
  readonly title?: string
}

export interface Column<Row> {
  /** also the sort key and the key in the export */
  readonly key: string
  readonly title: string
  /** least width in px; columns share what is left over by it */
  readonly width: number
  /** figures stand right */
  readonly align?: 'left' | 'right'
  /** without it the value of `key` is shown as text */
  readonly render?: (row: Row) => ReactNode
  /** the list can be sorted by `key`, or by what the list calls it */
  readonly sortable?: boolean | string
  /** not shown until chosen in the column chooser */
  readonly hidden?: boolean
  /** how it is written to a file, several where it shows several values; `false`: not exported. Default: as text */
  readonly export?: false | ExportAs | readonly ExportAs[]
}

/** The text of a value without a `render` of its own. */
export function plainText(row: object, key: string): string {
  const value: unknown = (row as Record<string, unknown>)[key]
  if (value === null || value === undefined || value === '') return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
