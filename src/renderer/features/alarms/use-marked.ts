import { useCallback, useMemo, useState } from 'react'
import type { AlarmRow } from '#shared/contract/alarms.ts'

/** Contract: what is done to many takes this many at once. */
const MOST = 1000

/** Alarms chosen in the list; a filter that hides one does not let it go. */
export function useMarked() {
  const [rows, setRows] = useState<ReadonlyMap<string, AlarmRow>>(new Map())
  const toggle = useCallback(
    (row: AlarmRow) =>
      setRows((before) => {
        const next = new Map(before)
        if (!next.delete(row.id) && next.size < MOST) next.set(row.id, row)
        return next
      }),
    [],
  )
  return useMemo(
    () => ({
      rows: [...rows.values()],
      has: ({ id }: AlarmRow) => rows.has(id),
      toggle,
      clear: () => setRows(new Map()),
    }),
    [rows, toggle],
  )
}
