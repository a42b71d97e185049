import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { State, Time } from '../../ui/figures.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'

type Status = Output<'system.status'>
const FILES = { 'site.db': 'system.siteFile', 'history.db': 'system.historyFile' } as const

/** The last whole check of each file, and one now. */
export function Checks({ status: { checks } }: { status: Status }) {
  const { t } = useTranslation()
  const check = useWrite('system.check')
  const reason = useWhyNot('system.check')
  return (
    <Panel title={t('system.checks')} purpose={t('system.checksPurpose')}>
      <div className="sd-stack">
        {checks.length === 0 ? <p className="sd-quiet">{t('system.checksNone')}</p> : null}
        {checks.map(({ file, at, ok, faults }) => (
          <div key={file}>
            <State tone={ok ? 'good' : 'bad'}>
              {t(FILES[file])} · {t(ok ? 'system.checkGood' : 'system.checkBad')}
            </State>{' '}
            <Time at={at} />
            {faults.length === 0 ? null : <pre>{faults.join('\n')}</pre>}
          </div>
        ))}
        {check.error ? <ErrorState error={check.error} /> : null}
        {check.data ? <p className="sd-quiet">{t('system.checkRuns')}</p> : null}
        <div>
          <WithReason reason={reason}>
            <Button disabled={reason !== null} loading={check.isPending} onClick={() => check.mutate({})}>
              {t('system.checkNow')}
            </Button>
          </WithReason>
        </div>
      </div>
    </Panel>
  )
}
