import { useTranslation } from 'react-i18next'
import type { UpdateStatus } from '#shared/contract/updates.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import { DeskPage, Panel } from '../../ui/DeskPage.tsx'
import { Facts, Time } from '../../ui/figures.tsx'
import { ErrorState, Notice, Reading } from '../../ui/states.tsx'
import { Offer } from './Offer.tsx'
import { SourceForm } from './SourceForm.tsx'

/** While something comes, its bytes are asked for; everything else comes with an event. */
const WATCH_MS = 1000

export function UpdatesPage() {
  const { t } = useTranslation()
  const status = useRead('updates.status', {})
  const busy = status.data?.state === 'downloading' || status.data?.state === 'checking'
  useRead('updates.status', {}, busy ? { everyMs: WATCH_MS } : {})
  return (
    <DeskPage title={t('updates.title')} purpose={t('updates.purpose')}>
      <Reading read={status} lines={8}>
        {(data) => (
          <>
            <Running status={data} />
            {data.state === 'noKey' ? (
              <Notice>
                <strong>{t('updates.noKey')}</strong>
                <span>{t('updates.noKeyTodo')}</span>
              </Notice>
            ) : (
              <>
                <Problem status={data} />
                {data.offered ? <Offer status={data} offered={data.offered} /> : null}
                <SourceForm key={JSON.stringify(data.source)} source={data.source} />
              </>
            )}
          </>
        )}
      </Reading>
    </DeskPage>
  )
}

function Running({ status }: { status: UpdateStatus }) {
  const { t } = useTranslation()
  const check = useWrite('updates.check')
  const { version, checkedAt, last, state, offered, source, problem } = status
  const newest = checkedAt !== null && !offered && problem === null
  return (
    <Panel title={t('updates.running')}>
      <div className="sd-stack">
        <Facts
          facts={[
            { label: t('updates.version'), value: version },
            {
              label: t('updates.checked'),
              value: checkedAt === null ? t('updates.neverChecked') : <Time at={checkedAt} />,
            },
            ...(last === null
              ? []
              : [{ label: t('updates.last'), value: t(`updates.lastResult.${last.result}`, last) }]),
          ]}
        />
        {newest ? <p className="sd-quiet">{t('updates.newest')}</p> : null}
        {check.error ? <ErrorState error={check.error} /> : null}
        {state === 'noKey' ? null : (
          <div>
            <MayButton
              operation="updates.check"
              disabled={source === null || state === 'downloading'}
              loading={check.isPending || state === 'checking'}
              onClick={() => check.mutate({})}
            >
              {t('updates.check')}
            </MayButton>{' '}
            {source === null ? <span className="sd-quiet">{t('updates.noSource')}</span> : null}
          </div>
        )}
      </div>
    </Panel>
  )
}

function Problem({ status: { problem } }: { status: UpdateStatus }) {
  const { t } = useTranslation()
  if (problem === null) return null
  return (
    <Notice>
      <strong>{t(`updates.problem.${problem}.what`)}</strong>
      <span>{t(`updates.problem.${problem}.todo`)}</span>
    </Notice>
  )
}
