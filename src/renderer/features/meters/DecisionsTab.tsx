import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { parseDateTime } from '#shared/time.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { EmptyState, ErrorState, Skeleton, WithReason } from '../../ui/states.tsx'
import { Preview, Text } from './DecisionForm.tsx'
import { DecisionLine } from './DecisionLine.tsx'
import { useMayDecide } from './use-may-decide.ts'

/** Decisions shown of one meter; a person enters few. */
const MOST = 200

/** Everything that people decided about a meter's readings, the newest first, and the entry of one more. */
export function DecisionsTab({ meter }: { meter: MeterRow }) {
  const { t } = useTranslation()
  const { may, reason } = useMayDecide()
  const [open, setOpen] = useState(false)
  const read = useRead('meters.decisions', { meterId: meter.id, limit: MOST })
  if (read.error) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={4} />
  return (
    <div className="sd-stack">
      {open ? (
        <EntryForm meterId={meter.id} onDone={() => setOpen(false)} />
      ) : (
        <WithReason reason={reason}>
          <Button disabled={!may || meter.source === 'campus'} onClick={() => setOpen(true)}>
            {t('meters.decide.enter')}
          </Button>
        </WithReason>
      )}
      {read.data.total === 0 ? (
        <EmptyState what={t('meters.decide.none')} todo={t('meters.decide.noneTodo')} />
      ) : (
        read.data.rows.map((decision) => <DecisionLine key={decision.id} decision={decision} />)
      )}
    </div>
  )
}

const NUMBER = /^\d+(\.\d{1,4})?$/

/** A reading that somebody took by eye. */
function EntryForm({ meterId, onDone }: { meterId: string; onDone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [when, setWhen] = useState('')
  const [value, setValue] = useState('')
  const [reason, setReason] = useState('')
  const write = useWrite('meters.decide', { onSuccess: onDone })
  const at = parseDateTime(when.trim(), format.zone)
  const wanted = at !== null && NUMBER.test(value) ? { meterId, at, kind: 'value' as const, value } : null
  return (
    <form
      className="sd-stack meter-decide"
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted && reason.trim()) write.mutate({ ...wanted, reason: reason.trim() })
      }}
    >
      <Text label={t('meters.decide.at')} value={when} onChange={setWhen} />
      <Text label={t('meters.decide.value')} value={value} onChange={setValue} />
      <Text label={t('meters.decide.reason')} value={reason} onChange={setReason} />
      {wanted ? <Preview wanted={wanted} /> : null}
      {write.error ? <ErrorState error={write.error} brief /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onDone}>{t('common.action.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={write.isPending}
          disabled={!wanted || !reason.trim()}
        >
          {t('meters.decide.save')}
        </Button>
      </div>
    </form>
  )
}
