import { useState } from 'react'
import { useWrite } from '../../api/queries.ts'
import { valueAt, type SettingsData } from './fields.ts'

export type Edits = Readonly<Record<string, unknown>>

export interface Editing {
  readonly edits: Edits
  readonly get: (path: string) => unknown
  readonly set: (path: string, value: unknown) => void
  /** this change alone: the others are given up */
  readonly only: (path: string, value: unknown) => void
  readonly undo: (path: string) => void
  readonly save: () => void
  readonly saving: boolean
  readonly saved: boolean
  /** how often it was saved here: what was opened for typing closes again */
  readonly saves: number
  readonly error: unknown
  /** the core's complaint about one field, by path */
  readonly complaint: (path: string) => string | undefined
}

/** What was changed on the screen and is not saved yet; only that is sent. An emptied field takes the value away. */
export function useEditing(data: SettingsData): Editing {
  const [edits, setEdits] = useState<Edits>({})
  const [saves, setSaves] = useState(0)
  const update = useWrite('settings.update', {
    onSuccess: () => {
      setEdits({})
      setSaves((n) => n + 1)
    },
  })
  const undo = (path: string) => setEdits(without(edits, path))
  return {
    edits,
    get: (path) => (path in edits ? edits[path] : valueAt(data.values, path)),
    set: (path, value) => {
      const stored = valueAt(data.values, path) ?? ''
      if (value === stored) undo(path)
      else setEdits({ ...edits, [path]: value })
    },
    only: (path, value) => setEdits(value === valueAt(data.values, path) ? {} : { [path]: value }),
    undo,
    save: () => update.mutate({ changes: changesOf(edits) }),
    saving: update.isPending,
    saves,
    saved: update.isSuccess && Object.keys(edits).length === 0,
    error: update.error,
    complaint: (path) => issueOf(update.error?.data, path),
  }
}

const without = (edits: Edits, path: string) =>
  Object.fromEntries(Object.entries(edits).filter(([key]) => key !== path))

const changesOf = (edits: Edits) =>
  Object.fromEntries(Object.entries(edits).map(([path, value]) => [path, value === '' ? null : kept(value)]))

/** of a list the words, not the place where the next one was to be typed */
const kept = (value: unknown): unknown => (Array.isArray(value) ? value.filter((word) => word !== '') : value)

function issueOf(data: unknown, path: string): string | undefined {
  const { issues } = (data ?? {}) as { issues?: readonly { path: string; message: string }[] }
  return issues?.find((issue) => issue.path.endsWith(path))?.message
}
