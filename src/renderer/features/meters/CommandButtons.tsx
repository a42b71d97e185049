import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterAction } from '#shared/contract/meter-commands.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { State } from '../../ui/figures.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { actionText } from './command-words.ts'
import { CommandSheet } from './CommandSheet.tsx'

const ACTIONS = ['close', 'open', 'read'] as const

interface Props {
  readonly meters: readonly MeterRow[]
  /** the vendor does not answer now */
  readonly away: boolean
  readonly size?: 'small'
  /** a command was given */
  readonly onDone?: () => void
}

/** Trip, close, read: disabled with the reason while the vendor is away, never kept for later. */
export function CommandButtons({ meters, away, size, onDone }: Props) {
  const { t } = useTranslation()
  const [action, setAction] = useState<MeterAction | null>(null)
  const mayNot = useWhyNot('meters.command')
  const reason =
    mayNot ??
    (meters.some(({ source }) => source !== 'imr')
      ? t('meterData.command.notImr')
      : away
        ? t('meterData.command.offline')
        : null)
  return (
    <>
      {ACTIONS.map((one) => (
        <WithReason key={one} reason={reason}>
          <Button
            {...(size ? { size } : {})}
            danger={one === 'close'}
            disabled={reason !== null}
            onClick={() => setAction(one)}
          >
            {actionText(t, one, meters)}
          </Button>
        </WithReason>
      ))}
      {action ? (
        <CommandSheet
          action={action}
          meters={meters}
          onClose={() => {
            setAction(null)
            onDone?.()
          }}
        />
      ) : null}
    </>
  )
}

/** Whether a trip of a selection reaches this meter, and who may change that. */
export function Protection({ meter }: { meter: MeterRow }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const read = useRead('meters.protected', { meterIds: [meter.id] })
  const [row] = read.data?.rows ?? []
  const reason = useWhyNot('meters.protect')
  return (
    <>
      {row ? (
        <State tone="attention">
          <span title={row.reason}>{t('meterData.protect.tag')}</span>
        </State>
      ) : null}
      <WithReason reason={reason}>
        <Button disabled={reason !== null || !read.data} onClick={() => setAsking(true)}>
          {t(row ? 'meterData.protect.remove' : 'meterData.protect.add')}
        </Button>
      </WithReason>
      {asking ? <ProtectSheet meter={meter} protect={!row} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

export function ProtectSheet(props: {
  meter: { readonly id: string; readonly tableNo: string }
  protect: boolean
  onClose: () => void
  onSaved?: () => void
}) {
  const { meter, protect, onClose, onSaved } = props
  const { t } = useTranslation()
  const id = useId()
  const [reason, setReason] = useState('')
  const save = useWrite('meters.protect', {
    onSuccess: () => {
      onClose()
      onSaved?.()
    },
  })
  const isReady = reason.trim().length >= 2
  return (
    <Modal
      open
      title={`${t(protect ? 'meterData.protect.add' : 'meterData.protect.remove')}: ${meter.tableNo}`}
      footer={null}
      onCancel={onClose}
    >
      <form
        className="sd-stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) save.mutate({ meterId: meter.id, protected: protect, reason: reason.trim() })
        }}
      >
        <p className="sd-quiet">{t('meterData.protect.text')}</p>
        <div className="sd-field">
          <label htmlFor={id}>{t('meterData.protect.reason')}</label>
          <Input
            id={id}
            maxLength={200}
            placeholder={t('meterData.protect.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        {save.error ? <ErrorState error={save.error} /> : null}
        <div className="sd-actions sd-actions-end">
          <Button onClick={onClose}>{t('common.action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending} disabled={!isReady}>
            {t('meterData.protect.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
