import type { Checked } from '#shared/contract/index.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Fen } from '#shared/money.ts'
import type { Call } from '../context.ts'
import { countedTotal } from './figures.ts'
import type { ShiftParts } from './index.ts'
import { expectedOf, figuresNow, fix } from './report.ts'
import type { StoredShift } from './store.ts'

export interface Closed {
  readonly shiftId: string
  /** not closed yet: this difference wants a reason */
  readonly explain: {
    readonly expectedFen: Fen
    readonly countedFen: Fen
    readonly differenceFen: Fen
  } | null
}

/**
 * Only inside the commit. A count that differs and says nothing is kept before its figures are shown: whoever counts
 * again after that has the first count in the report.
 */
export function closeShift(
  parts: ShiftParts,
  call: Call,
  shift: StoredShift,
  { counted, reason }: Checked<'shifts.close'>,
): Closed {
  if (shift.state !== 'open')
    throw new SitedeskError('SHIFT_NOT_OPEN', `Shift ${shift.number} is closed already.`, { id: shift.id })
  const figures = figuresNow(parts, shift)
  const expectedFen = expectedOf(shift, figures)
  const countedFen = countedTotal(counted)
  const differenceFen = countedFen - expectedFen
  const explain = { expectedFen, countedFen, differenceFen }
  const given = { counted: JSON.stringify(counted), counted_fen: countedFen }
  if (Math.abs(differenceFen) > parts.reasonAboveFen() && !reason) {
    if (shift.counted === null) parts.store.update(shift.id, given)
    call.note({ target: shift.id, after: { ...explain, closed: false } })
    return { shiftId: shift.id, explain }
  }
  const now = parts.ctx.ports.clock.now()
  parts.store.update(shift.id, {
    ...given,
    state: 'closed',
    closed_at: now,
    expected_fen: expectedFen,
    difference_fen: differenceFen,
    difference_reason: reason ?? null,
    report: JSON.stringify(fix(parts, shift, figures)),
  })
  call.note({ target: shift.id, after: { ...explain, closed: true, reason } })
  return { shiftId: shift.id, explain: null }
}
