import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatNumber } from '../../app/format.ts'
import { State } from '../../ui/figures.tsx'

type Flag = NonNullable<Output<'meters.readings'>['rows'][number]['flags']>[number]

interface Props {
  readonly flags: readonly Flag[]
  readonly value: string
  /** what the vendor sent, where another value stands for it */
  readonly original?: string | undefined
}

/** What is special about a reading, and what it was before somebody put it right. */
export function Flags({ flags, value, original }: Props) {
  const { t } = useTranslation()
  return (
    <span className="meter-flags">
      {flags.map((flag) => (
        <State key={flag} tone={flag === 'conflict' ? 'attention' : 'neutral'}>
          <span title={t(`meters.readings.${flag}Hint`)}>{t(`meters.readings.${flag}`)}</span>
        </State>
      ))}
      {original !== undefined && original !== value ? (
        <span className="sd-quiet sd-figure">
          {t('meters.explain.original', { value: formatNumber(original) })}
        </span>
      ) : null}
    </span>
  )
}
