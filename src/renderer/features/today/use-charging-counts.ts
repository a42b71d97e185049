import { useRead } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import type { ChargingCounts } from './tiles.ts'

/** Ports and orders are compared anew, ms; what changes an order tells the screen by itself. */
const COMPARE_EVERY_MS = 60_000

/** What the charging business waits for, for those who work there. */
export function useChargingCounts(): ChargingCounts {
  const staff = useMay('supervisor', 'cashier', 'viewer')
  const seesCashouts = useMay('supervisor', 'viewer')
  const supervisor = useMay('supervisor')
  const enabled = staff
  const unpaid = useRead('orders.list', { state: ['unpaid', 'pending'], limit: 1 }, { enabled })
  const abnormal = useRead('orders.zombies', {}, { enabled, everyMs: COMPARE_EVERY_MS })
  const coins = useRead('coins.charges', { state: 'pending', limit: 1 }, { enabled })
  const noPrice = useRead('devices.list', { noPrice: true, limit: 1 }, { enabled })
  const cashouts = useRead('cashouts.list', { state: 'waiting', limit: 1 }, { enabled: seesCashouts })
  const refunds = useRead('orders.refundTasks', { done: false, limit: 1 }, { enabled: supervisor })
  return {
    unpaid: unpaid.data?.total,
    abnormal: abnormal.data?.rows.length,
    coins: coins.data?.total,
    noPrice: noPrice.data?.total,
    cashouts: cashouts.data?.total,
    refunds: refunds.data?.total,
  }
}
