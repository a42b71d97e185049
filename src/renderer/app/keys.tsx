import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import type { TextKey } from './i18n/key.ts'

/** One key of the page shown now, for the F1 sheet. */
export interface PageKey {
  readonly key: string
  readonly label: TextKey
}

interface Keys {
  readonly page: readonly PageKey[]
  add(key: PageKey): () => void
}

const KeysContext = createContext<Keys>({ page: [], add: () => () => undefined })

export function KeysProvider({ children }: { children: ReactNode }) {
  const [page, setPage] = useState<readonly PageKey[]>([])
  const add = useCallback((key: PageKey) => {
    setPage((keys) => [...keys, key])
    return () => setPage((keys) => keys.filter((k) => k !== key))
  }, [])
  const value = useMemo(() => ({ page, add }), [page, add])
  return <KeysContext value={value}>{children}</KeysContext>
}

export const usePageKeys = () => useContext(KeysContext).page

export const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/**
 * A key of this page: `usePageKey('n', 'meters.key.next', next)`. Shown in the F1 sheet; plain letters do not
 * fire while somebody types. `key` is KeyboardEvent.key; `Ctrl+K` style for combinations.
 */
export function usePageKey(key: string, label: TextKey, action: () => void): void {
  const { add } = useContext(KeysContext)
  const run = useRef(action)
  useEffect(() => {
    run.current = action
  })
  useEffect(() => add({ key, label }), [add, key, label])
  useEffect(() => listenKey(key, () => run.current()), [key])
}

/** A key that a part handles by itself; only named in the F1 sheet. */
export function useKeyHint(key: string, label: TextKey): void {
  const { add } = useContext(KeysContext)
  useEffect(() => add({ key, label }), [add, key, label])
}

/** Under the lock no key reaches the page. */
export const locked = () => document.querySelector('.sd-under[inert]') !== null

/** ms between two characters of a scanner; a person is slower */
export const SCANNER_GAP_MS = 60

interface ListenOptions {
  /** false: not where the character is one of a label that a scanner types, such as the ? of an address */
  readonly scanned?: boolean
  /** false: the key stays what it is without this */
  readonly when?: (event: KeyboardEvent) => boolean
}

export function listenKey(
  key: string,
  action: () => void,
  { scanned = true, when = () => true }: ListenOptions = {},
): () => void {
  const ctrl = key.startsWith('Ctrl+')
  const name = ctrl ? key.slice(5) : key
  let before = Number.NEGATIVE_INFINITY
  const listener = (event: KeyboardEvent) => {
    const gap = event.timeStamp - before
    if (event.key.length === 1) before = event.timeStamp
    if (!scanned && gap <= SCANNER_GAP_MS) return
    if (event.key.toLowerCase() !== name.toLowerCase() || event.altKey || locked()) return
    if ((event.ctrlKey || event.metaKey) !== ctrl) return
    if (!ctrl && name.length === 1 && typing(event.target)) return
    if (!when(event)) return
    event.preventDefault()
    action()
  }
  window.addEventListener('keydown', listener)
  return () => window.removeEventListener('keydown', listener)
}
