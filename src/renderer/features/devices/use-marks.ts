import { useCallback, useMemo, useState } from 'react'
import type { DeviceRow } from '#shared/contract/devices.ts'
import type { Input } from '#shared/contract/index.ts'
import { useClient } from '../../api/client.ts'

/** What is done to many takes this many at once (contract). */
export const MOST_MARKED = 1000

export interface Marked {
  readonly codes: readonly string[]
  readonly has: (row: DeviceRow) => boolean
  readonly toggle: (row: DeviceRow) => void
  readonly clear: () => void
  /** all rows as filtered; answers whether there were more than can be taken */
  readonly takeAll: (input: Input<'devices.list'>) => Promise<boolean>
}

/** Chargers chosen in the registry; a filter that hides one does not let it go. */
export function useMarks(): Marked {
  const client = useClient()
  const [codes, setCodes] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback(
    ({ deviceCode }: DeviceRow) =>
      setCodes((before) => {
        const next = new Set(before)
        if (!next.delete(deviceCode) && next.size < MOST_MARKED) next.add(deviceCode)
        return next
      }),
    [],
  )
  const takeAll = useCallback(
    async (input: Input<'devices.list'>) => {
      const { total, rows } = await client.call('devices.list', { ...input, offset: 0, limit: MOST_MARKED })
      setCodes(new Set(rows.map(({ deviceCode }) => deviceCode)))
      return total > rows.length
    },
    [client],
  )
  return useMemo(
    () => ({
      codes: [...codes],
      has: ({ deviceCode }) => codes.has(deviceCode),
      toggle,
      clear: () => setCodes(new Set()),
      takeAll,
    }),
    [codes, toggle, takeAll],
  )
}
