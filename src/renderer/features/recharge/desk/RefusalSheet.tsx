import { Button, Input } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ErrorCode } from '#shared/errors.ts'
import { useWrite } from '../../../api/queries.ts'
import { codeOf, useErrorText } from '../../../app/i18n/dynamic.ts'
import { useFormat } from '../../../app/site.tsx'
import { formatMoney } from '../../../app/format.ts'
import { MayButton } from '../../../app/why-not.tsx'
import { ErrorState } from '../../../ui/states.tsx'
import { readAmount, readFloat, type AmountProblem } from '../amount.ts'
import type { Confirmation, Sale } from './flow.ts'
import { refusalData } from './refusal-data.ts'
import { useArmed, useDeskKey } from './use-desk-keys.ts'

interface RefusalProps {
  readonly sale: Sale
  readonly error: unknown
  /** posts the same sale under the same intentId */
  readonly onPost: (change: Confirmation) => void
  /** back to the confirm sheet */
  readonly onAgain: () => void
  readonly onBack: () => void
}

/** Nothing can have been saved by these; by a lost connection it can. */
const maybeSaved = (code: ErrorCode) => code === 'CONNECTION_LOST' || code === 'INTERNAL'

/** Why the sale was not taken, what is safe, and the one thing to do about it. */
export function RefusalSheet(props: RefusalProps) {
  const { t } = useTranslation()
  const text = useErrorText()(props.error)
  const { code } = text
  const { stopped } = refusalData(props.error)
  const what = stopped ? t('recharge.refusal.stopped.what') : text.what
  const todo = stopped ? t('recharge.refusal.stopped.todo') : text.todo
  return (
    <section
      role="alertdialog"
      aria-label={what}
      className="sd-panel rd-sheet"
      data-tone={code === 'SHIFT_NOT_OPEN' || code === 'AMOUNT_TOO_LARGE' ? 'attention' : 'bad'}
      data-code={code}
    >
      <h2>{what}</h2>
      <p>{maybeSaved(code) ? t('recharge.refusal.lost') : t('recharge.refusal.nothingSent')}</p>
      <p>{todo}</p>
      <p className="rd-path">
        {props.sale.roomPath.join(' / ')} · {formatMoney(props.sale.amountFen)}
      </p>
      <Cure {...props} code={code} />
    </section>
  )
}

function Cure(props: RefusalProps & { code: ErrorCode }) {
  if (refusalData(props.error).stopped) return <JustBack {...props} />
  switch (props.code) {
    case 'SHIFT_NOT_OPEN':
      return <OpenShift {...props} />
    case 'AMOUNT_TOO_LARGE':
      return <TypeAgain {...props} />
    case 'DUPLICATE_SUSPECTED':
      return <Duplicate {...props} />
    case 'INTENT_CONFLICT':
    case 'ROLE_REQUIRED':
    case 'NOT_ALLOWED_NOW':
    case 'INVALID_INPUT':
      return <JustBack {...props} />
    default:
      return <TryAgain {...props} />
  }
}

function Foot({ onBack, children, back }: { onBack: () => void; children?: ReactNode; back?: string }) {
  const { t } = useTranslation()
  return (
    <div className="sd-actions sd-actions-end">
      <Button size="large" onClick={onBack}>
        {back ?? t('recharge.confirm.back')} <kbd>Esc</kbd>
      </Button>
      {children}
    </div>
  )
}

