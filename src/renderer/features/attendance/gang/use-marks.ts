import { useMemo, useState } from 'react'
import { canAct, type GangRow } from './choose.ts'

/** Who is marked among those shown; who can no longer be acted on falls out by himself. */
export function useMarks(shown: readonly GangRow[]) {
  const [users, setUsers] = useState<ReadonlySet<string>>(new Set())
  const marked = useMemo(() => shown.filter((row) => users.has(row.user) && canAct(row)), [shown, users])
  const toggle = (row: GangRow) => {
    if (!canAct(row)) return
    const next = new Set(users)
    if (!next.delete(row.user)) next.add(row.user)
    setUsers(next)
  }
  const all = shown.filter(canAct)
  return {
    marked,
    has: (row: GangRow) => users.has(row.user) && canAct(row),
    toggle,
    /** all that are shown; none, when all of them are marked */
    toggleAll: () =>
      setUsers(all.every(({ user }) => users.has(user)) ? new Set() : new Set(all.map(({ user }) => user))),
    clear: () => setUsers(new Set()),
  }
}
