import type { Tender } from '#shared/contract/values.ts'
import type { Fen } from '#shared/money.ts'
import { useReducer } from 'react'

/** What the confirm sheet shows and what is sent, both from here: nobody confirms one thing and sends another. */
export interface Sale {
  /** made once per sheet: however often it is sent, it stays one recharge (F-34, R-72) */
  readonly intentId: string
  readonly roomId: string
  readonly roomPath: readonly string[]
  /** numbers of the meters that hang in the room */
  readonly meters: readonly string[]
  readonly amountFen: Fen
  readonly tender: Tender
  readonly balanceFen: Fen | null
  readonly balanceAt: number | null
  readonly confirmedDuplicate: boolean
  readonly confirmedLarge: boolean
}

export type Step =
  | { readonly at: 'search' }
  | { readonly at: 'room'; readonly roomId: string }
  | { readonly at: 'confirm'; readonly sale: Sale }
  /** the posting key was pressed and the core has not answered: nothing can be pressed */
  | { readonly at: 'posting'; readonly sale: Sale }
  | { readonly at: 'refused'; readonly sale: Sale; readonly error: unknown }

export interface Flow {
  readonly step: Step
  /** the sale whose end is shown under the search box */
  readonly last: string | null
  /** sales of this visit, followed to their end and then printed */
  readonly followed: readonly string[]
}

export type Confirmation = Partial<Pick<Sale, 'confirmedDuplicate' | 'confirmedLarge'>>

export type Action =
  | { readonly do: 'choose'; readonly roomId: string }
  | { readonly do: 'check'; readonly sale: Sale }
  /** `change`: what a person confirmed on a refusal sheet */
  | { readonly do: 'post'; readonly change?: Confirmation }
  | { readonly do: 'saved' }
  | { readonly do: 'refused'; readonly error: unknown }
  /** a refusal was dealt with: the sheet once more, under the same intentId */
  | { readonly do: 'again' }
  | { readonly do: 'back' }
  | { readonly do: 'search' }
  | { readonly do: 'show'; readonly intentId: string }
  | { readonly do: 'dismiss' }

export const START: Flow = { step: { at: 'search' }, last: null, followed: [] }

export function reduce(flow: Flow, action: Action): Flow {
  const { step } = flow
  switch (action.do) {
    case 'choose':
      return step.at === 'posting'
        ? flow
        : { ...flow, step: { at: 'room', roomId: action.roomId }, last: null }
    case 'check':
      return step.at === 'room' ? { ...flow, step: { at: 'confirm', sale: action.sale } } : flow
    case 'post':
      return step.at === 'confirm' || step.at === 'refused'
        ? { ...flow, step: { at: 'posting', sale: { ...step.sale, ...action.change } } }
        : flow
    case 'saved':
      return step.at === 'posting' ? saved(flow, step.sale.intentId) : flow
    case 'refused':
      return step.at === 'posting'
        ? { ...flow, step: { at: 'refused', sale: step.sale, error: action.error } }
        : flow
    case 'again':
      return step.at === 'refused' ? { ...flow, step: { at: 'confirm', sale: step.sale } } : flow
    case 'back':
      return back(flow)
    case 'search':
      return step.at === 'posting' ? flow : { ...flow, step: { at: 'search' } }
    case 'show':
      return step.at === 'posting' ? flow : { ...flow, step: { at: 'search' }, last: action.intentId }
    case 'dismiss':
      break
  }
  return { ...flow, last: null }
}

const saved = (flow: Flow, intentId: string): Flow => ({
  step: { at: 'search' },
  last: intentId,
  followed: [...flow.followed.filter((id) => id !== intentId), intentId],
})

/** Esc: always exactly one step. */
function back(flow: Flow): Flow {
  const { step } = flow
  switch (step.at) {
    case 'search':
      return flow.last === null ? flow : { ...flow, last: null }
    case 'room':
      return { ...flow, step: { at: 'search' } }
    case 'confirm':
      return { ...flow, step: { at: 'room', roomId: step.sale.roomId } }
    case 'refused':
      return { ...flow, step: { at: 'confirm', sale: step.sale } }
    case 'posting':
      break
  }
  return flow
}

export const useFlow = () => useReducer(reduce, START)
