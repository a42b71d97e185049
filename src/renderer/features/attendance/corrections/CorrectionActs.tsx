import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendanceCorrection } from '#shared/contract/attendance.ts'
import { useWrite } from '../../../api/queries.ts'
import { WithReason } from '../../../ui/states.tsx'
import { Change } from '../Change.tsx'
import { Person } from '../Person.tsx'
import { Sheet } from '../Sheet.tsx'
import { TextField } from '../../../ui/TextField.tsx'

type Act = 'accept' | 'reject' | 'withdraw'

/** Yes or no where this operator's phone is the other side; taken back where it is this one (R-59). */
export function CorrectionActs(props: { correction: AttendanceCorrection; locked: boolean }) {
  const { correction, locked } = props
  const { t } = useTranslation()
  const [asking, setAsking] = useState<Act | null>(null)
  if (correction.waitsFor === null) return null
  const { side, name } = correction.waitsFor
  const who = `${t(`attendance.sideName.${side}`)} ${name}`
  const why = correction.mayDecide ? null : t('attendance.corrections.notYours', { who })
  // no is possible in a locked period: nothing moves
  const whyNotYes = why ?? (locked ? t('attendance.reason.locked') : null)
  return (
    <div className="sd-actions">
      <WithReason reason={whyNotYes}>
        <Button type="primary" disabled={whyNotYes !== null} onClick={() => setAsking('accept')}>
          {t('attendance.corrections.accept')}
        </Button>
      </WithReason>
      <WithReason reason={why}>
        <Button disabled={why !== null} onClick={() => setAsking('reject')}>
          {t('attendance.corrections.reject')}
        </Button>
      </WithReason>
      {correction.mayWithdraw ? (
        <Button onClick={() => setAsking('withdraw')}>{t('attendance.corrections.withdraw')}</Button>
      ) : null}
      {asking === null ? null : <Ask act={asking} correction={correction} onClose={() => setAsking(null)} />}
    </div>
  )
}

function Ask(props: { act: Act; correction: AttendanceCorrection; onClose: () => void }) {
  const { act, correction, onClose } = props
  const { correctionId } = correction
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const decide = useWrite('attendance.decideCorrection', { onSuccess: onClose })
  const withdraw = useWrite('attendance.withdrawCorrection', { onSuccess: onClose })
  const sure = () => {
    if (act === 'withdraw') return withdraw.mutate({ correctionId })
    const decision = act === 'accept' ? 'confirm' : 'reject'
    return decide.mutate({ correctionId, decision, ...(act === 'reject' ? { reason: reason.trim() } : {}) })
  }
  return (
    <Sheet
      title={t(`attendance.corrections.${act}`)}
      facts={[
        {
          label: t('attendance.person'),
          value: <Person name={correction.userName} phone={correction.user} />,
        },
        { label: t('attendance.corrections.change'), value: <Change of={correction} /> },
        { label: t('attendance.note'), value: correction.note },
      ]}
      text={t(`attendance.corrections.${act}Text`)}
      action={t(`attendance.corrections.${act}`)}
      danger={act === 'reject'}
      busy={decide.isPending || withdraw.isPending}
      error={decide.error ?? withdraw.error}
      onSure={sure}
      onClose={onClose}
    >
      {act === 'reject' ? (
        <TextField label={t('attendance.reasonLabel')} value={reason} onChange={setReason} max={200} first />
      ) : undefined}
    </Sheet>
  )
}
