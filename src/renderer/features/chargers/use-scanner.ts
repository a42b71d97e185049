import { useEffect, useRef } from 'react'
import { locked, SCANNER_GAP_MS } from '../../app/keys.tsx'

/** Shorter bursts are a person's. */
const LEAST = 4
/** The Enter may come a little later. */
const ENTER_MS = 150

/** What a page sees of keys; no DOM, so that it can be tested with times. */
export function createBurst() {
  let text = ''
  let last = -Infinity
  return {
    /** the whole label once its Enter came, else null */
    key(key: string, at: number): string | null {
      const gap = at - last
      if (key === 'Enter') {
        const label = text.length >= LEAST && gap <= ENTER_MS ? text : null
        text = ''
        return label
      }
      if (key.length !== 1) return null
      text = gap <= SCANNER_GAP_MS ? text + key : key
      last = at
      return null
    },
  }
}

/**
 * A USB scanner anywhere on the page: fast characters ended by Enter. Typing into a field is left to that field,
 * unless it is marked with `data-scan`.
 */
export function useScanner(onLabel: (text: string) => void): void {
  const act = useRef(onLabel)
  useEffect(() => {
    act.current = onLabel
  })
  useEffect(() => {
    const burst = createBurst()
    const listen = (event: KeyboardEvent) => {
      if (
        event.repeat ||
        event.ctrlKey ||
        event.altKey ||
        event.metaKey ||
        locked() ||
        elsewhere(event.target)
      )
        return
      const label = burst.key(event.key, event.timeStamp)
      if (label === null) return
      event.preventDefault()
      event.stopPropagation()
      act.current(label)
    }
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
}

const elsewhere = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) &&
  target.dataset['scan'] === undefined
