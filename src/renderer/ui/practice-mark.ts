import { useSite } from '../app/site.tsx'

/** Chinese like the papers themselves, and for who does not read it; `paper.css` has the same. */
const PAPER_MARK = '练习 PRACTICE'
const LABEL_MARK = '练习'

/** What stands across everything that is printed or saved where nothing is real; null: on a real site. */
export function usePracticeMark(of: 'paper' | 'label'): string | null {
  const { hello } = useSite()
  if (!hello.demo) return null
  return of === 'paper' ? PAPER_MARK : LABEL_MARK
}

/** Grey of a mark in a PDF, 1 is white: it is seen, and a code over it can still be scanned. */
export const MARK_GREY = 0.83
