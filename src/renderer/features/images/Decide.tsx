import { Button, Input, type InputRef } from 'antd'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImageRow } from '#shared/contract/camera.ts'
import type { Review } from './use-review.ts'

interface DecideProps {
  readonly row: ImageRow
  readonly review: Review
  readonly value: string
  readonly reason: string
  readonly field: RefObject<InputRef | null>
  setValue(text: string): void
  setReason(text: string): void
  correct(): void
}

/** The four decisions, always at the same place. */
export function Decide({ row, review, field, ...props }: DecideProps) {
  const { t } = useTranslation()
  const leave = () => field.current?.blur()
  const keys = {
    onPressEnter: props.correct,
    onKeyDown: (event: { key: string }) => {
      if (event.key === 'Escape') leave()
    },
  }
  return (
    <div className="images-decide">
      <Button
        type="primary"
        size="large"
        disabled={row.value === null}
        onClick={() => review.decide('accept')}
      >
        {t('images.accept')} <kbd>A</kbd>
      </Button>
      <span className="images-correct">
        <Input
          ref={field}
          size="large"
          inputMode="decimal"
          value={props.value}
          aria-label={t('images.correctTo')}
          placeholder={t('images.correctTo')}
          suffix={<kbd>C</kbd>}
          onChange={(event) => props.setValue(event.target.value)}
          {...keys}
        />
        <Input
          size="large"
          value={props.reason}
          maxLength={200}
          aria-label={t('images.reason')}
          placeholder={t('images.reason')}
          onChange={(event) => props.setReason(event.target.value)}
          {...keys}
        />
      </span>
      <Button size="large" danger onClick={() => review.decide('reject', { reason: props.reason })}>
        {t('images.reject')} <kbd>R</kbd>
      </Button>
      <Button size="large" onClick={() => review.decide('skip')}>
        {t('images.skip')} <kbd>S</kbd>
      </Button>
    </div>
  )
}
