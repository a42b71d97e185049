import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/DeskPage.tsx'
import { State, type Tone } from '../../ui/figures.tsx'
import { Notice } from '../../ui/states.tsx'
import type { LanStatus } from './use-words.ts'

/** Who says whose phone it is, and who takes the money. */
export function Providers({ status: { wechat, payment } }: { status: LanStatus }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('lan.providers.title')}>
      <div className="lan-providers">
        {wechat === 'simulator' ? (
          <Notice>
            <strong>{t('lan.providers.wechat.simulator.what')}</strong>
            <span>{t('lan.providers.wechat.simulator.todo')}</span>
          </Notice>
        ) : (
          <One
            tone={wechat === 'none' ? 'attention' : 'neutral'}
            what={t(`lan.providers.wechat.${wechat}.what`)}
            todo={t(`lan.providers.wechat.${wechat}.todo`)}
          />
        )}
        <One
          tone="neutral"
          what={t(`lan.providers.payment.${payment}.what`)}
          todo={t(`lan.providers.payment.${payment}.todo`)}
        />
      </div>
    </Panel>
  )
}

function One({ tone, what, todo }: { tone: Tone; what: string; todo: string }) {
  return (
    <div>
      <State tone={tone}>
        <strong>{what}</strong>
      </State>
      <p className="sd-quiet">{todo}</p>
    </div>
  )
}
