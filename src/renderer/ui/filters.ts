import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export interface FilterOption {
  readonly value: string
  readonly label: string
  /** on hover; the label where it is not said */
  readonly title?: string
}

export interface FilterNode extends FilterOption {
  readonly children: readonly FilterNode[]
}

/** One filter of a list; its key is its name in the URL. */
export type Filter =
  | { readonly kind: 'search'; readonly key: string; readonly label: string; readonly width?: number }
  | {
      readonly kind: 'select'
      readonly key: string
      readonly label: string
      readonly options: readonly FilterOption[]
      readonly width?: number
      /** what holds where none is chosen, in words */
      readonly standard?: string
      /** many options: typing finds one */
      readonly typed?: boolean
    }
  /** one of a tree, its branches included as choices */
  | {
      readonly kind: 'tree'
      readonly key: string
      readonly label: string
      readonly nodes: readonly FilterNode[]
    }
  /** exactly this, as typed */
  | { readonly kind: 'text'; readonly key: string; readonly label: string; readonly width?: number }
  /** an amount in yuan, as typed */
  | { readonly kind: 'money'; readonly key: string; readonly label: string; readonly placeholder?: string }
  /** a calendar day, `yyyy-MM-dd`; `standard` holds where none is chosen */
  | { readonly kind: 'day'; readonly key: string; readonly label: string; readonly standard?: string }

/** What the filters hold: only those that are set. */
export type FilterValues = Readonly<Record<string, string | undefined>>

export interface FilterState {
  readonly values: FilterValues
  readonly active: boolean
  /** empty text takes a filter away */
  readonly set: (changes: Readonly<Record<string, string>>) => void
  readonly clear: () => void
}

/** Filters live in the URL, so that a list can be bookmarked, reloaded and come back to. */
export function useFilters(keys: readonly string[]): FilterState {
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const list = keys.join()
  const values = useMemo(() => {
    const current = new URLSearchParams(text)
    return Object.fromEntries(list.split(',').map((key) => [key, current.get(key) ?? undefined]))
  }, [text, list])
  const set = useCallback(
    (changes: Readonly<Record<string, string>>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [key, value] of Object.entries(changes)) {
            if (value === '') next.delete(key)
            else next.set(key, value)
          }
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  const clear = useCallback(
    () => set(Object.fromEntries(list.split(',').map((key) => [key, '']))),
    [set, list],
  )
  return { values, active: Object.values(values).some((value) => value !== undefined), set, clear }
}
