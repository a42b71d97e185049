import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MeterCommandRow } from '#shared/contract/meter-commands.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { ErrorState, Notice, WithReason } from '../../ui/states.tsx'

/** One call's most: a selection holds no more commands (contract). */
const MOST = 500

/** Selections that still send, each with its stop: what has not left never does. */
export function RunningSelections() {
  const waiting = useRead('meters.commands', { state: 'waiting', limit: MOST })
  const rows = (waiting.data?.rows ?? []).filter(({ batchId }) => batchId !== null)
  const batches = [...Map.groupBy(rows, ({ batchId }) => batchId ?? '')]
  return batches.map(([batchId, of]) => <OneSelection key={batchId} batchId={batchId} waiting={of} />)
}

function OneSelection({ batchId, waiting }: { batchId: string; waiting: readonly MeterCommandRow[] }) {
  const { t } = useTranslation()
  const stop = useWrite('meters.commandStop')
  const [first] = waiting
  const reason = useWhyNot('meters.commandStop')
  return (
    <Notice tone="neutral">
      <span className="sd-actions">
        <span>
          {t('meterData.command.running', {
            action: first ? t(`meterData.command.action.${first.action}`) : '',
            n: waiting.length,
            by: first?.requestedBy ?? '',
          })}
        </span>
        <WithReason reason={reason}>
          <Button
            size="small"
            danger
            disabled={reason !== null}
            loading={stop.isPending}
            onClick={() => stop.mutate({ batchId })}
          >
            {t('meterData.command.stop')}
          </Button>
        </WithReason>
      </span>
      {stop.error ? <ErrorState error={stop.error} /> : null}
    </Notice>
  )
}
