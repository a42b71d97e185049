import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterDecision } from '#shared/contract/meter-decisions.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useFormat } from '../../app/site.tsx'
import { ListPart } from '../../ui/ListPart.tsx'
import { WithReason } from '../../ui/states.tsx'
import { decisionColumns } from './decision-columns.tsx'
import { DecisionLine } from './DecisionLine.tsx'
import { ReadingEntry } from './ReadingEntry.tsx'
import { useMayDecide } from './use-may-decide.ts'

const decisionBody = (row: MeterDecision) => <DecisionLine key={row.id} decision={row} />

/** Everything that people decided about a meter's readings, the newest first, and the entry of one more. */
export function DecisionsTab({ meter }: { meter: MeterRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may, reason } = useMayDecide()
  const [entry, setEntry] = useState<'untouched' | 'open' | 'left'>('untouched')
  const columns = useMemo(() => decisionColumns(t, format.full), [t, format])
  return (
    <div className="meter-table">
      {entry === 'open' ? (
        <ReadingEntry meter={meter} onDone={() => setEntry('left')} onCancel={() => setEntry('left')} />
      ) : (
        <div className="sd-actions">
          <WithReason reason={reason}>
            <Button disabled={!may} autoFocus={entry === 'left'} onClick={() => setEntry('open')}>
              {t('meters.decide.enter')}
            </Button>
          </WithReason>
          <span className="sd-quiet">{t('meters.decide.noneTodo')}</span>
        </div>
      )}
      <ListPart
        operation="meters.decisions"
        label={t('meters.tab.decisions')}
        columns={columns}
        input={() => ({ meterId: meter.id })}
        rowKey={(row) => row.id}
        export="meters.decisions"
        exportName={t('meters.decision.exportName', { tableNo: meter.tableNo })}
        empty={{ what: t('meters.decide.none') }}
        drawer={{
          title: (row) => t(`meters.decision.kind.${row.kind}`),
          body: decisionBody,
        }}
        lines={8}
      />
    </div>
  )
}
