import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useQueryClient } from '@tanstack/react-query'
import type { RadioHealthRow } from '#shared/contract/chargers.ts'
import { useWrite } from '../../api/queries.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { COMMAND_TIMEOUT_MS } from './timeouts.ts'

export type System = 'windows' | 'macos' | 'linux'

/** The console runs on the machine that has the adapter, in the browser too. */
export function systemOf(userAgent: string): System {
  if (/Windows/.test(userAgent)) return 'windows'
  return /Mac OS X|Macintosh/.test(userAgent) ? 'macos' : 'linux'
}

/** Why there is no Bluetooth, the cure on this system, and "try again". Nothing while all is well. */
export function RadioBanner({ radio }: { radio: RadioHealthRow }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const again = useWrite('chargers.radio', {
    timeoutMs: COMMAND_TIMEOUT_MS,
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['chargers'] }),
  })
  const { reason } = radio
  if (reason === null) return null
  return (
    <div className="sd-message" data-tone={reason === 'scanStalled' ? 'attention' : 'bad'} role="alert">
      <strong>{t(`radio.${reason}.what`)}</strong>
      <span>{t(`radio.${reason}.${systemOf(navigator.userAgent)}`)}</span>
      <div className="sd-actions">
        <Button size="small" loading={again.isPending} onClick={() => again.mutate({ retry: true })}>
          {again.isPending ? t('chargers.scan.trying') : t('chargers.scan.tryAgain')}
        </Button>
        <span className="sd-quiet">
          {t('common.error.code')} <code>{reason}</code>
        </span>
        <CopyButton text={`${radio.adapter} ${radio.state} ${reason}: ${radio.detail ?? ''}`} />
        {radio.detail ? (
          <details className="ch-detail">
            <summary>{t('chargers.scan.detail')}</summary>
            <code>{radio.detail}</code>
          </details>
        ) : null}
      </div>
    </div>
  )
}
