import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabelLayout } from '#shared/contract/labels.ts'

/** px of the small sheet's longer side */
const TALL = 168

/** A small picture of the sheet: a click or the arrows say where the first label goes. */
export function StartPicker(props: {
  layout: LabelLayout
  start: number
  count: number
  onChange: (start: number) => void
}) {
  const { t } = useTranslation()
  const { layout, start, count } = props
  const { rows, columns, pageWidth, pageHeight } = layout
  const places = rows * columns
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.min(places, Math.max(1, start + step))
    props.onChange(next)
    event.currentTarget.querySelectorAll('button')[next - 1]?.focus()
  }
  const scale = TALL / Math.max(pageHeight, pageWidth)
  return (
    <div
      className="label-picker"
      role="radiogroup"
      aria-label={t('labels.start')}
      onKeyDown={keys}
      style={{
        gridTemplateColumns: `repeat(${columns}, 1fr)`,
        width: pageWidth * scale,
        height: pageHeight * scale,
      }}
    >
      {Array.from({ length: places }, (_, i) => i + 1).map((place) => (
        <button
          key={place}
          type="button"
          role="radio"
          aria-checked={place === start}
          aria-label={t('labels.startAt', { n: place })}
          tabIndex={place === start ? 0 : -1}
          data-used={place < start ? '' : undefined}
          data-filled={place >= start && place < start + count ? '' : undefined}
          onClick={() => props.onChange(place)}
        />
      ))}
    </div>
  )
}
