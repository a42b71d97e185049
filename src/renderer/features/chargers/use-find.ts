import type { RefObject } from 'react'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import type { FilterState } from '../../ui/filters.ts'
import { useJump } from './use-jump.ts'
import type { usePick } from './use-pick.ts'
import { useScanner } from './use-scanner.ts'

interface FindOptions {
  readonly found: readonly FoundCharger[]
  readonly rows: readonly FoundCharger[]
  readonly filters: FilterState
  readonly pick: ReturnType<typeof usePick>
  readonly box: RefObject<HTMLDivElement | null>
}

/** The search box: typing filters, Enter goes to the charger or into the list, a scanned label goes to its charger. */
export function useFind({ found, rows, filters, pick, box }: FindOptions) {
  const { jump, lost, setLost } = useJump(found)
  const type = (query: string) => {
    setLost(null)
    filters.set({ query })
  }
  useScanner((text) => {
    filters.set({ query: '' })
    void jump(text, { scanned: true }).then(setLost)
  })
  const enter = async (text: string) => {
    const first = rows[0]
    const missed = text.trim() === '' ? null : await jump(text, { scanned: false })
    if (missed === null && text.trim() !== '') return
    if (first) {
      box.current?.focus()
      pick.setCursor(first.name)
    } else setLost(missed)
  }
  return { type, enter: (text: string) => void enter(text), lost, forget: () => setLost(null) }
}
export type Find = ReturnType<typeof useFind>
