import { useEffect, useRef } from 'react'
import { locked, useKeyHint } from '../../app/keys.tsx'
import type { Answering } from './use-answer.ts'

/** Y and Enter say yes, N says no, L that it is lit; not while something else has the keys. */
export function useQuestionKeys(answering: Answering): void {
  const latest = useRef(answering)
  useEffect(() => {
    latest.current = answering
  })
  useKeyHint('Y Enter', 'provisioning.question.key.yes')
  useKeyHint('N', 'provisioning.question.key.no')
  useKeyHint('→', 'provisioning.question.key.next')
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || locked() || taken(event)) return
      const act = actionOf(event.key, latest.current)
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

function actionOf(key: string, answering: Answering): (() => void) | null {
  if (key === 'y' || key === 'Y' || key === 'Enter') return () => answering.answer(true)
  if (key === 'n' || key === 'N') return () => answering.answer(false)
  if (key === 'l' || key === 'L') return answering.lit
  return key === 'ArrowRight' ? answering.next : null
}

/** A dialog is open, somebody types, or Enter belongs to the button that has the focus. */
function taken({ target, key }: KeyboardEvent): boolean {
  if (dialogOpen()) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.matches('input, textarea, select, [contenteditable]')) return true
  return key === 'Enter' && target.matches('a, button, summary')
}

/** One that was closed may still stand in the page, hidden. */
const dialogOpen = (): boolean =>
  Array.from(document.querySelectorAll('.ant-modal-wrap, [role=dialog]')).some(
    (dialog) => dialog.closest('[style*="display: none"]') === null,
  )
