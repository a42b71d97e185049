import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/contract/alarms.ts'
import { WithReason } from '../../ui/states.tsx'
import { SnoozeButton } from './SnoozeButton.tsx'
import { useDeeds } from './use-deeds.ts'

/** What can be done to the alarms that are chosen. */
export function MarkBar({ rows, clear }: { rows: readonly AlarmRow[]; clear: () => void }) {
  const { t } = useTranslation()
  const deeds = useDeeds(rows, clear)
  const idle = deeds.reason !== null || deeds.open.length === 0
  return (
    <div className="alarm-marks" role="status">
      <strong className="sd-figure">{t('alarms.marked', { n: rows.length })}</strong>
      <Button size="small" type="link" onClick={clear}>
        {t('alarms.unmark')}
      </Button>
      <span className="sd-spring" />
      <WithReason reason={deeds.reason}>
        <Button
          size="small"
          type="primary"
          disabled={idle || deeds.raised.length === 0}
          onClick={deeds.acknowledge}
        >
          {t('alarms.acknowledge')}
        </Button>
      </WithReason>
      <SnoozeButton size="small" disabled={idle} onSnooze={deeds.snooze} />
      <Button size="small" disabled={idle} onClick={() => deeds.assign(deeds.me)}>
        {t('alarms.take')}
      </Button>
    </div>
  )
}
