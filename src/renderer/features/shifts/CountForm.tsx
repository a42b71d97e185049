import { Button, Input, type InputRef } from 'antd'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeyHint } from '../../app/keys.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { Money } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { KINDS, readPieces, sumOf, totalOf, type Kind, type Pieces } from './count.ts'
import { useFace } from './use-face.ts'

interface CountFormProps {
  readonly pieces: Pieces
  readonly onPieces: (pieces: Pieces) => void
  readonly onSubmit: () => void
  readonly onBack: () => void
  readonly busy: boolean
  readonly error: unknown
}

/** The blind count: pieces of each kind, Enter down the column, the total adds up beside it. */
export function CountForm(props: CountFormProps) {
  const { t } = useTranslation()
  useKeyHint('Enter', 'shifts.key.next')
  useKeyHint('↑ ↓', 'shifts.key.row')
  return (
    <Panel title={t('shifts.count.title')} purpose={t('shifts.count.purpose')}>
      <CountTable {...props} />
      {props.error ? <ErrorState error={props.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={props.onBack}>
          {t('shifts.count.back')} <kbd>Esc</kbd>
        </Button>
        <Button
          type="primary"
          size="large"
          data-count-submit=""
          loading={props.busy}
          onClick={props.onSubmit}
        >
          {t('shifts.count.submit')}
        </Button>
      </div>
    </Panel>
  )
}

function CountTable({ pieces, onPieces }: CountFormProps) {
  const { t } = useTranslation()
  const boxes = useRef(new Map<number, InputRef>())
  useEffect(() => boxes.current.get(0)?.focus(), [])
  const go = (to: number) => {
    const box = boxes.current.get(to)
    if (box) box.focus({ cursor: 'all' })
    else if (to >= KINDS.length) document.querySelector<HTMLElement>('[data-count-submit]')?.focus()
  }
  const onKey = (event: KeyboardEvent, at: number) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' || event.key === 'ArrowDown') go(at + 1)
    else if (event.key === 'ArrowUp') go(at - 1)
    else return
    event.preventDefault()
  }
  return (
    <table className="sd-sheet shift-count">
      <thead>
        <tr>
          <th>{t('shifts.count.face')}</th>
          <th>{t('shifts.count.pieces')}</th>
          <th>{t('shifts.count.sum')}</th>
        </tr>
      </thead>
      <tbody>
        {KINDS.map((kind, at) => (
          <CountRow
            key={kind}
            kind={kind}
            pieces={pieces}
            onPieces={onPieces}
            onKey={(event) => onKey(event, at)}
            box={(box) => {
              if (box) boxes.current.set(at, box)
            }}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th>{t('shifts.count.total')}</th>
          <td />
          <td className="shift-total" aria-live="polite">
            <Money fen={totalOf(pieces)} large />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

function CountRow({
  kind,
  pieces,
  onPieces,
  onKey,
  box,
}: {
  kind: Kind
  pieces: Pieces
  onPieces: (pieces: Pieces) => void
  onKey: (event: KeyboardEvent) => void
  box: (box: InputRef | null) => void
}) {
  const { t } = useTranslation()
  const face = useFace()(kind)
  const change = (text: string) => {
    const read = readPieces(text)
    if (read !== null) onPieces({ ...pieces, [kind]: read })
  }
  return (
    <tr>
      <th scope="row">{face}</th>
      <td>
        <Input
          ref={box}
          aria-label={t('shifts.count.label', { face })}
          inputMode="numeric"
          autoComplete="off"
          placeholder="0"
          value={pieces[kind] ?? ''}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKey}
        />
      </td>
      <td>
        <Money fen={sumOf(pieces, kind)} />
      </td>
    </tr>
  )
}
