import { useTranslation } from 'react-i18next'
import { useFormat } from '../../app/site.tsx'
import type { Fact } from '../../ui/figures.tsx'
import { ResultState } from './request-columns.tsx'
import { useLanWords } from './use-words.ts'
import type { Detail } from './Why.tsx'

/** Clocks that differ by less agree. */
const AGREES_S = 2
const DAY_S = 86_400
/** From here on days tell more than seconds. */
const FAR_S = 2 * DAY_S

export function useRequestFacts(request: Detail): Fact[] {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useLanWords()
  const { encoding, signature, timestampSkewS: skew } = request
  return [
    { label: t('lan.requests.at'), value: <span className="sd-figure">{format.full(request.at)}</span> },
    { label: t('lan.requests.code'), value: <ResultState code={request.code} /> },
    { label: t('lan.requests.side'), value: words.side(request.side) },
    { label: t('lan.requests.address'), value: request.address },
    { label: t('lan.requests.status'), value: request.status },
    {
      label: t('lan.one.encoding'),
      value: encoding === 'json' || encoding === 'form' ? t(`lan.one.encodingOf.${encoding}`) : encoding,
    },
    {
      label: t('lan.one.matched'),
      value: signature.variant === null ? t('lan.one.noMatch') : words.variant(signature.variant),
    },
    { label: t('lan.one.skew'), value: skew === null ? '' : skewText(skew) },
    { label: t('lan.requests.ms'), value: request.ms.toFixed(1) },
    ...(request.replayed
      ? [{ label: t('lan.requests.replayed'), value: t('lan.requests.replayedYes') }]
      : []),
  ]

  function skewText(seconds: number): string {
    if (Math.abs(seconds) <= AGREES_S) return t('lan.one.skewOk')
    if (Math.abs(seconds) > FAR_S) return t('lan.one.skewFar', { n: Math.round(Math.abs(seconds) / DAY_S) })
    return t(seconds > 0 ? 'lan.one.skewAhead' : 'lan.one.skewBehind', { n: Math.abs(seconds) })
  }
}
