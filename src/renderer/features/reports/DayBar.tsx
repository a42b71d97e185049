import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReportFilter, ReportTable, ReportVersion } from '#shared/contract/reports.ts'
import { formatDay } from '#shared/time.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useFormat, useSite } from '../../app/site.tsx'
import { useWhyNot } from '../../app/why-not.tsx'
import { Notice, WithReason } from '../../ui/states.tsx'
import { Sheet } from '../attendance/Sheet.tsx'
import { ChangeTable } from './ChangeTable.tsx'

const LEAST_REASON = 4

interface Props {
  readonly table: ReportTable | undefined
  readonly filter: ReportFilter
  readonly set: (changes: Record<string, string>) => void
}

/** How a day stands: open, or closed by whom; its versions, and what each changed. */
export function DayBar({ table, set }: Props) {
  const { t } = useTranslation()
  const { zone } = useSite()
  const day = table?.from === null || table?.from === undefined ? undefined : formatDay(table.from, zone)
  const versions = useRead(
    'reports.versions',
    { day: day ?? '1970-01-01', limit: 50 },
    { enabled: day !== undefined },
  )
  if (!table || day === undefined) return null
  const rows = versions.data?.rows ?? []
  const { closed } = table
  const newest = rows[0]?.version
  return (
    <section className="rp-day" aria-label={t('reports.day.label', { day })}>
      <Standing day={day} to={table.to ?? 0} closed={closed} newest={newest ?? closed?.version ?? 0} />
      {rows.length > 1 ? <Versions rows={rows} shown={closed?.version} set={set} /> : null}
      {closed && closed.version > 1 ? <ChangeTable day={day} version={closed.version} /> : null}
    </section>
  )
}

function Standing(props: { day: string; to: number; closed: ReportVersion | null; newest: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  const { day, closed, newest } = props
  const over = props.to <= format.now()
  const mayNot = useWhyNot(closed ? 'reports.recompute' : 'reports.close')
  const reason = mayNot ?? (over ? null : t('reports.day.notOver'))
  const values = closed && {
    version: closed.version,
    who: closed.by,
    time: format.full(closed.at).slice(0, 16),
  }
  return (
    <Notice tone={closed ? 'good' : 'neutral'}>
      <strong>{values ? t('reports.day.closed', values) : t('reports.day.open')}</strong>
      <span>
        {closed
          ? closed.version < newest
            ? t('reports.day.older', { newest })
            : t('reports.day.closedText')
          : t('reports.day.openText')}
        {closed && closed.reason !== '' ? ` ${t('reports.day.because', { reason: closed.reason })}` : ''}
      </span>
      <div className="sd-actions">
        <WithReason reason={reason}>
          <Button size="small" disabled={reason !== null} onClick={() => setAsking(true)}>
            {closed ? t('reports.day.recompute') : t('reports.day.close')}
          </Button>
        </WithReason>
        <Link to="/reports/closed">{t('reports.closed.title')}</Link>
      </div>
      {closed ? (
        <RecomputeDialog day={day} open={asking} onClose={() => setAsking(false)} />
      ) : (
        <CloseDialog day={day} open={asking} onClose={() => setAsking(false)} />
      )}
    </Notice>
  )
}

interface DialogProps {
  readonly day: string
  readonly open: boolean
  readonly onClose: () => void
}

function CloseDialog({ day, open, onClose }: DialogProps) {
  const { t } = useTranslation()
  const close = useWrite('reports.close', { onSuccess: onClose })
  return (
    <Sheet
      title={open ? t('reports.day.closeTitle', { day }) : null}
      text={t('reports.day.closeFollows')}
      action={t('reports.day.close')}
      busy={close.isPending}
      error={close.error}
      onSure={() => close.mutate({ day })}
      onClose={() => {
        close.reset()
        onClose()
      }}
    />
  )
}

function RecomputeDialog({ day, open, onClose }: DialogProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const done = () => {
    setReason('')
    onClose()
  }
  const recompute = useWrite('reports.recompute', { onSuccess: done })
  return (
    <Sheet
      title={open ? t('reports.day.recomputeTitle', { day }) : null}
      text={t('reports.day.recomputeFollows')}
      action={t('reports.day.recompute')}
      busy={recompute.isPending}
      blocked={reason.trim().length < LEAST_REASON}
      error={recompute.error}
      onSure={() => recompute.mutate({ day, reason: reason.trim() })}
      onClose={() => {
        recompute.reset()
        done()
      }}
    >
      <label className="rp-field">
        <span>{t('reports.day.reason')}</span>
        <Input
          autoFocus
          maxLength={400}
          value={reason}
          placeholder={t('reports.day.reasonHint', { n: LEAST_REASON })}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
    </Sheet>
  )
}

function Versions(props: {
  rows: readonly ReportVersion[]
  shown: number | undefined
  set: (changes: Record<string, string>) => void
}) {
  const { t } = useTranslation()
  const newest = props.rows[0]?.version
  return (
    <div className="rp-versions" role="group" aria-label={t('reports.day.versions')}>
      <span className="sd-quiet">{t('reports.day.versions')}</span>
      {props.rows.toReversed().map(({ version, by }) => (
        <Button
          key={version}
          size="small"
          aria-pressed={version === props.shown}
          type={version === props.shown ? 'primary' : 'default'}
          onClick={() => props.set({ version: version === newest ? '' : String(version) })}
        >
          {t('reports.day.versionBy', { version, who: by })}
        </Button>
      ))}
    </div>
  )
}
