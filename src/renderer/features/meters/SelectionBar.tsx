import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useRead } from '../../api/queries.ts'
import { useChosen } from '../../ui/use-chosen.ts'
import { CommandButtons } from './CommandButtons.tsx'

/** As many as one call takes (contract). */
const MOST = 500

export const useChosenMeters = () => useChosen<MeterRow>(MOST)

/** What can be done to those that are chosen. */
export function SelectionBar({ chosen }: { chosen: ReturnType<typeof useChosenMeters> }) {
  const { t } = useTranslation()
  const status = useRead('system.status', {}, { everyMs: 30_000 })
  const state = status.data?.sources.find(({ source }) => source === 'imr')?.state
  return (
    <div className="meter-chosen" role="status">
      <strong className="sd-figure">{t('meterData.selection.count', { n: chosen.rows.length })}</strong>
      <Button size="small" type="link" onClick={chosen.clear}>
        {t('meterData.selection.clear')}
      </Button>
      {chosen.rows.length === MOST ? <span>{t('meterData.selection.most', { n: MOST })}</span> : null}
      <CommandButtons
        meters={chosen.rows}
        away={state === 'offline' || state === 'stopped'}
        size="small"
        onDone={chosen.clear}
      />
    </div>
  )
}
