import { Progress, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { formatNumber } from '../../app/format.ts'
import { MayButton, useWhyNot } from '../../app/why-not.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import { DeskPage } from '../../ui/DeskPage.tsx'
import { EmptyState, ErrorState, Notice, Skeleton } from '../../ui/states.tsx'
import { Bench } from './Bench.tsx'
import { ImageFacts } from './Facts.tsx'
import './images.css'
import { useReview, type Review } from './use-review.ts'

/** 抄表影像: one picture after the other, decided by keys. */
export function ReviewPage() {
  const { t } = useTranslation()
  const [params, setParams] = useSearchParams()
  const state = params.get('state') === 'skipped' ? 'skipped' : 'waiting'
  const meterId = params.get('meter') ?? undefined
  const review = useReview(state, meterId)
  const setState = (value: string) => {
    const next = new URLSearchParams(params)
    if (value === 'skipped') next.set('state', value)
    else next.delete('state')
    setParams(next, { replace: true })
  }
  return (
    <DeskPage
      title={t('images.title')}
      purpose={t('images.purpose')}
      aside={<AsOf at={review.asOf} />}
      actions={
        <Segmented
          value={state}
          onChange={setState}
          options={(['waiting', 'skipped'] as const).map((value) => ({
            value,
            label: t(`images.state.${value}`),
          }))}
        />
      }
      side={review.current ? <Side review={review} /> : undefined}
    >
      <Main key={`${state} ${meterId ?? ''}`} review={review} meter={meterId} />
    </DeskPage>
  )
}

function Main({ review, meter }: { review: Review; meter: string | undefined }) {
  const { t } = useTranslation()
  const why = useWhyNot('camera.review')
  const summary = useRead('camera.summary', {})
  if (review.failed) return <ErrorState error={review.failed} />
  if (review.loading) return <Skeleton lines={10} />
  if (!review.current)
    return summary.data?.supported === false ? (
      <EmptyState what={t('images.unsupported')} todo={t('images.unsupportedTodo')} />
    ) : (
      <EmptyState
        what={t('images.empty')}
        todo={t('images.emptyTodo', { n: review.done.length })}
        action={
          <>
            {review.done.length > 0 ? (
              <MayButton operation="camera.review" onClick={review.undo}>
                {t('images.undo')}
              </MayButton>
            ) : null}
            {meter ? <Link to="/images">{t('images.allMeters')}</Link> : null}
          </>
        }
      />
    )
  return (
    <>
      {why === null ? null : <Notice>{why}</Notice>}
      <Bench key="bench" review={review} row={review.current} may={why === null} />
    </>
  )
}

function Side({ review }: { review: Review }) {
  const { t } = useTranslation()
  const { current, done, left } = review
  const all = done.length + left
  return (
    <section className="sd-panel" aria-label={t('images.beside')}>
      <div className="images-progress">
        <span className="sd-figure" role="status">
          {t('images.progress', { done: formatNumber(done.length), left: formatNumber(left) })}
        </span>
        <Progress
          percent={Math.round((done.length / Math.max(all, 1)) * 100)}
          showInfo={false}
          size="small"
          aria-label={t('images.progressLabel')}
        />
      </div>
      {current ? <ImageFacts row={current} /> : null}
    </section>
  )
}
