import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { use, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { HelpContext } from '../app/help/help-context.ts'
import { usePageTitle } from '../app/title.ts'

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
  const text = props.titleText ?? (typeof props.title === 'string' ? props.title : '')
  const names = props.names ?? true
  usePageTitle(names ? text : null)
  return (
    <header className="sd-head">
      <div className="sd-head-text">
        <div className="sd-head-title">
          <h1>{props.title}</h1>
          {names ? <HelpButton /> : null}
          {props.aside}
        </div>
        {props.purpose ? <p>{props.purpose}</p> : null}
      </div>
      {props.actions ? <div className="sd-actions">{props.actions}</div> : null}
    </header>
  )
}

/** What this screen is for and how it is used. */
function HelpButton() {
  const { t } = useTranslation()
  const open = use(HelpContext)
  if (open === null) return null
  return (
    <Button
      type="text"
      size="small"
      icon={<QuestionCircleOutlined />}
      aria-label={t('common.help.open')}
      title={`${t('common.help.open')}  ?`}
      onClick={open}
    />
  )
}
