import { useCallback, useMemo, useState } from 'react'

/** Rows chosen in a list, at most as many as one call takes; a filter that hides one does not let it go. */
export function useChosen<R extends { readonly id: string }>(most: number) {
  const [rows, setRows] = useState<ReadonlyMap<string, R>>(new Map())
  const toggle = useCallback(
    (row: R) =>
      setRows((before) => {
        const next = new Map(before)
        if (!next.delete(row.id) && next.size < most) next.set(row.id, row)
        return next
      }),
    [most],
  )
  return useMemo(
    () => ({
      rows: [...rows.values()],
      has: ({ id }: R) => rows.has(id),
      toggle,
      clear: () => setRows(new Map()),
    }),
    [rows, toggle],
  )
}
