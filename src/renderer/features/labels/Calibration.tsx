import { useTranslation } from 'react-i18next'
import type { LabelLayout } from '#shared/contract/labels.ts'
import { usePracticeMark } from '../../ui/practice-mark.ts'
import { everyPlace, middlesOf, ruleOf } from './calibration-pdf.ts'
import { markOf } from './face.ts'
import { Edges, Mark } from './Sheet.tsx'

/** Every label's edge, a cross in each middle, and a rule to measure: held against the light over a blank sheet. */
export function Calibration({ layout }: { layout: LabelLayout }) {
  const { t } = useTranslation()
  const { pageWidth: w, pageHeight: h } = layout
  const rule = ruleOf(layout)
  const mark = usePracticeMark('label')
  return (
    <svg
      className="label-sheet"
      role="img"
      aria-label={t('labels.calibration')}
      viewBox={`0 0 ${w} ${h}`}
      style={{ width: `${w}mm`, height: `${h}mm` }}
    >
      {mark === null
        ? null
        : everyPlace(layout).map(({ x, y }) => (
            <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}>
              <Mark mark={markOf(layout, mark)} />
            </g>
          ))}
      <Edges layout={layout} />
      <Crosses layout={layout} />
      <Rule {...rule} text={t('labels.calibrationRule', { n: rule.length })} />
    </svg>
  )
}

function Crosses({ layout }: { layout: LabelLayout }) {
  return (
    <path
      className="label-cross"
      d={middlesOf(layout)
        .map(({ x, y }) => `M${x - 2} ${y}h4M${x} ${y - 2}v4`)
        .join('')}
    />
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
