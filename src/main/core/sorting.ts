/** Items compared or handled between two looks at the clock: well under a millisecond. */
export const SORT_SLICE = 1000

/**
 * Sorts many items, stable, and lets the event loop turn on the way: slices are sorted by themselves, then merged
 * two by two. `breathe` says when others have waited long enough.
 */
export async function sortedInSlices<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  breathe: () => Promise<void> | undefined,
): Promise<T[]> {
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += SORT_SLICE) {
    runs.push(items.slice(at, at + SORT_SLICE).sort(compare))
    await breathe()
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let i = 0; i < runs.length; i += 2) {
      const [a = [], b] = runs.slice(i, i + 2)
      merged.push(b ? await merge(a, b, compare, breathe) : a)
    }
    runs = merged
  }
  return runs[0] ?? []
}

async function merge<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (a: T, b: T) => number,
  breathe: () => Promise<void> | undefined,
): Promise<T[]> {
  const all: T[] = []
  let i = 0
  let k = 0
  while (i < a.length || k < b.length) {
    const [x, y] = [a[i], b[k]]
    if (k >= b.length || (i < a.length && compare(x as T, y as T) <= 0)) {
      all.push(x as T)
      i++
    } else {
      all.push(y as T)
      k++
    }
    if (all.length % SORT_SLICE === 0) await breathe()
  }
  return all
}