/** The sale that is in the way, as it stands. */
function Other({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { intentId, other } = refusalData(error)
  return (
    <p>
      {other
        ? t('recharge.refusal.duplicateLead', {
            time: format.full(other.at),
            amount: formatMoney(other.amountFen),
            state: t(`recharge.state.${other.state}`),
          })
        : null}{' '}
      {intentId ? <Link to={`/recharge/records/${intentId}`}>{t('recharge.refusal.seeOther')}</Link> : null}
    </p>
  )
}

function JustBack({ onBack, error }: RefusalProps) {
  const sheet = useRef<HTMLDivElement>(null)
  useEffect(() => sheet.current?.focus(), [])
  return (
    <div ref={sheet} tabIndex={-1} className="rd-cure">
      <Other error={error} />
      <Foot onBack={onBack} />
    </div>
  )
}

function TryAgain(props: RefusalProps) {
  const { t } = useTranslation()
  const armed = useArmed()
  const sheet = useRef<HTMLDivElement>(null)
  useEffect(() => sheet.current?.focus(), [])
  useDeskKey('Enter', () => {
    if (armed) props.onPost({})
  })
  return (
    <div ref={sheet} tabIndex={-1} className="rd-cure">
      <Other error={props.error} />
      <Foot onBack={props.onBack}>
        <Button type="primary" size="large" disabled={!armed} onClick={() => props.onPost({})}>
          {t('recharge.refusal.retry')} <kbd>Enter</kbd>
        </Button>
      </Foot>
    </div>
  )
}

/** Enter, the habit, leaves it; only F8 means it. */
function Duplicate(props: RefusalProps) {
  const { t } = useTranslation()
  const armed = useArmed()
  const sheet = useRef<HTMLDivElement>(null)
  useEffect(() => sheet.current?.focus(), [])
  const anyway = () => {
    if (armed) props.onPost({ confirmedDuplicate: true })
  }
  useDeskKey('F8', anyway)
  return (
    <div ref={sheet} tabIndex={-1} className="rd-cure">
      <Other error={props.error} />
      <Foot onBack={props.onBack} back={t('recharge.refusal.notAgain')}>
        <Button danger size="large" disabled={!armed} onClick={anyway}>
          {t('recharge.refusal.anyway')} <kbd>F8</kbd>
        </Button>
      </Foot>
    </div>
  )
}

/** A large amount is typed a second time (C-21). */
function TypeAgain(props: RefusalProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [differs, setDiffers] = useState(false)
  const { limitFen } = refusalData(props.error)
  const go = () => {
    const amount = readAmount(text)
    if ('fen' in amount && amount.fen === props.sale.amountFen) props.onPost({ confirmedLarge: true })
    else setDiffers(true)
  }
  const label = t('recharge.refusal.again')
  return (
    <div className="rd-cure">
      {limitFen === null ? null : (
        <p className="sd-quiet">{t('recharge.refusal.limit', { amount: formatMoney(limitFen) })}</p>
      )}
      <Typed {...{ label, text, setText, go }} problem={differs ? t('recharge.refusal.againDiffers') : ''} />
      <Foot onBack={props.onBack}>
        <Button type="primary" size="large" onClick={go}>
          {t('recharge.refusal.confirmLarge')} <kbd>Enter</kbd>
        </Button>
      </Foot>
    </div>
  )
}

function OpenShift(props: RefusalProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<AmountProblem | null>(null)
  const open = useWrite('shifts.open', { onSuccess: props.onAgain })
  const go = () => {
    const float = readFloat(text)
    if ('problem' in float) setProblem(float.problem)
    else if (!open.isPending) open.mutate({ cashFloatFen: float.fen })
  }
  // opened meanwhile on another screen: that is what was wanted
  const failed = open.error && codeOf(open.error) !== 'SHIFT_OPEN' ? open.error : null
  const label = t('recharge.refusal.float')
  return (
    <div className="rd-cure">
      <Typed {...{ label, text, setText, go }} problem={problem ? t(`recharge.amount.${problem}`) : ''} />
      <p className="sd-quiet">{t('recharge.refusal.floatHint')}</p>
      {failed ? <ErrorState error={failed} brief /> : null}
      <Foot onBack={props.onBack}>
        <MayButton operation="shifts.open" type="primary" size="large" loading={open.isPending} onClick={go}>
          {t('recharge.refusal.openShift')} <kbd>Enter</kbd>
        </MayButton>
      </Foot>
    </div>
  )
}

function Typed(props: {
  label: string
  text: string
  setText: (text: string) => void
  problem: string
  go: () => void
}) {
  return (
    <label className="sd-field">
      {props.label}
      <Input
        autoFocus
        className="rd-amount-box"
        prefix="¥"
        inputMode="decimal"
        autoComplete="off"
        aria-label={props.label}
        value={props.text}
        status={props.problem === '' ? '' : 'error'}
        onChange={(event) => props.setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (!event.repeat) props.go()
        }}
      />
      <span className="sd-complaint" role="alert">
        {props.problem}
      </span>
    </label>
  )
}
