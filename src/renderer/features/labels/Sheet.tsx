import { memo } from 'react'
import type { LabelLayout } from '#shared/contract/labels.ts'
import { placeLabels } from '#shared/labels.ts'
import { usePracticeMark } from '../../ui/practice-mark.ts'
import { markOf, runsOf, type Face, type FaceText } from './face.ts'
import type { PlacedFace } from './sheets.ts'

/** One page in mm: drawn at its own size on paper, at any size on the screen. */
export const Sheet = memo(function Sheet(props: {
  layout: LabelLayout
  faces: readonly PlacedFace[]
  /** edges of the labels: in the preview and on the calibration page */
  edges?: boolean
  title: string
}) {
  const { layout } = props
  const mark = usePracticeMark('label')
  const { pageWidth: w, pageHeight: h } = layout
  return (
    <svg
      className="label-sheet"
      role="img"
      aria-label={props.title}
      viewBox={`0 0 ${w} ${h}`}
      style={{ width: `${w}mm`, height: `${h}mm` }}
    >
      {props.edges ? <Edges layout={layout} /> : null}
      {props.faces.map(({ x, y, face }) => (
        <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}>
          {mark === null ? null : <Mark mark={markOf(layout, mark)} />}
          <LabelFace face={face} />
        </g>
      ))}
    </svg>
  )
})

export function Mark({ mark: { x, y, size, text } }: { mark: FaceText }) {
  return (
    <text className="label-mark" x={x} y={y} fontSize={size} textAnchor="middle" aria-hidden>
      {text}
    </text>
  )
}

function LabelFace({ face: { qr, texts } }: { face: Face }) {
  const module = qr.size / qr.rows.length
  const path = runsOf(qr.rows)
    .map(({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`)
    .join('')
  return (
    <>
      <path
        className="label-qr"
        transform={`translate(${qr.x} ${qr.y}) scale(${module})`}
        d={path}
        fill="black"
        data-modules={qr.rows.length}
      />
      {texts.map(({ x, y, size, text, style, centred }) => (
        <text
          key={`${x} ${y}`}
          x={x}
          y={y}
          fontSize={size}
          textAnchor={centred ? 'middle' : 'start'}
          className={`label-${style}`}
        >
          {text}
        </text>
      ))}
    </>
  )
}

export function Edges({ layout }: { layout: LabelLayout }) {
  return placeLabels(layout, layout.rows * layout.columns).map(({ x, y }) => (
    <rect
      key={`${x} ${y}`}
      className="label-edge"
      x={x}
      y={y}
      width={layout.labelWidth}
      height={layout.labelHeight}
    />
  ))
}
