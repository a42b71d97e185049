import type { Checked } from '#shared/contract/index.ts'
import { formatYuan } from '#shared/money.ts'
import type { SheetCell } from '../ports.ts'

type Column = Checked<'exports.create'>['columns'][number]

/** Rows of a list as rows of a sheet: codes stay text, enumerations get their words. */
export function renderRows(rows: readonly unknown[], columns: readonly Column[]): SheetCell[][] {
  return rows.map((row) => columns.map((column) => cell(valueAt(row, column.key), column)))
}

/** `a.b` reaches into a field, `a.*.b` into each of several. */
function valueAt(row: unknown, key: string): unknown {
  const star = key.indexOf('.*.')
  if (star !== -1) {
    const all = valueAt(row, key.slice(0, star))
    return Array.isArray(all) ? new Several(all.map((one) => valueAt(one, key.slice(star + 3)))) : undefined
  }
  let value: unknown = row
  for (const part of key.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

/** Values of several things in one cell; a path is one value of several words. */
class Several {
  readonly values: readonly unknown[]
  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

function cell(value: unknown, column: Column): SheetCell {
  const { format, words } = column
  if (value === null || value === undefined) return null
  if (value instanceof Several)
    return (
      value.values
        .map((one) => String(cell(one, column) ?? ''))
        .filter(Boolean)
        .join('; ') || null
    )
  if (Array.isArray(value)) return value.map((one) => word(one, words)).join(' / ')
  if (typeof value === 'number' && format === 'money') return formatYuan(value)
  if (typeof value === 'number' && format !== 'text') return value
  return word(value, words)
}

function word(value: unknown, words: Column['words']): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return words && Object.hasOwn(words, text) ? (words[text] ?? text) : text
}
