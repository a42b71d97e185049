import type { ImrFault } from '#shared/contract/demo.ts'
import { Faults } from '../faults.ts'

export class ImrFaults extends Faults<ImrFault> {
  /** windows whose late row has come */
  readonly #arrived = new Set<string>()

  override set(kind: ImrFault, on: boolean | number): void {
    super.set(kind, on)
    if (kind === 'rowInsertion') this.#arrived.clear()
  }

  /**
   * `rowInsertion`: whether the first row of a window has not arrived yet. It arrives when the second page is
   * asked for, so every later row moves by one (F-18).
   */
  holdsBack(window: string, page: number): boolean {
    if (!this.isOn('rowInsertion')) return false
    if (page > 1) this.#arrived.add(window)
    return !this.#arrived.has(window)
  }
}
