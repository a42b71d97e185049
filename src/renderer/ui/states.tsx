import { Button, Tooltip } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../app/i18n/dynamic.ts'
import { CopyButton } from './CopyButton.tsx'

/** Nothing for 300 ms, then its children: short waits show no flicker. */
export function Delayed({ children, afterMs = 300 }: { children: ReactNode; afterMs?: number }) {
  const [shown, setShown] = useState(afterMs === 0)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), afterMs)
    return () => clearTimeout(timer)
  }, [afterMs])
  return shown ? children : null
}

/** The shape of what comes, `lines` rows of it; nothing under 300 ms. */
export function Skeleton({ lines = 4, afterMs }: { lines?: number; afterMs?: number }) {
  const { t } = useTranslation()
  return (
    <Delayed {...(afterMs === undefined ? {} : { afterMs })}>
      <div className="sd-skeleton" role="status" aria-label={t('common.list.loading')}>
        {Array.from({ length: lines }, (_, i) => (
          <span key={i} className="sd-bone" style={{ width: `${92 - ((i * 17) % 40)}%` }} />
        ))}
      </div>
    </Delayed>
  )
}

/** What happened, what is safe, what to do, a code to copy. */
export function ErrorState(props: {
  error: unknown
  retry?: (() => void) | undefined
  /** what is not harmed; says "what was saved is untouched" by itself */
  safe?: string
  /** beside a field: what happened and what to do, no more */
  brief?: boolean
}) {
  const { t } = useTranslation()
  const { code, what, todo, detail } = useErrorText()(props.error)
  if (props.brief)
    return (
      <div className="sd-message" data-tone="bad" role="alert">
        <strong>{what}</strong>
        <span>{todo}</span>
      </div>
    )
  return (
    <div className="sd-message" data-tone="bad" role="alert">
      <strong>{what}</strong>
      {code === 'INVALID_INPUT' ? <code>{detail}</code> : null}
      <span>{props.safe ?? t('common.error.safe')}</span>
      <span>{todo}</span>
      <div className="sd-actions">
        {props.retry ? (
          <Button size="small" onClick={props.retry}>
            {t('common.action.retry')}
          </Button>
        ) : null}
        <span className="sd-quiet">
          {t('common.error.code')} <code>{code}</code>
        </span>
        <CopyButton text={`${code}: ${detail}`} />
      </div>
    </div>
  )
}

/** Why there is nothing, and the next step. */
export function EmptyState(props: { what: string; todo?: string | undefined; action?: ReactNode }) {
  return (
    <div className="sd-empty">
      <strong>{props.what}</strong>
      {props.todo ? <span>{props.todo}</span> : null}
      {props.action ? <div className="sd-actions">{props.action}</div> : null}
    </div>
  )
}

/** A line above content that needs attention but still works: stale data, a paused thing. */
export function Notice(props: { tone?: 'attention' | 'bad' | 'good' | 'neutral'; children: ReactNode }) {
  return (
    <div className="sd-message" data-tone={props.tone ?? 'attention'} role="status">
      {props.children}
    </div>
  )
}

/** A disabled control that says why, to the mouse and to the keyboard. */
export function WithReason({ reason, children }: { reason: string | null; children: ReactNode }) {
  if (reason === null) return children
  return (
    <Tooltip title={reason}>
      <span className="sd-reason" tabIndex={0} aria-label={reason}>
        {children}
      </span>
    </Tooltip>
  )
}

interface Readable<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly refetch: () => unknown
}

/** The states of a read in one place: `<Reading read={meter}>{(data) => …}</Reading>`. */
export function Reading<T>(props: { read: Readable<T>; lines?: number; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = props.read
  const failed = error ? <ErrorState error={error} retry={() => void refetch()} /> : null
  if (data === undefined) return failed ?? <Skeleton lines={props.lines ?? 6} />
  return (
    <>
      {failed}
      {props.children(data)}
    </>
  )
}
