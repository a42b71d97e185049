import { useState } from 'react'
import type { ImageDecision, ImageRow, ImageState } from '#shared/contract/camera.ts'
import type { SitedeskError } from '#shared/errors.ts'
import { useRead, useWrite } from '../../api/queries.ts'

/** As many as one person looks at in a quarter of an hour, and some. */
const LOADED = 100

export interface Decided {
  readonly row: ImageRow
  readonly decision: ImageDecision
}

export interface Review {
  readonly loading: boolean
  readonly failed: SitedeskError | null
  readonly asOf: number | null | undefined
  /** what is looked at; null: nothing is left */
  readonly current: ImageRow | null
  readonly next: readonly ImageRow[]
  /** decided here since the page was opened, the last one first */
  readonly done: readonly Decided[]
  /** not decided yet, this one included */
  readonly left: number
  readonly error: SitedeskError | null
  decide(decision: ImageDecision, more?: { value?: string; reason?: string }): void
  undo(): void
}

/** The queue as one person goes through it: the next one stands there before the last answer has come. */
export function useReview(state: ImageState, meterId: string | undefined): Review {
  const asked = { state, sort: 'meter' as const, limit: LOADED, ...(meterId ? { meterId } : {}) }
  const list = useRead('meters.images', asked)
  const [done, setDone] = useState<readonly Decided[]>([])
  const [pin, setPin] = useState<ImageRow | null>(null)
  const [error, setError] = useState<SitedeskError | null>(null)
  const review = useWrite('camera.review')
  const taken = useWrite('camera.undo')
  const rows = rowsLeft(list.data?.rows ?? [], done, pin)
  const [current = null, ...next] = rows
  if (pin === null && current) setPin(current)
  const gone = (list.data?.rows ?? []).filter((row) => done.some((one) => one.row.id === row.id)).length
  const bringBack = (row: ImageRow) => {
    setDone((all) => all.filter((one) => one.row.id !== row.id))
    setPin(row)
  }
  return {
    loading: list.data === undefined && !list.error,
    failed: list.error,
    asOf: list.data?.asOf,
    current,
    next,
    done,
    left: Math.max((list.data?.total ?? 0) - gone, rows.length),
    error,
    decide(decision, more = {}) {
      if (!current) return
      const row = current
      setError(null)
      setPin(next[0] ?? null)
      setDone((all) => [{ row, decision }, ...all])
      review.mutate(
        { imageId: row.id, decision, ...more },
        {
          onError(refused) {
            setError(refused)
            bringBack(row)
          },
        },
      )
    },
    undo() {
      const [last] = done
      if (!last) return
      setError(null)
      bringBack(last.row)
      taken.mutate({ imageId: last.row.id }, { onError: setError })
    },
  }
}

/**
 * What is looked at stays until it is decided, whatever the list says by now; what was decided is left out before
 * the list knows of it.
 */
function rowsLeft(rows: readonly ImageRow[], done: readonly Decided[], pin: ImageRow | null): ImageRow[] {
  const decided = new Set(done.map(({ row }) => row.id))
  const others = rows.filter(({ id }) => !decided.has(id) && id !== pin?.id)
  return pin && !decided.has(pin.id) ? [pin, ...others] : others
}
