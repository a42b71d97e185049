import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useCodeText } from '../../../app/i18n/dynamic.ts'
import { State } from '../../../ui/figures.tsx'
import type { GangRow } from './choose.ts'

type Answer = Output<'attendance.decideCheckIns'>

interface Props {
  readonly title: string
  readonly answer: Answer
  readonly rows: readonly GangRow[]
  /** subscribers are told by an answer to their request */
  readonly tells: boolean
  readonly busy?: boolean
  /** long shifts are ended once somebody says that they are right */
  readonly onLong?: (recordIds: readonly string[]) => void
  readonly onClose: () => void
}

/** What became of each: those that were refused, with the rule that did. */
export function Results(props: Props) {
  const { t } = useTranslation()
  const done = props.answer.results.filter(({ ok }) => ok)
  const failed = props.answer.results.filter(({ ok }) => !ok)
  const long = props.onLong ? failed.filter(({ reason }) => reason === 'longShift') : []
  const rowOf = (id: string) => props.rows.find(({ recordId }) => recordId === id)
  const told = props.tells ? done.filter(({ recordId }) => rowOf(recordId)?.subscribed).length : 0
  return (
    <Modal open title={props.title} footer={null} width={520} onCancel={props.onClose}>
      <div className="sd-stack">
        <div className="sd-message" data-tone={failed.length > 0 ? 'attention' : 'good'} role="status">
          <strong>{t('attendance.gang.done', { n: done.length })}</strong>
          {failed.length > 0 ? <span>{t('attendance.gang.failed', { n: failed.length })}</span> : null}
          {told > 0 ? <span>{t('attendance.gang.doneTold', { n: told })}</span> : null}
        </div>
        <Failed failed={failed} nameOf={(id) => rowOf(id)?.userName ?? ''} />
        <div className="sd-actions sd-actions-end">
          {long.length > 0 ? (
            <Button
              loading={props.busy ?? false}
              onClick={() => props.onLong?.(long.map(({ recordId }) => recordId))}
            >
              {t('attendance.gang.long', { n: long.length })}
            </Button>
          ) : null}
          <Button type="primary" autoFocus onClick={props.onClose}>
            {t('common.action.close')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

function Failed({ failed, nameOf }: { failed: Answer['results']; nameOf: (recordId: string) => string }) {
  const { t } = useTranslation()
  const code = useCodeText()
  if (failed.length === 0) return null
  return (
    <ul className="att-lines" tabIndex={0} aria-label={t('attendance.gang.failed', { n: failed.length })}>
      {failed.map(({ recordId, reason, text }) => (
        <li key={recordId}>
          <span>{nameOf(recordId)}</span>
          <State tone="bad">{reason === null ? text : code('attendance.reason', reason)}</State>
        </li>
      ))}
    </ul>
  )
}
