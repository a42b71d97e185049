import { useTranslation } from 'react-i18next'
import { isErrorCode, type ErrorCode } from '#shared/errors.ts'
import { PERMISSION_GROUPS, type PermissionGroup } from '#shared/permissions.ts'

import type { TextKey } from './key.ts'

type AnyText = (key: string, data?: object) => string

/**
 * Texts whose key comes from the core: `report.<code>`, `step.<code>`, `connection.<code>`, `recharge.event.<code>`,
 * `audit.operationName.<operation>`, `chargerReason.<code>` and its like.
 * A code without a text (a newer core) shows the code itself, never nothing.
 */
export function useCodeText() {
  const { t, i18n } = useTranslation()
  return (
    group:
      | 'attendance.fact'
      | 'attendance.importError'
      | 'water.importError'
      | 'meterImport.column'
      | 'meterImport.error'
      | 'attendance.reason'
      | 'report'
      | 'reports.column'
      | 'reports.word'
      | 'step'
      | 'connection'
      | 'recharge.event'
      | 'audit.operationName'
      | 'chargerReason'
      | 'chargingRule'
      | 'chargerQuestion'
      | 'chargerEvent'
      | 'chargerTask'
      | 'chargerWarning'
      | 'deviceError'
      | 'lan.provider.found'
      | 'devices.importError'
      | 'devices.importColumn',
    code: string,
    data?: Record<string, unknown>,
  ) => {
    const key = `${group}.${code}`
    return i18n.exists(key) ? (t as unknown as AnyText)(key, data ?? {}) : code
  }
}

/** A text named by a key that is held in data (a screen's title, a key's label). */
export function useKeyText() {
  const { t } = useTranslation()
  return (key: TextKey) => (t as unknown as AnyText)(key)
}

export interface ErrorText {
  readonly code: ErrorCode
  readonly what: string
  readonly todo: string
  /** the core's own English sentence, for the copied code */
  readonly detail: string
}

/** What happened and what to do, for anything that was thrown. */
export function useErrorText() {
  const { t } = useTranslation()
  return (error: unknown): ErrorText => {
    const code = codeOf(error)
    const detail = error instanceof Error ? error.message : String(error)
    const group = withheldGroup(error)
    if (group !== null)
      return {
        code,
        what: t('operators.permissions.refused', { group: t(`operators.permissions.group.${group}`) }),
        todo: t('operators.permissions.ask'),
        detail,
      }
    const fault = backupFault(code, error)
    const todo = fault === null ? t(`errors.${code}.todo`) : t(`backups.fault.${fault}`)
    return { code, what: t(`errors.${code}.what`), todo, detail }
  }
}

/** Which line of the table of permissions refused; null: it was something else. */
function withheldGroup(error: unknown): PermissionGroup | null {
  const { data } = (error ?? {}) as { data?: unknown }
  const { reason, group } = (data ?? {}) as { reason?: unknown; group?: unknown }
  return reason === 'withheld' ? (PERMISSION_GROUPS.find((one) => one === group) ?? null) : null
}

const BACKUP_FAULTS = ['missing', 'unreadable', 'notSealed', 'wrongKey', 'damaged'] as const

/** Why a backup cannot be used: each has its own way out. */
function backupFault(code: ErrorCode, error: unknown): (typeof BACKUP_FAULTS)[number] | null {
  if (code !== 'BACKUP_UNUSABLE') return null
  const { reason } = ((error as { data?: unknown }).data ?? {}) as { reason?: unknown }
  return BACKUP_FAULTS.find((one) => one === reason) ?? null
}

export function codeOf(error: unknown): ErrorCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return isErrorCode(code) ? code : 'INTERNAL'
}
