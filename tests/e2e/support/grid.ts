import type { Locator } from 'playwright-core'

/** Cells of one row, as they read. */
export type Cells = readonly string[]

/** Every row of a grid that draws only what is in sight: scrolled through from the first to the last. */
export async function allRows(grid: Locator): Promise<Cells[]> {
  const total = Number(await grid.getAttribute('aria-rowcount')) - 1
  const rows = new Map<number, Cells>()
  for (let next = 1; next <= total; next++) {
    if (rows.has(next)) continue
    await scrollToRow(grid, next)
    for (const [index, cells] of await rowsInSight(grid)) rows.set(index, cells)
    if (!rows.has(next)) throw new Error(`row ${next} of ${total} was not drawn`)
  }
  return Array.from({ length: total }, (_, i) => rows.get(i + 1) ?? [])
}

/** 32 px rows (ux.md, Density); waits until the row is drawn with its data. */
export async function scrollToRow(grid: Locator, row: number): Promise<void> {
  await grid.evaluate(
    (element, top) => {
      element.scrollTop = top
    },
    (row - 1) * 32,
  )
  const drawn = grid.locator(`.sd-grid-row[aria-rowindex="${row + 1}"]`)
  await drawn.locator('[role=gridcell]').first().waitFor()
  await drawn.locator('.sd-bone').first().waitFor({ state: 'detached' })
}

async function rowsInSight(grid: Locator): Promise<[number, Cells][]> {
  return grid
    .locator('.sd-grid-row')
    .evaluateAll((rows) =>
      rows
        .filter((row) => row.querySelector('.sd-bone') === null)
        .map((row) => [
          Number(row.getAttribute('aria-rowindex')) - 1,
          [...row.children].map((cell) => (cell.textContent ?? '').trim()),
        ]),
    )
}
