import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** The window's title: the page, and before it how many alarms wait, so that a tab in the background tells. */
let page = ''
let waiting = 0

const show = () => {
  document.title = waiting > 0 ? `(${waiting}) ${page}` : page
}

export function setPageTitle(text: string): void {
  page = text
  show()
}

/** The page is named in the window's title as long as it stands there. */
export function usePageTitle(text: string | null): void {
  const { t } = useTranslation()
  useEffect(() => {
    if (text !== null) setPageTitle(text ? `${text} · ${t('common.app')}` : t('common.app'))
  }, [text, t])
}

export function setWaitingAlarms(n: number): void {
  if (n === waiting) return
  waiting = n
  if (page !== '') show()
}
