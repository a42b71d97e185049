import type { ShiftReport } from '#shared/contract/shifts.ts'
import type { Fen } from '#shared/money.ts'
import { isErrorCode } from '#shared/errors.ts'

export interface Difference {
  readonly expectedFen: Fen
  readonly countedFen: Fen
  readonly differenceFen: Fen
}

const isFen = (value: unknown): value is Fen => typeof value === 'number' && Number.isSafeInteger(value)

/** The figures a refused close carries: the count differs and wants a reason. Null for any other error. */
export function differenceIn(error: unknown): Difference | null {
  if (!(error instanceof Error) || !('code' in error) || !isErrorCode(error.code)) return null
  if (error.code !== 'NOT_ALLOWED_NOW' || !('data' in error)) return null
  const { expectedFen, countedFen, differenceFen } = (error.data ?? {}) as Record<string, unknown>
  if (!isFen(expectedFen) || !isFen(countedFen) || !isFen(differenceFen)) return null
  return { expectedFen, countedFen, differenceFen }
}

export interface DrawerLine {
  readonly key: 'float' | 'sales' | 'in' | 'out' | 'refunds'
  /** null: not said before the count */
  readonly fen: Fen | null
}

/** Null where a part is not said: a blind count has no sums of cash. */
export const sumOrNone = (parts: readonly (Fen | null)[]): Fen | null =>
  parts.reduce<Fen | null>((sum, fen) => (sum === null || fen === null ? null : sum + fen), 0)

/** What the expected cash is made of; waiting cash sales lie in the drawer too. */
export function drawerLines(report: ShiftReport): readonly DrawerLine[] {
  const cash = report.tenders.find(({ tender }) => tender === 'cash')
  const moved = (sign: 1 | -1) =>
    report.movements.reduce((sum, { amountFen }) => (amountFen * sign > 0 ? sum + amountFen : sum), 0)
  return [
    { key: 'float', fen: report.cashFloatFen },
    { key: 'sales', fen: cash ? sumOrNone([cash.amountFen, cash.waitingFen]) : 0 },
    { key: 'in', fen: moved(1) },
    { key: 'out', fen: moved(-1) },
    { key: 'refunds', fen: -report.refundsFen },
  ]
}

export const waitingOf = (report: ShiftReport) =>
  report.tenders.reduce((sum, { waiting }) => sum + waiting, 0)

/** `+5.00`: a difference always says its sign. */
export const isOff = (fen: Fen | null): fen is Fen => fen !== null && fen !== 0
