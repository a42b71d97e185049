import type { FormRule } from 'antd'
import type { TFunction } from 'i18next'

/** The same rule as the contract's `pin`; the core checks again. */
const PIN = /^\d{4,12}$/

export const pinRules = (t: TFunction, required = true): FormRule[] => [
  ...(required ? [{ required, message: t('operators.pinHint') }] : []),
  { pattern: PIN, message: t('operators.pinHint') },
]

/** The second typing of a PIN agrees with the field `pin`. */
export const pinAgainRules = (t: TFunction): FormRule[] => [
  ({ getFieldValue }) => ({
    validator: (_rule, value: unknown) =>
      (value ?? '') === (getFieldValue('pin') ?? '')
        ? Promise.resolve()
        : Promise.reject(new Error(t('operators.pinDiffers'))),
  }),
]
