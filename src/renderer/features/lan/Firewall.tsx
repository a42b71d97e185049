import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Panel } from '../../ui/DeskPage.tsx'

const SYSTEMS = ['windows', 'mac', 'linux'] as const
type System = (typeof SYSTEMS)[number]
const NAMES: Readonly<Record<System, string>> = { windows: 'Windows', mac: 'macOS', linux: 'Linux' }

/** The console runs on the computer whose firewall is meant. */
export function systemOf(userAgent: string): System {
  if (/mac os|macintosh/i.test(userAgent)) return 'mac'
  return /linux|x11/i.test(userAgent) ? 'linux' : 'windows'
}

const commandOf = (system: System, port: number): string | null => {
  if (system === 'windows')
    return `netsh advfirewall firewall add rule name="SiteDesk" dir=in action=allow protocol=TCP localport=${port} profile=private`
  return system === 'linux' ? `sudo ufw allow ${port}/tcp` : null
}

export function Firewall({ port }: { port: number }) {
  const { t } = useTranslation()
  const [system, setSystem] = useState(() => systemOf(navigator.userAgent))
  const command = port === 0 ? null : commandOf(system, port)
  return (
    <Panel title={t('lan.firewall.title')} purpose={t('lan.firewall.purpose')}>
      <div className="lan-firewall">
        <Segmented<System>
          size="small"
          aria-label={t('lan.firewall.system')}
          value={system}
          onChange={setSystem}
          options={SYSTEMS.map((value) => ({ value, label: NAMES[value] }))}
        />
        <p>{t(`lan.firewall.${system}`, { port })}</p>
        {command === null ? null : (
          <div>
            <pre className="sd-pre">{command}</pre>
            <CopyButton text={command} />
          </div>
        )}
        <p className="sd-quiet">{t('lan.firewall.check')}</p>
      </div>
    </Panel>
  )
}
