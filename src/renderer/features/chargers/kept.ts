import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

/**
 * What a page remembers while somebody looks at another one. It lies with the answers of the core, so that it goes
 * with them when the operator signs out.
 */
export function useKept<T>(name: string, initial: T): readonly [T, (change: (before: T) => T) => void] {
  const queries = useQueryClient()
  const { data } = useQuery<T>({
    queryKey: ['kept', name],
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  })
  const change = useCallback(
    (next: (before: T) => T) =>
      void queries.setQueryData<T>(['kept', name], (before) => next(before ?? initial)),
    [queries, name, initial],
  )
  return [data ?? initial, change]
}

const NONE: readonly string[] = []

export interface Names {
  readonly names: readonly string[]
  readonly has: (name: string) => boolean
  readonly set: (names: readonly string[]) => void
  readonly add: (names: readonly string[]) => void
  readonly toggle: (name: string) => void
}

export function useNames(name: string): Names {
  const [names, change] = useKept(name, NONE)
  return {
    names,
    has: (one) => names.includes(one),
    set: useCallback((next) => change(() => next), [change]),
    add: useCallback((more) => change((before) => [...new Set([...before, ...more])]), [change]),
    toggle: useCallback(
      (one) =>
        change((before) =>
          before.includes(one) ? before.filter((other) => other !== one) : [...before, one],
        ),
      [change],
    ),
  }
}

/** Chosen for an installation. */
export const useSelected = () => useNames('chargers.selected')

/** A person has seen them flash, or scanned their labels (pain 6): power may be switched and clocks set. */
export const useIdentified = () => useNames('chargers.identified')
