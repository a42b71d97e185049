import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { DeskPage, Panel } from '../../ui/DeskPage.tsx'
import { Reading } from '../../ui/states.tsx'
import { Callers } from './Callers.tsx'
import { Credentials } from './Credentials.tsx'
import { Firewall } from './Firewall.tsx'
import { Providers } from './Providers.tsx'
import { PAYMENT, WECHAT } from './provider-fields.ts'
import { ProviderPanel } from './ProviderPanel.tsx'
import { Reach } from './Reach.tsx'
import { Rules } from './Rules.tsx'
import { Service } from './Service.tsx'
import './lan.css'

/** Ages of the last minute, ms. */
const FRESH_MS = 10_000

/** The service for mini-programs: on or off, how phones reach it, who may call. */
export function LanPage() {
  const { t } = useTranslation()
  const status = useRead('lan.status', {}, { everyMs: FRESH_MS })
  const settings = useRead('settings.get', {})
  return (
    <DeskPage
      title={t('lan.title')}
      purpose={t('lan.purpose')}
      side={
        status.data ? (
          <>
            <Simulator url={status.data.miniProgramUrl} />
            <Callers status={status.data} />
            <Providers status={status.data} />
            <Firewall port={portOf(status.data)} />
          </>
        ) : null
      }
    >
      <Reading read={status} lines={10}>
        {(now) => (
          <>
            <Service status={now} />
            {settings.data ? <Reach status={now} settings={settings.data} /> : null}
            {settings.data ? <Credentials status={now} settings={settings.data} /> : null}
            {settings.data ? <ProviderPanel form={WECHAT} settings={settings.data} /> : null}
            {settings.data ? <ProviderPanel form={PAYMENT} settings={settings.data} /> : null}
            {settings.data ? <Rules settings={settings.data} /> : null}
          </>
        )}
      </Reading>
    </DeskPage>
  )
}

/** The page that plays a phone, in the demo only. */
function Simulator({ url }: { url: string | null }) {
  const { t, i18n } = useTranslation()
  if (url === null) return null
  // its English pages stand below /en/
  const page = i18n.language === 'en' ? new URL('/en/', url).href : url
  return (
    <Panel title={t('lan.simulator.title')} purpose={t('lan.simulator.purpose')}>
      <Button href={page} target="_blank" rel="noreferrer">
        {t('lan.simulator.open')}
      </Button>
    </Panel>
  )
}

/** Where it really listens; with port 0 only known while it is on. */
const portOf = ({ url, port }: { url: string | null; port: number }): number =>
  url === null ? port : Number(new URL(url).port || '80')
