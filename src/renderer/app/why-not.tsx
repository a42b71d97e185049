import { Button, type ButtonProps } from 'antd'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { WithReason } from '../ui/states.tsx'
import { ACCESS, type Offered } from './access.ts'
import { useSite } from './site.tsx'

/** For each operation why this operator may not; null: may. The core decides, this only says it beforehand. */
export function useReasons(): (operation: Offered) => string | null {
  const { t } = useTranslation()
  const { operator } = useSite().hello
  return (operation) => {
    const roles = ACCESS[operation]
    const has = operator?.roles ?? []
    if (!has.includes('admin') && !roles.some((role) => has.includes(role))) {
      const names = (roles.length === 0 ? (['admin'] as const) : roles).map((one) => t(`common.role.${one}`))
      return t('common.disabled.role', { roles: names.join(' / ') })
    }
    return operator?.withheld?.includes(operation) ? t('operators.permissions.withheld') : null
  }
}

export const useWhyNot = (operation: Offered): string | null => useReasons()(operation)

interface MayProps extends ButtonProps {
  readonly operation: Offered
  /** why not although one may: what the state forbids */
  readonly reason?: string | null
  readonly ref?: Ref<HTMLButtonElement | HTMLAnchorElement>
}

/** A button of an operation: disabled with the reason for who may not, never gone. */
export function MayButton({ operation, reason = null, disabled = false, ...button }: MayProps) {
  const why = useWhyNot(operation) ?? reason
  return (
    <WithReason reason={why}>
      <Button {...button} disabled={why !== null || disabled} />
    </WithReason>
  )
}
