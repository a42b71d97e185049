import { useEffect, useRef, useState } from 'react'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { align, lines, type Cell } from './align.ts'

interface Line {
  readonly label: string
  readonly text: string
}

/** Two texts one above the other, letter by letter; what only one of them has is marked. */
export function Aligned(props: { expected: Line; given: Line; words?: readonly string[] }) {
  const { expected, given, words = [] } = props
  const box = useRef<HTMLDivElement>(null)
  const columns = useColumnCount(box)
  const rows = lines(align(expected.text, given.text, words), columns)
  return (
    <div className="lan-aligned">
      <div className="lan-aligned-heads">
        <Head line={expected} side="first" />
        <Head line={given} side="second" />
      </div>
      <div ref={box} className="lan-aligned-lines">
        <span className="lan-probe" aria-hidden>
          {'0'.repeat(PROBE)}
        </span>
        {rows.map((cells, i) => (
          <div key={i} className="lan-aligned-pair" aria-hidden>
            <Side cells={cells} side="first" />
            <Side cells={cells} side="second" />
          </div>
        ))}
      </div>
    </div>
  )
}

function Head({ line, side }: { line: Line; side: 'first' | 'second' }) {
  return (
    <p data-side={side}>
      <i aria-hidden />
      <span>{line.label}</span>
      <span className="lan-hidden">{line.text}</span>
      <CopyButton text={line.text} />
    </p>
  )
}

/** Runs of one kind as one element; places that only the other line has stay blank. */
function Side({ cells, side }: { cells: readonly Cell[]; side: 'first' | 'second' }) {
  return (
    <div className="lan-aligned-line" data-side={side}>
      {runs(cells, side).map(({ mark, text, wide }, i) => {
        const letters = wide ? <span className="lan-wide">{text}</span> : text
        return mark ? <mark key={i}>{letters}</mark> : <span key={i}>{letters}</span>
      })}
    </div>
  )
}

interface Run {
  readonly mark: boolean
  readonly wide: boolean
  readonly text: string
}

function runs(cells: readonly Cell[], side: 'first' | 'second'): Run[] {
  const out: Run[] = []
  for (const cell of cells) {
    const letter = cell[side]
    const run = { mark: !cell.same && letter !== '', wide: cell.width === 2, text: letter || ' ' }
    const last = out.at(-1)
    if (last && !last.wide && !run.wide && last.mark === run.mark)
      out[out.length - 1] = { ...last, text: last.text + run.text }
    else out.push(run)
  }
  return out
}

/** Letters whose width tells how wide one is. */
const PROBE = 50
/** The coloured edge of a line and the gap behind it. */
const EDGE_PX = 12
const USUAL_COLUMNS = 80

function useColumnCount(box: { readonly current: HTMLDivElement | null }): number {
  const [columns, setColumns] = useState(USUAL_COLUMNS)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const measure = () => {
      const probe = element.querySelector<HTMLElement>('.lan-probe')
      const one = (probe?.getBoundingClientRect().width ?? 0) / PROBE
      if (one > 0) setColumns(Math.max(20, Math.floor((element.clientWidth - EDGE_PX) / one)))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return columns
}
