import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorState } from '../../ui/states.tsx'

/** Where scripts find the API, for administrators; the token is hidden until somebody wants to see it. */
export function AutomationAccess() {
  const { t } = useTranslation()
  const admin = useMay()
  const { data, error } = useRead('system.automation', {}, { enabled: admin, keepPrevious: false })
  if (!admin) return <p className="sd-quiet">{t('settings.automation.adminOnly')}</p>
  if (error) return <ErrorState error={error} />
  if (!data) return null
  return (
    <>
      <div className="sd-setting">
        <span>{t('settings.automation.address')}</span>
        <Address state={data} />
      </div>
      {data.token === null ? null : <Token key={data.token} token={data.token} />}
    </>
  )
}

function Address({ state }: { state: Output<'system.automation'> }) {
  const { t } = useTranslation()
  if (state.url === null) return <span>{t(`settings.automation.reason.${state.reason ?? 'failed'}`)}</span>
  return (
    <div className="sd-actions">
      <code>{state.url}</code>
      <CopyButton text={state.url} />
    </div>
  )
}

/** As many dots for every token: its length is nobody's business. */
const HIDDEN = '•'.repeat(12)

function Token({ token }: { token: string }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <div className="sd-setting">
      <span>{t('settings.automation.token')}</span>
      <div>
        <div className="sd-actions">
          <code className="sd-code">{shown ? token : HIDDEN}</code>
          <Button size="small" type="text" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {t(shown ? 'settings.automation.hide' : 'settings.automation.show')}
          </Button>
          <CopyButton text={token} />
        </div>
        <span className="sd-quiet">{t('settings.automation.tokenHint')}</span>
      </div>
    </div>
  )
}
