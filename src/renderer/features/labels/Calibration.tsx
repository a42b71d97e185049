import { useTranslation } from 'react-i18next'
import type { LabelLayout } from '#shared/contract/labels.ts'
import { Edges } from './Sheet.tsx'

/** Every label's edge, a cross in each middle, and a rule to measure: held against the light over a blank sheet. */
export function Calibration({ layout }: { layout: LabelLayout }) {
  const { t } = useTranslation()
  const { pageWidth: w, pageHeight: h } = layout
  const rule = Math.min(100, Math.floor((w - 10) / 10) * 10)
  return (
    <svg
      className="label-sheet"
      role="img"
      aria-label={t('labels.calibration')}
      viewBox={`0 0 ${w} ${h}`}
      style={{ width: `${w}mm`, height: `${h}mm` }}
    >
      <Edges layout={layout} />
      <Crosses layout={layout} />
      <Rule x={5} y={ruleAt(layout)} length={rule} text={t('labels.calibrationRule', { n: rule })} />
    </svg>
  )
}

/** In the lower part of a label in the middle of the page, clear of edges and crosses. */
const ruleAt = ({ rows, marginTop, labelHeight, gapY, shiftY }: LabelLayout): number =>
  marginTop + shiftY + Math.floor((rows - 1) / 2) * (labelHeight + gapY) + labelHeight * 0.82

function Crosses({ layout }: { layout: LabelLayout }) {
  const { rows, columns, labelWidth, labelHeight, marginLeft, marginTop, gapX, gapY, shiftX, shiftY } = layout
  const cells = Array.from({ length: rows * columns }, (_, i) => ({
    x: marginLeft + shiftX + (i % columns) * (labelWidth + gapX) + labelWidth / 2,
    y: marginTop + shiftY + Math.floor(i / columns) * (labelHeight + gapY) + labelHeight / 2,
  }))
  return (
    <path className="label-cross" d={cells.map(({ x, y }) => `M${x - 2} ${y}h4M${x} ${y - 2}v4`).join('')} />
  )
}

function Rule({ x, y, length, text }: { x: number; y: number; length: number; text: string }) {
  const ticks = Array.from({ length: length / 10 + 1 }, (_, i) => `M${x + i * 10} ${y - 2}v4`).join('')
  return (
    <g className="label-rule">
      <path d={`M${x} ${y}h${length}${ticks}`} />
      <text x={x} y={y - 3} fontSize={3}>
        {text}
      </text>
    </g>
  )
}
