import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { SitedeskError } from '#shared/errors.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import { useFormat } from '../../../app/site.tsx'
import { AsOf } from '../../../ui/AsOf.tsx'
import { Panel } from '../../../ui/DeskPage.tsx'
import { EmptyState, ErrorState, Notice, Skeleton } from '../../../ui/states.tsx'

const OFFLINE = new SitedeskError('UPSTREAM_OFFLINE', 'The server does not answer.')

/** Every state a page can be in. */
export function StateSamples() {
  const { t } = useTranslation()
  const { now } = useFormat()
  return (
    <Panel title={t('style.states')}>
      <div className="sd-stack">
        <div className="sd-actions">
          <AsOf at={now() - 3 * MINUTE} />
          <AsOf at={now() - 5 * DAY} />
          <AsOf at={null} />
        </div>
        <Skeleton lines={3} afterMs={0} />
        <ErrorState error={OFFLINE} retry={() => undefined} />
        <Notice>{t('problem.CLOCK_SKEW.what')}</Notice>
        <EmptyState
          what={t('style.emptyWhat')}
          todo={t('style.emptyTodo')}
          action={<Button type="primary">{t('style.emptyAction')}</Button>}
        />
      </div>
    </Panel>
  )
}
