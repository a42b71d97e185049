import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Bucket } from '#shared/time.ts'
import { useSite } from '../../app/site.tsx'
import { DayField } from '../../ui/DayField.tsx'
import { WithReason } from '../../ui/states.tsx'
import { bucketAllowed, daysOf, QUICK_SPANS, type QuickSpan } from './spans.ts'
import { spanChange, type MeterView, type ViewChange } from './view-state.ts'

interface Props {
  readonly view: MeterView
  readonly change: (change: ViewChange) => void
}

const BUCKETS: readonly Bucket[] = ['hour', 'day', 'month']

/** Which days, and by what: the two choices that change every number on the page. */
export function SpanBar({ view, change }: Props) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const choose = (quick: QuickSpan) => change({ ...spanChange(quick, daysOf(view.span, zone)), bucket: null })
  return (
    <div className="meter-bar">
      <Segmented
        aria-label={t('meters.span.label')}
        value={view.quick}
        onChange={choose}
        options={QUICK_SPANS.map((value) => ({ value, label: t(`meters.span.${value}`) }))}
      />
      {view.quick === 'custom' ? <Days view={view} change={change} /> : null}
      <Buckets view={view} change={change} />
    </div>
  )
}

function Buckets({ view, change }: Props) {
  const { t } = useTranslation()
  const hourly = bucketAllowed('hour', view.span)
  return (
    <WithReason reason={hourly ? null : t('meters.bucket.hourTooLong')}>
      <Segmented
        aria-label={t('meters.bucket.label')}
        value={view.bucket}
        onChange={(bucket) => change({ bucket })}
        options={BUCKETS.map((value) => ({
          value,
          label: t(`meters.bucket.${value}`),
          disabled: value === 'hour' && !hourly,
        }))}
      />
    </WithReason>
  )
}

/** First and last day of a custom span; a day that would turn it round is not taken. */
function Days({ view, change }: Props) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const days = daysOf(view.span, zone)
  const set = (next: { first: string; last: string }) => {
    if (next.first && next.last && next.first <= next.last)
      change({ ...spanChange('custom', next), bucket: null })
  }
  return (
    <span className="meter-days">
      <DayField
        label={t('meters.span.first')}
        value={days.first}
        max={days.last}
        onChange={(first) => set({ ...days, first })}
      />
      –
      <DayField
        label={t('meters.span.last')}
        value={days.last}
        min={days.first}
        onChange={(last) => set({ ...days, last })}
      />
    </span>
  )
}
