import { useCallback, useEffect, useMemo, useState } from 'react'
import { useClient } from '../../api/client.ts'
import { useRead } from '../../api/queries.ts'
import { judgeRows, lineOf, namesOf, rowOfName, rowsFrom, type DraftRow, type JudgedRow } from './draft.ts'

const STORED = 'sitedesk.newRun'
/** what is on the air changes without an event */
const JUDGE_MS = 3000

export interface Draft {
  readonly rows: readonly JudgedRow[]
  /** lines as they were scanned, typed, pasted or read from a file; resolves when they are in the list */
  readonly addLines: (lines: readonly string[]) => Promise<void>
  readonly addNames: (names: readonly string[]) => void
  readonly change: (key: number, change: Partial<Pick<DraftRow, 'deviceCode' | 'name' | 'alias'>>) => void
  readonly setCodes: (codes: ReadonlyMap<number, string>) => void
  readonly remove: (key: number) => void
  readonly clear: () => void
}

interface Stored {
  /** the address's names when the list was begun: another scan begins another list */
  readonly from: string
  readonly rows: readonly DraftRow[]
}

/** The list of a run before it begins; a reload keeps it. */
export function useDraft(names: string): Draft {
  const client = useClient()
  const [rows, setRows] = useState(() => stored(names) ?? begin(names))
  useEffect(() => store({ from: names, rows }), [names, rows])
  const lines = useMemo(() => rows.map((row) => lineOf(row).slice(0, 400)), [rows])
  const judged = useRead('provisioning.expected', { lines }, { everyMs: JUDGE_MS })
  const addLines = useCallback(
    async (more: readonly string[]) => {
      const wanted = more.map((line) => line.trim().slice(0, 400)).filter((line) => line !== '')
      if (wanted.length === 0) return
      const read = await client.call('provisioning.expected', { lines: wanted.slice(0, 1000) })
      setRows((before) => [...before, ...rowsFrom(read.rows, before)])
    },
    [client],
  )
  const edit = (key: number, change: (row: DraftRow) => DraftRow) =>
    setRows((before) => before.map((row) => (row.key === key ? change(row) : row)))
  return {
    rows: useMemo(() => judgeRows(rows, judged.data?.rows ?? []), [rows, judged.data]),
    addLines,
    addNames: (more) =>
      setRows((before) =>
        more.reduce<readonly DraftRow[]>(
          (all, name) => (all.some((row) => row.name === name) ? all : [...all, rowOfName(name, all)]),
          before,
        ),
      ),
    change: (key, change) => edit(key, (row) => ({ ...row, ...change })),
    setCodes: (codes) =>
      setRows((before) =>
        before.map((row) => ({ ...row, deviceCode: codes.get(row.key) ?? row.deviceCode })),
      ),
    remove: (key) => setRows((before) => before.filter((row) => row.key !== key)),
    clear: () => setRows([]),
  }
}

const begin = (names: string): readonly DraftRow[] =>
  namesOf(names).reduce<readonly DraftRow[]>((all, name) => [...all, rowOfName(name, all)], [])

function stored(names: string): readonly DraftRow[] | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(STORED) ?? 'null') as Stored | null
    return found?.from === names && Array.isArray(found.rows) ? found.rows : null
  } catch {
    return null
  }
}

function store(draft: Stored): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(draft))
  } catch {
    // a window that stores nothing loses the list on a reload only
  }
}

/** The run has begun: the next list begins empty. */
export function forgetDraft(): void {
  try {
    sessionStorage.removeItem(STORED)
  } catch {
    // nothing was stored
  }
}
