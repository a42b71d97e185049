import type { DeviceRow } from '#shared/contract/devices.ts'
import type { Input } from '#shared/contract/index.ts'
import { formatYuan, parseYuan } from '#shared/money.ts'

export type Changes = Input<'devices.updateMany'>['changes']

/** What is typed; a field that is not there stays as it is. */
export interface Typed {
  readonly unitPrice?: string
  readonly maxUnit?: string
  readonly chargeFlag?: '0' | '1'
  readonly version?: string
  readonly alias?: string
}
export type TypedField = keyof Typed
export const BATCH_FIELDS = ['unitPrice', 'maxUnit', 'chargeFlag', 'version'] as const

/** M-07: fen of a unit of 30 minutes */
export function priceOf(text: string): number | null {
  const price = parseYuan(text.trim())
  return price !== null && price.exact && price.fen >= 0 && price.fen <= 9999 ? price.fen : null
}

export function wholeOf(text: string, from: number, to: number): number | null {
  const plain = text.trim()
  if (!/^\d{1,4}$/.test(plain)) return null
  const value = Number(plain)
  return value >= from && value <= to ? value : null
}

/** Fields whose text is none of theirs. */
export function wrongFields(typed: Typed): TypedField[] {
  const wrong: TypedField[] = []
  if (typed.unitPrice !== undefined && priceOf(typed.unitPrice) === null) wrong.push('unitPrice')
  if (typed.maxUnit !== undefined && wholeOf(typed.maxUnit, 1, 12) === null) wrong.push('maxUnit')
  if (typed.version !== undefined && wholeOf(typed.version, 0, 999) === null) wrong.push('version')
  return wrong
}

export function changesOf(typed: Typed): Changes {
  const price = typed.unitPrice === undefined ? null : priceOf(typed.unitPrice)
  const maxUnit = typed.maxUnit === undefined ? null : wholeOf(typed.maxUnit, 1, 12)
  const version = typed.version === undefined ? null : wholeOf(typed.version, 0, 999)
  return {
    ...(price === null ? {} : { unitPriceFen: price }),
    ...(maxUnit === null ? {} : { maxUnit }),
    ...(version === null ? {} : { version }),
    ...(typed.chargeFlag === undefined ? {} : { chargeFlag: typed.chargeFlag === '1' ? 1 : 0 }),
    ...(typed.alias === undefined ? {} : { alias: typed.alias.trim() }),
  }
}

export interface Difference {
  readonly key: keyof Changes & keyof DeviceRow
  readonly before: DeviceRow[keyof Changes & keyof DeviceRow]
  readonly after: DeviceRow[keyof Changes & keyof DeviceRow]
}

/** What a change would do to one charger; empty: it stays as it is. */
export function differences(row: DeviceRow, changes: Changes): Difference[] {
  return (['unitPriceFen', 'maxUnit', 'chargeFlag', 'version', 'alias'] as const).flatMap((key) => {
    const after = changes[key]
    return after === undefined || after === row[key] ? [] : [{ key, before: row[key], after }]
  })
}

export const yuanOf = (fen: number): string => formatYuan(fen)
