import { startOfDay } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useMay, useSite } from '../../app/site.tsx'
import type { DeskCounts } from './tiles.ts'

/** What the recharge desk left open, for those who work there. */
export function useDeskCounts(): DeskCounts {
  const { zone, now } = useSite()
  const enabled = useMay('cashier', 'supervisor')
  const unsettled = useRead('recharge.list', { state: ['UNKNOWN', 'DISPUTED'], limit: 1 }, { enabled })
  const receipts = useRead('receipts.list', { state: 'waiting', limit: 1 }, { enabled })
  const current = useRead('shifts.current', {}, { enabled })
  const shift = current.data?.shift
  const old = shift?.state === 'open' && shift.openedAt < startOfDay(now(), zone)
  return {
    unsettled: unsettled.data?.total,
    receipts: receipts.data?.total,
    oldShift: current.data === undefined ? undefined : Number(old),
  }
}
