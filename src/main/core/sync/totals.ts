/** Watches the vendor's count while a window is paged (F-18). */
export interface Totals {
  see(page: { readonly total: number | null; readonly received: number }): void
  moved(): boolean
}

/** A flag of an unfinished cursor: the count moved before the scan was interrupted. */
export const MOVED = 'moved'

/**
 * `before`: the cursor of an interrupted scan. A vendor whose count is that of the page itself (I-13) says
 * nothing about the window, so it never counts as moved; neither does the count on an empty last page.
 */
export function createTotals(before: { total_hint: number | null; flags: string } | null): Totals {
  const seen = new Set<number>()
  if (before && before.total_hint !== null) seen.add(before.total_hint)
  let perPage = seen.size === 0
  return {
    see({ total, received }) {
      if (total === null || received === 0) return
      seen.add(total)
      perPage &&= total === received
    },
    moved: () => before?.flags === MOVED || (seen.size > 1 && !perPage),
  }
}
