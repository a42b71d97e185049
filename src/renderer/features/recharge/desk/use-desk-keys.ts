import { useEffect, useRef, useState } from 'react'
import { locked } from '../../../app/keys.tsx'

/** A second Enter within this time is a slip of the finger (features §4 "Cashier"). */
export const SLIP_MS = 800

const OWN_ENTER = new Set(['BUTTON', 'A', 'TEXTAREA', 'INPUT', 'SELECT'])

/** A dialog of the frame (F1, Ctrl+K, another operator) is in front and has the keys. */
const covered = () =>
  [...document.querySelectorAll<HTMLElement>('.ant-modal-wrap')].some((wrap) => wrap.style.display !== 'none')

/** Plain key presses of the desk, never repeated by a held key, never under a dialog or the lock. */
export function useDeskKey(key: string, action: (event: KeyboardEvent) => void): void {
  const run = useRef(action)
  useEffect(() => {
    run.current = action
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key !== key || event.repeat || event.isComposing || event.defaultPrevented) return
      if (event.ctrlKey || event.altKey || event.metaKey || locked() || covered()) return
      if (key === 'Enter' && event.target instanceof HTMLElement && OWN_ENTER.has(event.target.tagName))
        return
      event.preventDefault()
      run.current(event)
    }
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [key])
}

/** False for the first 800 ms of a sheet: the Enter that opened it cannot confirm it as well. */
export function useArmed(): boolean {
  const [armed, setArmed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), SLIP_MS)
    return () => clearTimeout(timer)
  }, [])
  return armed
}

/** Typing anywhere on the desk goes into the search box. */
export function useTypeAhead(active: boolean, focus: () => void): void {
  const run = useRef(focus)
  useEffect(() => {
    run.current = focus
  })
  useEffect(() => {
    if (!active) return undefined
    const listener = (event: KeyboardEvent) => {
      const plain = event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey
      if (plain && event.target === document.body && !locked() && !covered()) run.current()
    }
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [active])
}
