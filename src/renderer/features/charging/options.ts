import { useMemo } from 'react'
import { maskPhone } from '#shared/privacy.ts'
import { useRead } from '../../api/queries.ts'
import type { FilterOption } from '../../ui/filters.ts'
import { chargerText } from './Charger.tsx'

/** All chargers, to choose one by code or alias. */
export function useChargerOptions(): readonly FilterOption[] {
  const { data } = useRead('devices.list', { limit: 1000 })
  return useMemo(
    () =>
      (data?.rows ?? []).map(({ deviceCode, alias }) => ({
        value: deviceCode,
        label: chargerText(alias, deviceCode),
      })),
    [data],
  )
}

/** All managers, to choose one by name or the ends of his number. */
export function useManagerOptions(): readonly FilterOption[] {
  const { data } = useRead('users.managers', { limit: 1000 })
  return useMemo(
    () =>
      (data?.rows ?? []).map(({ manager, managerName }) => ({
        value: manager,
        label: managerName === '' ? maskPhone(manager) : `${managerName} ${maskPhone(manager)}`,
      })),
    [data],
  )
}
