import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../../api/queries.ts'
import { useFormat } from '../../../app/site.tsx'
import { Sheet } from '../Sheet.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { GangRow } from './choose.ts'
import { Names } from './Names.tsx'
import { Results } from './Results.tsx'

interface Props {
  readonly decision: 'confirm' | 'reject'
  readonly rows: readonly GangRow[]
  readonly others: number
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Answers requests: one yes or no for all of them, a result for each. */
export function DecideSheet({ decision, rows, others, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [reason, setReason] = useState('')
  const decide = useWrite('attendance.decideCheckIns', { onSuccess: onDone })
  const asked = rows.flatMap(({ checkInAt }) => checkInAt ?? []).toSorted((a, b) => a - b)
  const [from = 0] = asked
  const to = asked.at(-1) ?? from
  const told = rows.filter(({ subscribed }) => subscribed).length
  const title = t(`attendance.gang.${decision}N`, { n: rows.length })
  if (decide.data) return <Results title={title} answer={decide.data} rows={rows} tells onClose={onClose} />
  return (
    <Sheet
      title={title}
      facts={[
        { label: t('attendance.person'), value: <Names rows={rows} /> },
        {
          label: t('attendance.gang.asked'),
          value: t('attendance.gang.span', { from: format.time(from), to: format.time(to) }),
        },
      ]}
      text={
        <>
          {t(decision === 'confirm' ? 'attendance.gang.confirmText' : 'attendance.gang.rejectText')}{' '}
          {told > 0 ? t('attendance.gang.told', { n: told }) : null}{' '}
          {others > 0 ? t('attendance.gang.others', { n: others }) : null}
        </>
      }
      action={title}
      danger={decision === 'reject'}
      busy={decide.isPending}
      error={decide.error}
      onSure={() =>
        decide.mutate({
          recordIds: rows.flatMap(({ recordId }) => recordId ?? []),
          decision,
          ...(decision === 'reject' ? { reason: reason.trim() } : {}),
        })
      }
      onClose={onClose}
    >
      {decision === 'reject' ? (
        <TextField label={t('attendance.reasonLabel')} value={reason} onChange={setReason} max={200} first />
      ) : undefined}
    </Sheet>
  )
}
