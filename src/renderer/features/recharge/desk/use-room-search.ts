import { useEffect, useRef, useState } from 'react'
import type { RoomRow } from '#shared/contract/rooms.ts'
import { useRead } from '../../../api/queries.ts'

/** Typing asks after this pause, ms (features §4: ≤ 80). */
const TYPING_MS = 60
const SHOWN = 9

/** What a query finds, and the row under the cursor. */
export function useRoomSearch(query: string, onChoose: (row: RoomRow) => void) {
  const text = query.trim()
  const [asked, setAsked] = useState(text)
  const [cursor, setCursor] = useState(0)
  const [seen, setSeen] = useState(text)
  /** Enter came before the answer */
  const wanted = useRef<string | null>(null)
  if (seen !== text) {
    setSeen(text)
    setCursor(0)
  }
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  const found = useRead('rooms.search', { query: asked, limit: SHOWN }, { enabled: asked !== '' })
  // rows of an earlier query are shown while the new ones come, but never chosen
  const fresh = asked === text && !found.isPlaceholderData && found.data !== undefined
  const rows = text === '' ? [] : (found.data?.rows ?? [])
  const at = Math.min(cursor, Math.max(0, rows.length - 1))
  const choose = (row: RoomRow | undefined) => {
    if (row?.selectable) onChoose(row)
  }
  useEffect(() => {
    if (!fresh || wanted.current === null) return
    const meant = wanted.current === text && found.data?.total === 1
    wanted.current = null
    if (meant) choose(found.data?.rows[0])
  })
  return {
    rows,
    at,
    total: found.data?.total ?? 0,
    asOf: found.data?.asOf ?? null,
    fresh,
    error: text === '' ? null : found.error,
    setCursor,
    choose,
    move: (by: number) => setCursor(Math.max(0, Math.min(rows.length - 1, at + by))),
    enter: () => {
      if (fresh) choose(rows[at])
      else if (text !== '') wanted.current = text
    },
  }
}
