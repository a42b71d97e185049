import type { DataShape, Side } from '../endpoint.ts'
import { FIELDS, type FieldKind, type FieldName } from './fields.ts'

export interface Field extends FieldKind {
  /** as it is sent */
  readonly name: string
  readonly required: boolean
}

/** One endpoint as somebody who calls it has to know it. */
export interface Described {
  readonly side: Side
  readonly name: string
  readonly shape: DataShape
  readonly summary: string
  readonly params: readonly Field[]
  /** of each object of a list, or of each row of a page */
  readonly data: readonly Field[]
  /** of the page itself, beside its rows */
  readonly totals: readonly Field[]
  readonly rowsAs: string
  /** beyond 1, 2, 3 and 4, which every call may get */
  readonly refusals: string
}

interface Row {
  readonly summary: string
  /** names of fields; `?` optional; `name=kind` where another kind goes by that name */
  readonly params?: string
  readonly data?: string
  readonly totals?: string
  readonly rowsAs?: string
  readonly refusals?: string
}

const isField = (name: string): name is FieldName => Object.hasOwn(FIELDS, name)

function fieldsOf(said: string | undefined): Field[] {
  const words = (said ?? '').split(' ').filter((word) => word !== '')
  return words.map((word) => {
    const [name = '', kind = name] = word.replace('?', '').split('=')
    if (!isField(kind)) throw new Error(`there is no field ${kind}`)
    return { ...FIELDS[kind], name, required: !word.includes('?') }
  })
}

export const table = (side: Side, shape: DataShape, rows: Readonly<Record<string, Row>>): Described[] =>
  Object.entries(rows).map(([name, { summary, params, data, totals, rowsAs, refusals }]) => ({
    side,
    name,
    shape,
    summary,
    params: fieldsOf(params),
    data: fieldsOf(data ?? (shape === 'result' ? 'result reason' : '')),
    totals: fieldsOf(totals ?? (shape === 'page' ? 'totalCount' : '')),
    rowsAs: rowsAs ?? 'abstractList',
    refusals: refusals ?? '',
  }))
