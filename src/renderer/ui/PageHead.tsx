import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { setPageTitle } from '../app/title.ts'

export interface PageHeadProps {
  readonly title: ReactNode
  /** the window's title where `title` is not text */
  readonly titleText?: string
  /** false: a sample on the style page, leaves the window's title alone */
  readonly names?: boolean
  /** one line: what the page is for */
  readonly purpose?: ReactNode
  /** freshness chip, state */
  readonly aside?: ReactNode
  /** verbs, at the right end; the main one last */
  readonly actions?: ReactNode
}

export function PageHead(props: PageHeadProps) {
  const { t } = useTranslation()
  const text = props.titleText ?? (typeof props.title === 'string' ? props.title : '')
  const names = props.names ?? true
  useEffect(() => {
    if (!names) return
    setPageTitle(text ? `${text} · ${t('common.app')}` : t('common.app'))
  }, [text, t, names])
  return (
    <header className="sd-head">
      <div className="sd-head-text">
        <div className="sd-head-title">
          <h1>{props.title}</h1>
          {props.aside}
        </div>
        {props.purpose ? <p>{props.purpose}</p> : null}
      </div>
      {props.actions ? <div className="sd-actions">{props.actions}</div> : null}
    </header>
  )
}
