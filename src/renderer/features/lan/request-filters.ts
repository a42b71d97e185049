import { useTranslation } from 'react-i18next'
import type { ListInput } from '../../ui/column.ts'
import type { Filter, FilterValues } from '../../ui/filters.ts'
import { CODES } from './request-columns.tsx'
import { useLanWords } from './use-words.ts'

type RequestInput = ListInput<'lan.requests'>

export function requestInput(values: FilterValues): RequestInput {
  const { side, endpoint, code, failed, address } = values
  return {
    ...(side === 'user' || side === 'manager' ? { side } : {}),
    ...(endpoint ? { endpoint: endpoint.slice(0, 40) } : {}),
    ...(code && /^\d{1,3}$/.test(code) ? { code: Number(code) } : {}),
    ...(failed === 'yes' || failed === 'no' ? { failed: failed === 'yes' } : {}),
    ...(address ? { address: address.slice(0, 60) } : {}),
  }
}

/** `addresses`: those that called lately, and the one that is filtered by. */
export function useRequestFilters(addresses: readonly string[]): readonly Filter[] {
  const { t } = useTranslation()
  const words = useLanWords()
  return [
    { kind: 'search', key: 'endpoint', label: t('lan.requests.search'), width: 140 },
    {
      kind: 'select',
      key: 'side',
      label: t('lan.requests.side'),
      options: (['user', 'manager'] as const).map((value) => ({ value, label: words.side(value) })),
      width: 90,
    },
    {
      kind: 'select',
      key: 'failed',
      label: t('lan.requests.outcome'),
      options: [
        { value: 'yes', label: t('lan.requests.failed') },
        { value: 'no', label: t('lan.requests.accepted') },
      ],
      width: 95,
    },
    {
      kind: 'select',
      key: 'code',
      label: t('lan.requests.code'),
      options: CODES.map((code) => ({ value: String(code), label: words.code(code) })),
      width: 110,
    },
    {
      kind: 'select',
      key: 'address',
      label: t('lan.requests.address'),
      options: addresses.map((value) => ({ value, label: value })),
      width: 125,
    },
  ]
}
