import type { InputRef } from 'antd'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImageRow } from '#shared/contract/camera.ts'
import { usePageKey } from '../../app/keys.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { State } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { Decide } from './Decide.tsx'
import { Picture } from './Picture.tsx'
import { Strip, useFresh } from './Strip.tsx'
import { usePrefetch } from './use-picture.ts'
import type { Review } from './use-review.ts'
import { usePanKeys } from './use-pan.ts'
import { useView, type Looking } from './use-view.ts'

/** Pictures that are in memory before they are looked at. */
const AHEAD = 3

interface BenchProps {
  readonly review: Review
  readonly row: ImageRow
  readonly may: boolean
}

/** One picture with what the vendor read, and what to do with it. */
export function Bench({ review, row, may }: BenchProps) {
  const { t } = useTranslation()
  const { reasons } = useFresh(row)
  const looking = useView(row.id)
  const entry = useEntry(review, row)
  usePrefetch(review.next.slice(0, AHEAD))
  useReviewKeys({ review, row, may, looking, focus: entry.focus })
  return (
    <section className="images-bench" data-image={row.id} data-file={row.file} aria-label={t('images.bench')}>
      <div className="images-read">
        <span className="sd-figure images-value">{row.value ?? t('images.noValue')}</span>
        <span className="images-reasons">
          {reasons.map((reason) => (
            <State key={reason} tone="attention">
              {t(`images.why.${reason}`)}
            </State>
          ))}
        </span>
      </div>
      <Picture row={row} looking={looking} />
      <div className="images-tools">
        <Button size="small" onClick={looking.closer}>
          {t('images.closer')} <kbd>+</kbd>
        </Button>
        <Button size="small" onClick={looking.farther}>
          {t('images.farther')} <kbd>-</kbd>
        </Button>
        <Button size="small" onClick={looking.turn}>
          {t('images.turn')} <kbd>T</kbd>
        </Button>
        <Button size="small" onClick={looking.contrast} aria-pressed={looking.view.contrast}>
          {t('images.contrast')} <kbd>K</kbd>
        </Button>
        <MayButton
          operation="camera.review"
          size="small"
          disabled={review.done.length === 0}
          onClick={review.undo}
        >
          {t('images.undo')} <kbd>U</kbd>
        </MayButton>
      </div>
      {may ? <Decide row={row} review={review} {...entry} /> : null}
      {entry.wrong ? <p role="alert">{t('images.notANumber')}</p> : null}
      {review.error ? <ErrorState error={review.error} brief /> : null}
      <Strip row={row} />
    </section>
  )
}

const REGISTER = /^\d+(\.\d{1,4})?$/

/** What is typed for a correction; the next picture begins with nothing. */
function useEntry(review: Review, row: ImageRow) {
  const field = useRef<InputRef>(null)
  const [typed, setTyped] = useState({ id: row.id, value: '', reason: '', wrong: false })
  const now = typed.id === row.id ? typed : { id: row.id, value: '', reason: '', wrong: false }
  return {
    field,
    value: now.value,
    reason: now.reason,
    wrong: now.wrong,
    focus: () => field.current?.focus(),
    setValue: (value: string) => setTyped({ ...now, value, wrong: false }),
    setReason: (reason: string) => setTyped({ ...now, reason }),
    correct() {
      const value = now.value.trim()
      if (!REGISTER.test(value)) return setTyped({ ...now, wrong: true })
      // the keys are those of the page again
      field.current?.blur()
      review.decide('correct', { value, ...(now.reason ? { reason: now.reason } : {}) })
    },
  }
}

interface KeyParts extends BenchProps {
  readonly looking: Looking
  focus(): void
}

function useReviewKeys({ review, row, may, looking, focus }: KeyParts): void {
  const when = (allowed: boolean, act: () => void) => () => {
    if (allowed) act()
  }
  usePageKey(
    'a',
    'images.accept',
    when(may && row.value !== null, () => review.decide('accept')),
  )
  usePageKey('c', 'images.correctTo', when(may, focus))
  usePageKey(
    'r',
    'images.reject',
    when(may, () => review.decide('reject')),
  )
  usePageKey(
    's',
    'images.skip',
    when(may, () => review.decide('skip')),
  )
  usePageKey('u', 'images.undo', when(may, review.undo))
  usePageKey('+', 'images.closer', looking.closer)
  usePageKey('=', 'images.closer', looking.closer)
  usePageKey('-', 'images.farther', looking.farther)
  usePageKey('t', 'images.turn', looking.turn)
  usePageKey('k', 'images.contrast', looking.contrast)
  usePageKey('0', 'images.plain', looking.plain)
  usePanKeys(looking)
}
