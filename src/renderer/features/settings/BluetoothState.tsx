import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { useBluetoothText } from '../../app/bluetooth-text.ts'
import { State } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'

/** A driver that hangs is given up by the core after some seconds. */
const CHECK_TIMEOUT_MS = 60_000

/** How the adapter is now, as saved; the check opens it. */
export function BluetoothState() {
  const { t } = useTranslation()
  const text = useBluetoothText()
  const radio = useRead('chargers.radio', {})
  const check = useWrite('chargers.radio', {
    timeoutMs: CHECK_TIMEOUT_MS,
    onSuccess: () => void radio.refetch(),
  })
  const { state, tone, why } = radio.data
    ? text(radio.data)
    : { state: '', tone: 'neutral' as const, why: null }
  return (
    <div className="sd-setting">
      <span>{t('chargers.settings.state')}</span>
      <div className="sd-stack">
        <div className="sd-actions">
          <State tone={tone}>{[state, why].filter(Boolean).join(' · ')}</State>
          <Button size="small" loading={check.isPending} onClick={() => check.mutate({ retry: true })}>
            {t('chargers.settings.test')}
          </Button>
        </div>
        {check.error ? <ErrorState error={check.error} brief /> : null}
      </div>
    </div>
  )
}
