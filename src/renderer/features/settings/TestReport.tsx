import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useCodeText } from '../../app/i18n/dynamic.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'

type Result = Output<'settings.testConnection'>

/** What each step of a connection test found, and the change that would make it work. */
export function TestReport(props: {
  running: boolean
  result: Result | undefined
  error: unknown
  onUse: (path: string, value: string) => void
}) {
  const { t } = useTranslation()
  const text = useCodeText()
  const { result } = props
  if (props.running) return <p className="sd-quiet">{t('settings.test.running')}</p>
  if (props.error) return <ErrorState error={props.error} />
  if (!result) return null
  const suggestion = result.suggestion
  return (
    <Notice tone={result.ok ? 'good' : 'bad'}>
      <strong>{t(result.ok ? 'settings.test.ok' : 'settings.test.failed')}</strong>
      <ol className="sd-steps">
        {result.steps.map((step) => (
          <li key={step.step} data-tone={step.ok ? 'good' : 'bad'}>
            {step.ok ? <CheckCircleOutlined /> : <CloseCircleOutlined />}
            <span>{t(`settings.test.step.${step.step}`)}</span>
            <span>{text('connection', step.code, step.data)}</span>
          </li>
        ))}
      </ol>
      {suggestion ? (
        <div className="sd-actions">
          <span>{t('settings.test.suggestion', { value: suggestion.value })}</span>
          <Button size="small" onClick={() => props.onUse(suggestion.path, suggestion.value)}>
            {t('common.action.use')}
          </Button>
        </div>
      ) : null}
    </Notice>
  )
}
