import { useTranslation } from 'react-i18next'
import type { RunHead } from '#shared/contract/provisioning.ts'
import { COUNTS, totalOf } from './tones.ts'

/** How far the whole run is: one bar of all chargers, and the counts in words. */
export function RunCounts({ run }: { run: RunHead }) {
  const { t } = useTranslation()
  const total = totalOf(run)
  const { passed, failed } = run.counts
  return (
    <div
      className="run-counts"
      role="group"
      aria-label={t('provisioning.progress', { passed, failed, total })}
    >
      <div className="run-whole" aria-hidden>
        {COUNTS.filter((key) => run.counts[key] > 0).map((key) => (
          <i key={key} data-state={key} style={{ flexGrow: run.counts[key] }} />
        ))}
      </div>
      <dl>
        {COUNTS.map((key) => (
          <div key={key} data-state={key} data-none={run.counts[key] === 0 ? '' : undefined}>
            <dt>{t(`provisioning.count.${key}`)}</dt>
            <dd className="sd-figure">{run.counts[key]}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
