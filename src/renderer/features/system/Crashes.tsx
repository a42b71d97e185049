import { useTranslation } from 'react-i18next'
import { useRead, useWrite } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { Time } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'

/** What broke since somebody last looked: what happened, what is safe. Nothing is ever sent by itself. */
export function Crashes() {
  const { t } = useTranslation()
  const may = useMay('supervisor')
  const crashes = useRead('system.crashes', {}, { enabled: may })
  const seen = useWrite('system.acknowledgeCrashes')
  const unseen = (crashes.data?.rows ?? []).filter((crash) => !crash.seen)
  if (unseen.length === 0) return null
  return (
    <Panel title={t('system.crashes')} purpose={t('system.crashesSafe')}>
      <div className="sd-stack">
        {unseen.map(({ at, kind, message, stack, version }) => (
          <details key={`${at} ${kind}`} className="sd-licence">
            <summary>
              <Time at={at} /> · {t(`system.crashKind.${kind}`)} · {version}
            </summary>
            <pre>{stack === '' ? message : stack}</pre>
          </details>
        ))}
        {seen.error ? <ErrorState error={seen.error} /> : null}
        <div>
          <MayButton
            operation="system.acknowledgeCrashes"
            loading={seen.isPending}
            onClick={() => seen.mutate({})}
          >
            {t('system.crashesSeen')}
          </MayButton>
        </div>
      </div>
    </Panel>
  )
}
