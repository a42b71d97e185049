import { Button } from 'antd'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../ui/CopyButton.tsx'

/** A page that failed: data is untouched, reload, a code to copy. */
export function CrashPage({ error, lost = false }: { error: unknown; lost?: boolean }) {
  const { t } = useTranslation()
  const text =
    error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error)
  return (
    <div className="sd-message sd-crash" data-tone="bad" role="alert">
      <strong>{t(lost ? 'errors.CONNECTION_LOST.what' : 'common.error.crash')}</strong>
      <span>{t(lost ? 'common.error.lostTodo' : 'common.error.crashTodo')}</span>
      <code className="sd-cut">{text.split('\n')[0]}</code>
      <div className="sd-actions">
        <Button type="primary" onClick={() => location.reload()}>
          {t('common.action.reload')}
        </Button>
        <CopyButton text={text} />
      </div>
    </div>
  )
}

/** Catches what happens outside the routes; React offers this to classes only. */
export class CrashBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.setState({ error: new Error(`${error.message}${info.componentStack ?? ''}`, { cause: error }) })
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <CrashPage error={this.state.error} />
  }
}
