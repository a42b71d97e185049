import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Panel } from '../../ui/DeskPage.tsx'
import { Facts, Figure, State } from '../../ui/figures.tsx'
import { requestsFrom, requestsPath } from './paths.ts'
import type { LanStatus } from './use-words.ts'

/** Addresses that are listed; the inspector has the rest. */
const MOST = 8

/** Who called in the last minute. */
export function Callers({ status: { state, lastMinute } }: { status: LanStatus }) {
  const { t } = useTranslation()
  const { requests, refused, addresses } = lastMinute
  const more = addresses.length - MOST
  return (
    <Panel
      title={t('lan.callers.title')}
      extra={
        <Link to={requestsPath}>
          <Button size="small">{t('lan.callers.open')}</Button>
        </Link>
      }
    >
      {requests === 0 ? (
        <p className="sd-quiet">{t(state === 'on' ? 'lan.callers.none' : 'lan.callers.offNone')}</p>
      ) : (
        <Facts
          facts={[
            { label: t('lan.callers.requests'), value: <Figure value={requests} /> },
            {
              label: t('lan.callers.refused'),
              value: (
                <State tone={refused > 0 ? 'attention' : 'neutral'}>
                  <Figure value={refused} />
                </State>
              ),
            },
            {
              label: t('lan.callers.addresses'),
              value: (
                <ul className="lan-addresses">
                  {addresses.slice(0, MOST).map((address) => (
                    <li key={address}>
                      <Link to={requestsFrom(address)}>{address}</Link>
                    </li>
                  ))}
                  {more > 0 ? <li>+{more}</li> : null}
                </ul>
              ),
            },
          ]}
        />
      )}
    </Panel>
  )
}
