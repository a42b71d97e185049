import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Input, Output } from '#shared/contract/index.ts'
import type { SitedeskError } from '#shared/errors.ts'
import { useClient } from '../api/client.ts'
import { readKey } from '../api/queries.ts'
import type { ListInput, ListOperation, RowOf } from './column.ts'

/** Rows asked for at once; the grid holds only what is looked at, whatever the length of the list. */
export const PAGE_ROWS = 200
/** While the scroll bar is dragged, pages are asked for at most this often, ms. */
const SETTLE_MS = 80

export interface Rows<Row, Answer> {
  readonly total: number
  /** undefined: not here yet */
  readonly at: (index: number) => Row | undefined
  /** among the rows that are here */
  readonly find: (fits: (row: Row) => boolean) => Row | undefined
  /** the newest answer of any page: as-of times, totals */
  readonly answer: Answer | undefined
  /** no answer yet, not even an older one */
  readonly pending: boolean
  /** shows rows of an earlier filter while the new ones come */
  readonly stale: boolean
  readonly error: SitedeskError | null
  readonly retry: () => void
}

interface Held<Answer> {
  readonly key: string
  readonly total: number
  readonly pages: ReadonlyMap<number, Answer>
}

/** The rows `first…last` of a list, fetched by pages on demand. */
export function useRows<N extends ListOperation>(
  operation: N,
  input: ListInput<N>,
  range: { first: number; last: number },
): Rows<RowOf<N>, Output<N>> {
  const client = useClient()
  const key = JSON.stringify(input)
  const pages = useSettled(pageSpan(range), SETTLE_MS)
  const results = useQueries({
    queries: pages.map((page) => {
      const asked = { ...input, offset: page * PAGE_ROWS, limit: PAGE_ROWS } as Input<N>
      return { queryKey: readKey(operation, asked), queryFn: () => client.call(operation, asked) }
    }),
  })
  const [held, setHeld] = useState<Held<Output<N>> | null>(null)
  const fresh = new Map<number, Output<N>>()
  pages.forEach((page, i) => {
    const data = results[i]?.data
    if (data !== undefined) fresh.set(page, data)
  })
  const now = merge(held, key, fresh)
  if (now !== held) setHeld(now)
  const failed = results.find((result) => result.error)
  return {
    total: now?.total ?? 0,
    at: (index) => rowAt<N>(now, index),
    find: (fits) => findRow<N>(now, fits),
    answer: now ? lastOf(now.pages) : undefined,
    pending: now === null,
    stale: now !== null && now.key !== key,
    error: (failed?.error ?? null) as SitedeskError | null,
    retry: () => {
      for (const result of results) if (result.error) void result.refetch()
    },
  }
}

function pageSpan({ first, last }: { first: number; last: number }): readonly number[] {
  const from = Math.floor(first / PAGE_ROWS)
  const to = Math.floor(Math.max(first, last) / PAGE_ROWS)
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

/** The value once it has stood still for a moment; the first one at once. */
function useSettled(value: readonly number[], afterMs: number): readonly number[] {
  const text = value.join()
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    if (text === settled) return undefined
    const timer = setTimeout(() => setSettled(text), afterMs)
    return () => clearTimeout(timer)
  }, [text, settled, afterMs])
  return settled.split(',').map(Number)
}

/** Keeps the earlier rows until an answer for the new filter is there; keeps pages scrolled out of sight nearby. */
function merge<Answer extends object>(
  held: Held<Answer> | null,
  key: string,
  fresh: ReadonlyMap<number, Answer>,
): Held<Answer> | null {
  if (fresh.size === 0) return held
  const same = held?.key === key
  if (same && [...fresh].every(([page, answer]) => held.pages.get(page) === answer)) return held
  const pages = new Map(same ? held.pages : [])
  for (const [page, answer] of fresh) {
    pages.delete(page)
    pages.set(page, answer)
  }
  while (pages.size > 12) {
    const oldest = pages.keys().next().value
    if (oldest === undefined) break
    pages.delete(oldest)
  }
  const newest = lastOf(pages) as { total?: number } | undefined
  return { key, total: newest?.total ?? 0, pages }
}

function lastOf<V>(map: ReadonlyMap<number, V>): V | undefined {
  return [...map.values()].at(-1)
}

function findRow<N extends ListOperation>(
  held: Held<Output<N>> | null,
  fits: (row: RowOf<N>) => boolean,
): RowOf<N> | undefined {
  for (const page of held?.pages.values() ?? []) {
    const found = (page as unknown as { rows: RowOf<N>[] }).rows.find((row) => fits(row))
    if (found !== undefined) return found
  }
  return undefined
}

function rowAt<N extends ListOperation>(held: Held<Output<N>> | null, index: number): RowOf<N> | undefined {
  const page = held?.pages.get(Math.floor(index / PAGE_ROWS)) as { rows: RowOf<N>[] } | undefined
  return page?.rows[index % PAGE_ROWS]
}
