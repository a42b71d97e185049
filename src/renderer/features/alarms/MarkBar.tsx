import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/contract/alarms.ts'
import { MayButton } from '../../app/why-not.tsx'
import { SnoozeButton } from './SnoozeButton.tsx'
import { useDeeds } from './use-deeds.ts'

/** What can be done to the alarms that are chosen. */
export function MarkBar({ rows, clear }: { rows: readonly AlarmRow[]; clear: () => void }) {
  const { t } = useTranslation()
  const deeds = useDeeds(rows, clear)
  const none = deeds.open.length === 0
  return (
    <div className="sd-marks" role="status">
      <strong className="sd-figure">{t('alarms.marked', { n: rows.length })}</strong>
      <Button size="small" type="link" onClick={clear}>
        {t('alarms.unmark')}
      </Button>
      <span className="sd-spring" />
      <MayButton
        operation="alarms.acknowledge"
        size="small"
        type="primary"
        disabled={deeds.raised.length === 0}
        onClick={deeds.acknowledge}
      >
        {t('alarms.acknowledge')}
      </MayButton>
      <SnoozeButton size="small" disabled={none} onSnooze={deeds.snooze} />
      <MayButton
        operation="alarms.assign"
        size="small"
        disabled={none}
        onClick={() => deeds.assign(deeds.me)}
      >
        {t('alarms.take')}
      </MayButton>
    </div>
  )
}
