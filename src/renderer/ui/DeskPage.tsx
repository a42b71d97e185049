import type { ReactNode } from 'react'
import { BackLink, type Back } from './BackLink.tsx'
import { PageHead, type PageHeadProps } from './PageHead.tsx'

export interface DeskPageProps extends PageHeadProps {
  /** one column of decisions */
  readonly children: ReactNode
  readonly back?: Back
  /** context, never needed to go on */
  readonly side?: ReactNode
}

/** Template "desk": one column of decisions in the middle, context at the side, nothing else. */
export function DeskPage({ children, side, back, ...head }: DeskPageProps) {
  return (
    <div className="sd-page" data-template="desk">
      {back ? <BackLink {...back} /> : null}
      <PageHead {...head} />
      <div className="sd-desk">
        <div className="sd-desk-main">{children}</div>
        {side ? <aside className="sd-desk-side">{side}</aside> : null}
      </div>
    </div>
  )
}

/** A titled part of a desk or settings page. */
export function Panel(props: {
  title?: ReactNode
  purpose?: ReactNode
  extra?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="sd-panel">
      {props.title ? (
        <header className="sd-panel-head">
          <h2>{props.title}</h2>
          {props.extra}
        </header>
      ) : null}
      {props.purpose ? <p className="sd-quiet">{props.purpose}</p> : null}
      {props.children}
    </section>
  )
}
