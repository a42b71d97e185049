import type { Input } from '#shared/contract/index.ts'
import { isRegister } from './register-text.ts'

export type Wanted = Input<'meters.previewDecision'>
export type DecisionKind = Wanted['kind']

/** What a decision is about. */
export interface Subject {
  readonly meterId: string
  readonly at: number
  /** readings that `ignore` and `value` are about; the reading itself where none are named */
  readonly suspects?: readonly number[]
}

/** What the form holds, as it is typed. */
export interface Draft {
  readonly kind: DecisionKind
  readonly value: string
  readonly estimated: boolean
  readonly digits: string
  readonly oldLast: string
  readonly newFirst: string
}

/** What is asked for, null while it is not complete. */
export function wantedOf({ meterId, at, suspects = [] }: Subject, draft: Draft): Wanted | null {
  const [first = at, ...also] = suspects
  const { kind, estimated } = draft
  const [value, oldLast, newFirst] = [draft.value.trim(), draft.oldLast.trim(), draft.newFirst.trim()]
  switch (kind) {
    case 'value':
      return isRegister(value) ? { meterId, at: first, kind, value, estimated } : null
    case 'ignore':
      return { meterId, at: first, kind, ...(also.length > 0 ? { also } : {}) }
    case 'accept':
      return { meterId, at, kind }
    case 'rollover':
      return isDigits(draft.digits) ? { meterId, at, kind, registerDigits: Number(draft.digits) } : null
    default:
      return isRegister(oldLast) && isRegister(newFirst) ? { meterId, at, kind, oldLast, newFirst } : null
  }
}

/** Whole digits that a register can have. */
export const isDigits = (text: string) => /^[3-9]$/.test(text.trim())
