import { Button, Input, Modal } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SitedeskError } from '#shared/errors.ts'
import { useMay } from '../../app/site.tsx'
import { Facts, type Fact } from '../../ui/figures.tsx'
import { WithReason } from '../../ui/states.tsx'
import { Refused } from './Refused.tsx'

interface ReasonField {
  readonly label: string
  readonly hint: string
  readonly needed: string
  /** fewest characters */
  readonly least: number
}

export interface SheetProps {
  /** null: closed */
  readonly title: string | null
  readonly facts: readonly Fact[]
  /** what it means, before the button */
  readonly text: ReactNode
  readonly above?: ReactNode
  readonly action: string
  readonly danger?: boolean
  readonly reason?: ReasonField
  /** what is still missing before it can be sure; null: nothing */
  readonly lacks?: string | null
  readonly busy: boolean
  readonly error: unknown
  readonly onSure: (reason: string) => void
  /** the payment platform did not answer: a supervisor goes on without it, and says why */
  readonly onInsist?: (why: string, reason: string) => void
  readonly onClose: () => void
}

/** What is about to be decided, whole: who, how much, what follows; one button, which fires once. */
export function DecisionSheet(props: SheetProps) {
  return (
    <Modal
      open={props.title !== null}
      title={props.title}
      footer={null}
      width={480}
      onCancel={props.onClose}
      destroyOnHidden
    >
      {props.title === null ? null : <SheetBody {...props} />}
    </Modal>
  )
}

function SheetBody(props: SheetProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const missing = props.lacks ?? null
  const lacks = missing !== null || (props.reason !== undefined && reason.trim().length < props.reason.least)
  const sure = () => {
    setTried(true)
    if (!lacks && !props.busy) props.onSure(reason.trim())
  }
  return (
    <div className="sd-stack">
      <Facts facts={props.facts} />
      {props.above}
      <p>{props.text}</p>
      {props.reason ? (
        <Reason
          field={props.reason}
          value={reason}
          wrong={tried && lacks}
          onChange={setReason}
          onEnter={sure}
        />
      ) : null}
      <Refused error={props.error} />
      {props.onInsist && unanswered(props.error) ? (
        <Insist busy={props.busy} onInsist={(why) => props.onInsist?.(why, reason.trim())} />
      ) : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={props.onClose}>{t('common.action.cancel')}</Button>
        <WithReason reason={missing}>
          <Button
            type="primary"
            danger={props.danger ?? false}
            loading={props.busy}
            disabled={missing !== null}
            autoFocus={props.reason === undefined && props.lacks === undefined}
            onClick={sure}
          >
            {props.action}
          </Button>
        </WithReason>
      </div>
    </div>
  )
}

const unanswered = (error: unknown) => error instanceof SitedeskError && error.code === 'PAYMENT_UNKNOWN'

const LEAST_WHY = 2

/** Offered to supervisors only, and only once the platform was asked in vain. */
function Insist({ busy, onInsist }: { busy: boolean; onInsist: (why: string) => void }) {
  const { t } = useTranslation()
  const may = useMay('supervisor')
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  if (!may) return null
  const lacks = why.trim().length < LEAST_WHY
  const sure = () => {
    setTried(true)
    if (!lacks && !busy) onInsist(why.trim())
  }
  const field = {
    label: t('charging.insist.why'),
    hint: t('charging.insist.hint'),
    needed: t('charging.insist.needed'),
    least: LEAST_WHY,
  }
  return (
    <div className="sd-stack">
      <Reason field={field} value={why} wrong={tried && lacks} onChange={setWhy} onEnter={sure} />
      <div className="sd-actions sd-actions-end">
        <Button danger loading={busy} onClick={sure}>
          {t('charging.insist.action')}
        </Button>
      </div>
    </div>
  )
}

function Reason(props: {
  field: ReasonField
  value: string
  wrong: boolean
  onChange: (next: string) => void
  onEnter: () => void
}) {
  const id = useId()
  return (
    <div className="sd-field">
      <label htmlFor={id}>{props.field.label}</label>
      <Input
        id={id}
        autoFocus
        maxLength={200}
        placeholder={props.field.hint}
        value={props.value}
        status={props.wrong ? 'error' : ''}
        aria-invalid={props.wrong}
        onChange={(event) => props.onChange(event.target.value)}
        onPressEnter={props.onEnter}
      />
      <span className="sd-complaint" role="alert">
        {props.wrong ? props.field.needed : null}
      </span>
    </div>
  )
}
