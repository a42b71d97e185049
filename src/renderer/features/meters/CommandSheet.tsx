import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MeterAction } from '#shared/contract/meter-commands.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { Code, Facts } from '../../ui/figures.tsx'
import { givenOf, NO_SECOND, SecondPerson, secondOf, type Second } from '../../ui/SecondPerson.tsx'
import { ErrorState, Reading } from '../../ui/states.tsx'
import { actionText, consequenceText } from './command-words.ts'
import { GateState } from './MeterBits.tsx'

/** A command is answered when the vendor accepted it: its own time-out, and a log-in before it. */
const ANSWER_MS = 75_000

interface Props {
  readonly action: MeterAction
  readonly meters: readonly MeterRow[]
  readonly onClose: () => void
}

/** Names what will happen to whom before anything is sent (I-30). */
export function CommandSheet({ action, meters, onClose }: Props) {
  const { t } = useTranslation()
  const [only] = meters
  const name = actionText(t, action, meters)
  const title =
    meters.length === 1
      ? t('meterData.command.confirmTitle', { action: name, meter: only?.tableNo ?? '' })
      : t('meterData.command.confirmMany', { action: name, n: meters.length })
  const guard = useRead('meters.protected', { meterIds: meters.map(({ id }) => id), limit: 1000 })
  return (
    <Modal open title={title} footer={null} onCancel={onClose} destroyOnHidden>
      <Reading read={guard} lines={4}>
        {(answer) => (
          <Confirm action={action} meters={meters} guarded={answer.rows} onClose={onClose} name={name} />
        )}
      </Reading>
    </Modal>
  )
}

interface ConfirmProps extends Props {
  readonly name: string
  readonly guarded: readonly { readonly meterId: string; readonly reason: string }[]
}

function Confirm({ action, meters, guarded, onClose, name }: ConfirmProps) {
  const { t } = useTranslation()
  const [second, setSecond] = useState(NO_SECOND)
  const sending = useSending({ action, meters, second })
  const one = meters.length === 1
  const cuts = action === 'close'
  const left = meters.length - guarded.length
  const needsSecond = cuts && (one ? guarded.length > 0 : left > 1)
  const isBlocked = cuts && !one && left === 0
  const isReady = !isBlocked && (!needsSecond || givenOf(second) === 'whole')
  if (sending.done)
    return <Done text={sending.done} meter={one ? (meters[0] ?? null) : null} onClose={onClose} />
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady && !sending.busy) sending.send(needsSecond)
      }}
    >
      <Whom meters={meters} />
      <strong>{consequenceText(t, action, meters)}</strong>
      {cuts && guarded.length > 0 ? <Guarded one={one} guarded={guarded} blocked={isBlocked} /> : null}
      {needsSecond ? (
        <SecondPerson text={t('meterData.command.secondText')} value={second} onChange={setSecond} />
      ) : null}
      <p className="sd-quiet">
        {one ? null : t('meterData.command.pace')} {t('meterData.command.once')}
      </p>
      {sending.error ? <ErrorState error={sending.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onClose}>{t('common.action.cancel')}</Button>
        <Button type="primary" danger={cuts} htmlType="submit" loading={sending.busy} disabled={!isReady}>
          {name}
        </Button>
      </div>
    </form>
  )
}

function useSending({ action, meters, second }: Omit<Props, 'onClose'> & { second: Second }) {
  const { t } = useTranslation()
  const single = useWrite('meters.command', { timeoutMs: ANSWER_MS })
  const many = useWrite('meters.commandMany')
  const [only] = meters
  return {
    busy: single.isPending || many.isPending,
    error: single.error ?? many.error,
    done: single.data
      ? t('meterData.command.accepted')
      : many.data
        ? t('meterData.command.queued', { n: many.data.waiting })
        : null,
    send(withSecond: boolean) {
      const more = withSecond ? secondOf(second) : {}
      if (meters.length === 1 && only) single.mutate({ meterId: only.id, action, ...more })
      else many.mutate({ meterIds: meters.map(({ id }) => id), action, ...more })
    },
  }
}

/** Of one its place and user, of several the first few. */
function Whom({ meters }: { meters: readonly MeterRow[] }) {
  const { t } = useTranslation()
  const [only] = meters
  if (meters.length === 1 && only) {
    const facts = [
      { label: t('meterData.command.meter'), value: <Code>{only.tableNo}</Code> },
      { label: t('meterData.command.where'), value: [only.place, only.house].filter(Boolean).join(' · ') },
      { label: t('meterData.command.user'), value: only.user },
      { label: t('meterData.command.gateNow'), value: <GateState row={only} /> },
    ]
    return <Facts facts={facts} />
  }
  return (
    <ul className="meter-whom" tabIndex={0} aria-label={t('meterData.command.meter')}>
      {meters.map((meter) => (
        <li key={meter.id}>
          <Code>{meter.tableNo}</Code> {[meter.place, meter.house, meter.user].filter(Boolean).join(' · ')}
        </li>
      ))}
    </ul>
  )
}

function Guarded({
  one,
  guarded,
  blocked,
}: {
  one: boolean
  guarded: ConfirmProps['guarded']
  blocked: boolean
}) {
  const { t } = useTranslation()
  if (one)
    return <p role="alert">{t('meterData.command.protectedOne', { reason: guarded[0]?.reason ?? '' })}</p>
  return (
    <p role="alert">
      {blocked
        ? t('meterData.command.allProtected')
        : t('meterData.command.protectedSkip', { n: guarded.length })}
    </p>
  )
}

function Done({ text, meter, onClose }: { text: string; meter: MeterRow | null; onClose: () => void }) {
  const { t } = useTranslation()
  const query = meter ? `?query=${encodeURIComponent(meter.tableNo)}` : ''
  return (
    <div className="sd-stack" role="status">
      <strong>{text}</strong>
      <Link to={`/meter-commands${query}`} onClick={onClose}>
        {t('meterData.command.openLog')}
      </Link>
      <div className="sd-actions sd-actions-end">
        <Button type="primary" onClick={onClose}>
          {t('common.action.close')}
        </Button>
      </div>
    </div>
  )
}
