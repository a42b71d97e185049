import { ArrowRightOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { AttendanceCorrection } from '#shared/contract/attendance.ts'
import { useFormat } from '../../app/site.tsx'
import { Hours } from './Hours.tsx'
import { useSpanText } from './Span.tsx'
import { clockOf } from './span.ts'

type Times = AttendanceCorrection['old']

/** Old → new in one line; what changes is bold in the new one. */
export function Change({ of }: { of: Pick<AttendanceCorrection, 'old' | 'new'> }) {
  const { t } = useTranslation()
  return (
    <span className="att-change">
      <One of={of.old} label={t('attendance.corrections.from')} />
      <ArrowRightOutlined aria-hidden />
      <One of={of.new} before={of.old} label={t('attendance.corrections.to')} />
    </span>
  )
}

function One({ of, before, label }: { of: Times; before?: Times; label: string }) {
  const format = useFormat()
  const text = useSpanText()
  const day = format.date(of.checkInAt)
  const from = clockOf(of.checkInAt, format.zone)
  const bold = (same: boolean, words: string) => (same ? words : <strong>{words}</strong>)
  return (
    <span className="sd-figure" title={`${label} ${text.whole(of)}`}>
      {before === undefined ? `${day} ` : null}
      {bold(before === undefined || before.checkInAt === of.checkInAt, from)} –{' '}
      {bold(before === undefined || before.checkOutAt === of.checkOutAt, text.end(of))}
      {of.minutes === null ? null : (
        <span className="sd-quiet">
          {' '}
          <Hours minutes={of.minutes} short />
        </span>
      )}
    </span>
  )
}
