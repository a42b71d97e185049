import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { BackLink, type Back } from './BackLink.tsx'
import { Facts, type Fact } from './figures.tsx'
import { PageHead } from './PageHead.tsx'

export interface DetailTab {
  readonly key: string
  readonly label: string
  readonly children: ReactNode
}

export interface DetailPageProps {
  /** identity: number, name */
  readonly title: ReactNode
  readonly titleText?: string
  readonly names?: boolean
  readonly purpose?: ReactNode
  /** state and freshness, beside the title */
  readonly state?: ReactNode
  /** the two or three things one does with it */
  readonly actions?: ReactNode
  readonly back?: Back
  readonly facts: readonly Fact[]
  /** chart or ports */
  readonly main: ReactNode
  /** below; history last */
  readonly tabs?: readonly DetailTab[]
  /** the open tab, where the page keeps it in its URL */
  readonly tab?: string
  readonly onTab?: (key: string) => void
  readonly above?: ReactNode
}

/** Template "detail": header with identity, state and actions; facts left, chart right, tabs below. */
export function DetailPage(props: DetailPageProps) {
  return (
    <div className="sd-page" data-template="detail">
      {props.back ? <BackLink {...props.back} /> : null}
      <PageHead
        title={props.title}
        {...(props.titleText === undefined ? {} : { titleText: props.titleText })}
        names={props.names ?? true}
        purpose={props.purpose}
        aside={props.state}
        actions={props.actions}
      />
      {props.above}
      <div className="sd-detail">
        <aside className="sd-panel">
          <Facts facts={props.facts} />
        </aside>
        <section className="sd-panel sd-detail-main">{props.main}</section>
      </div>
      {props.tabs && props.tabs.length > 0 ? (
        <Tabs
          className="sd-tabs"
          items={props.tabs.map((tab) => ({ ...tab }))}
          {...(props.tab === undefined ? {} : { activeKey: props.tab })}
          {...(props.onTab ? { onChange: props.onTab } : {})}
        />
      ) : null}
    </div>
  )
}
