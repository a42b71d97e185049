import { useTranslation } from 'react-i18next'
import type { DeviceRow } from '#shared/contract/devices.ts'
import type { LabelSettings } from '#shared/contract/labels.ts'
import { useRead } from '../../api/queries.ts'
import type { LabelContent } from './face.ts'
import { contentsOf, type KindChoice } from './sheets.ts'

/** Most chargers on one print (contract). */
export const MOST = 1000

/** The chosen chargers in the order they were chosen; codes that nobody registered apart. */
export function useLabelled(codes: readonly string[]) {
  const wanted = codes.filter((code) => /^[0-9A-Za-z]{1,8}$/.test(code)).slice(0, MOST)
  const read = useRead('devices.list', { deviceCodes: wanted, limit: MOST }, { enabled: wanted.length > 0 })
  const found = new Map(
    (wanted.length > 0 ? (read.data?.rows ?? []) : []).map((row) => [row.deviceCode, row]),
  )
  const devices: DeviceRow[] = wanted.flatMap((code) => found.get(code) ?? [])
  const settled = wanted.length === 0 || read.data !== undefined
  return {
    devices,
    unknown: settled && !read.isPlaceholderData ? codes.filter((code) => !found.has(code)) : [],
    settled,
    error: read.error,
  }
}

export function useContents(
  devices: readonly DeviceRow[],
  kind: KindChoice,
  settings: LabelSettings,
): LabelContent[] {
  const { t } = useTranslation()
  return contentsOf(devices, kind, settings, {
    manager: t('labels.kindHint.manager'),
    user: t('labels.kindHint.user'),
  })
}
