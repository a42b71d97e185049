import { Button, Input } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../app/format.ts'
import { Panel } from '../../ui/DeskPage.tsx'
import { Money } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'
import type { Difference } from './figures.ts'
import { Signed } from './Signed.tsx'

/** The count is kept; now the figures may be seen, and the difference wants a reason. It never stops the close. */
export function DifferenceStep(props: {
  difference: Difference
  busy: boolean
  error: unknown
  onReason: (reason: string) => void
  onAgain: () => void
}) {
  const { t } = useTranslation()
  const id = useId()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const lacks = reason.trim().length < 2
  const submit = () => {
    setTried(true)
    if (!lacks && !props.busy) props.onReason(reason.trim())
  }
  return (
    <Panel title={t('shifts.diff.title')} purpose={t('shifts.diff.purpose')}>
      <div className="sd-stack">
        <Figures difference={props.difference} />
        <div className="sd-field">
          <label htmlFor={id}>{t('shifts.diff.reason')}</label>
          <Input.TextArea
            id={id}
            autoFocus
            rows={2}
            maxLength={400}
            placeholder={t('shifts.diff.reasonHint')}
            value={reason}
            status={tried && lacks ? 'error' : ''}
            onChange={(event) => setReason(event.target.value)}
          />
          <span className="sd-complaint" role="alert">
            {tried && lacks ? t('shifts.diff.reasonNeeded') : null}
          </span>
          <span>{t('shifts.diff.kept', { amount: formatMoney(props.difference.countedFen) })}</span>
        </div>
        {props.error ? <ErrorState error={props.error} /> : null}
        <div className="sd-actions sd-actions-end">
          <Button onClick={props.onAgain}>{t('shifts.diff.again')}</Button>
          <Button type="primary" size="large" loading={props.busy} onClick={submit}>
            {t('shifts.diff.submit')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

function Figures({ difference }: { difference: Difference }) {
  const { t } = useTranslation()
  const { expectedFen, countedFen, differenceFen } = difference
  return (
    <dl className="shift-three">
      <Three label={t('shifts.expected')}>
        <Money fen={expectedFen} large />
      </Three>
      <Three label={t('shifts.counted')}>
        <Money fen={countedFen} large />
      </Three>
      <Three
        label={`${t('shifts.difference')} · ${t(differenceFen > 0 ? 'shifts.diff.over' : 'shifts.diff.short')}`}
      >
        <Signed fen={differenceFen} large />
      </Three>
    </dl>
  )
}

function Three(props: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
