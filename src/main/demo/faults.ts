import type { DemoFault } from '#shared/contract/demo.ts'

/** Which faults are on, and for how many more requests. */
export class Faults {
  readonly #left = new Map<DemoFault, number>()
  /** windows whose late row has come */
  readonly #arrived = new Set<string>()

  /** `on`: true until switched off, a number for so many requests. */
  set(kind: DemoFault, on: boolean | number): void {
    const left = typeof on === 'number' ? on : on ? Number.POSITIVE_INFINITY : 0
    if (left > 0) this.#left.set(kind, left)
    else this.#left.delete(kind)
    if (kind === 'rowInsertion') this.#arrived.clear()
  }

  /**
   * `rowInsertion`: whether the first row of a window has not arrived yet. It arrives when the second page is
   * asked for, so every later row moves by one (F-18).
   */
  holdsBack(window: string, page: number): boolean {
    if (!this.#left.has('rowInsertion')) return false
    if (page > 1) this.#arrived.add(window)
    return !this.#arrived.has(window)
  }

  /** Whether the fault strikes this request; counts it. */
  strikes(kind: DemoFault): boolean {
    const left = this.#left.get(kind)
    if (left === undefined) return false
    this.set(kind, left - 1)
    return true
  }

  active(): DemoFault[] {
    return [...this.#left.keys()]
  }
}
