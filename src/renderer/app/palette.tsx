import { Input, Modal } from 'antd'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { usePaletteItems, type PaletteItem } from './palette-items.ts'

/** Goes there; the next Tab then goes into the page, not through the navigation. */
function useGo(): (to: string) => void {
  const navigate = useNavigate()
  const went = useRef(false)
  useEffect(
    () => () => {
      // a page that took the focus keeps it
      if (went.current && document.activeElement === document.body)
        document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true })
    },
    [],
  )
  return (to) => {
    went.current = true
    void navigate(to)
  }
}

/** Ctrl+K: data, pages and actions from one box, by keys alone. */
export function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [query, setQuery] = useState('')
  const [cursor, setCursor] = useState(0)
  const go = useGo()
  const { items, busy } = usePaletteItems(query.trim(), {
    go,
    showKeys: onKeys,
  })
  const at = Math.min(cursor, Math.max(0, items.length - 1))
  const run = (item: PaletteItem | undefined) => {
    if (!item) return
    onClose()
    item.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') run(items[at])
    else if (event.key === 'ArrowDown') setCursor(Math.min(items.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setCursor(Math.max(0, at - 1))
    else return
    event.preventDefault()
  }
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={620} style={{ top: 72 }}>
      <Input
        size="large"
        variant="borderless"
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={items.length > 0 ? `${id}-${at}` : undefined}
        aria-label={t('shell.palette.placeholder')}
        placeholder={t('shell.palette.placeholder')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setCursor(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ItemList id={id} items={items} at={at} onRun={run} onHover={setCursor} />
      {items.length === 0 && !busy ? (
        <p className="sd-empty">{t('shell.palette.nothing', { query })}</p>
      ) : null}
      <p className="sd-quiet sd-palette-hint">{t('shell.palette.hint')}</p>
    </Modal>
  )
}

function ItemList(props: {
  id: string
  items: readonly PaletteItem[]
  at: number
  onRun: (item: PaletteItem) => void
  onHover: (index: number) => void
}) {
  return (
    <div id={`${props.id}-list`} role="listbox" className="sd-palette">
      {props.items.map((item, index) => (
        <div
          key={item.key}
          id={`${props.id}-${index}`}
          role="option"
          aria-selected={index === props.at}
          tabIndex={-1}
          ref={index === props.at ? scrollIntoView : null}
          onPointerMove={() => props.onHover(index)}
          onClick={() => props.onRun(item)}
        >
          <span className="sd-palette-title">{item.title}</span>
          <span className="sd-palette-sub">{item.subtitle}</span>
          <span className="sd-quiet">{item.group}</span>
        </div>
      ))}
    </div>
  )
}

const scrollIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })
