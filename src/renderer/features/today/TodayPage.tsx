import { useTranslation } from 'react-i18next'
import { useRead } from '../../api/queries.ts'
import { useMay } from '../../app/site.tsx'
import { AsOf } from '../../ui/AsOf.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { ErrorState, Skeleton } from '../../ui/states.tsx'
import { Charging } from './Charging.tsx'
import { FailedJobs } from './FailedJobs.tsx'
import { Problems } from './Problems.tsx'
import { RecentUsage } from './RecentUsage.tsx'
import { Sources } from './Sources.tsx'
import { Tiles } from './Tiles.tsx'
import { useChargingCounts } from './use-charging-counts.ts'
import { useDeskCounts } from './use-desk-counts.ts'
import { useWaterCounts } from './use-water-counts.ts'
import { tilesOf } from './tiles.ts'
import './today.css'

/** Today (今日): what needs a person now, each leading to its list; calm when nothing does. */
export function TodayPage() {
  const { t } = useTranslation()
  const status = useRead('system.status', {}, { everyMs: 30_000 })
  const summary = useRead('meters.summary', {})
  const mayQuarantine = useMay('supervisor', 'meters')
  const quarantine = useRead('sync.quarantine', { limit: 1 }, { enabled: mayQuarantine })
  const camera = useRead('camera.summary', {}, { enabled: mayQuarantine })
  const desk = useDeskCounts()
  const runs = useRead('provisioning.waiting', {}, { enabled: useMay('installer', 'supervisor') })
  const attendance = useRead('attendance.waiting', {}, { everyMs: 60_000 })
  const jobs = useRead('jobs.list', { limit: 50 })
  const tiles = tilesOf({
    status: status.data,
    alarms: useRead('alarms.summary', {}).data,
    summary: summary.data,
    quarantine: quarantine.data?.total,
    images: camera.data?.supported ? camera.data.waiting : undefined,
    desk,
    runs: runs.data,
    attendance: attendance.data,
    charging: useChargingCounts(),
    water: useWaterCounts(),
  })
  const error = status.error ?? summary.error
  const retry = () => void Promise.all([status.refetch(), summary.refetch()])
  return (
    <div className="sd-page">
      <PageHead
        title={t('today.title')}
        purpose={t('today.purpose')}
        aside={
          summary.data ? (
            <AsOf
              at={summary.data.asOf}
              failing={
                summary.error !== null || tiles.some((one) => one.key === 'syncFailed' && one.count > 0)
              }
            />
          ) : null
        }
      />
      {error ? <ErrorState error={error} retry={retry} /> : null}
      {!status.data && !error ? <Skeleton lines={4} /> : null}
      <Tiles tiles={tiles} complete={status.data !== undefined && summary.data !== undefined} />
      <div className="today-columns">
        <div className="sd-stack">
          {summary.data ? <RecentUsage summary={summary.data} /> : null}
          <FailedJobs jobs={jobs.data?.rows ?? []} />
        </div>
        <div className="sd-stack">
          {status.data ? <Sources status={status.data} summary={summary.data} /> : null}
          {status.data ? <Charging lan={status.data.lan} /> : null}
          <Problems problems={status.data?.problems ?? []} />
        </div>
      </div>
    </div>
  )
}
