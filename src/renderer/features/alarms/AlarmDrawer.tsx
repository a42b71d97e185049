import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlarmRow } from '#shared/contract/alarms.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { usePageKey } from '../../app/keys.tsx'
import { MayButton, useWhyNot } from '../../app/why-not.tsx'
import { Facts, State, Time } from '../../ui/figures.tsx'
import { ErrorState, Reading, WithReason } from '../../ui/states.tsx'
import { History } from './History.tsx'
import { SnoozeButton } from './SnoozeButton.tsx'
import { useDeeds, type Deeds } from './use-deeds.ts'
import { AlarmState } from './columns.tsx'
import { aboutOf, figureOf, SEVERITY_TONE } from './words.ts'

/** One alarm: what it says, what to do with it by button or key, and its history. */
export function AlarmDrawer({ row, close }: { row: AlarmRow; close: () => void }) {
  const read = useRead('alarms.get', { id: row.id }, { keepPrevious: false })
  return (
    <Reading read={read} lines={8}>
      {({ alarm, events }) => (
        <div className="sd-stack">
          <AlarmFacts alarm={alarm} />
          <Actions alarm={alarm} close={close} />
          <Say alarm={alarm} />
          <History events={events} rule={alarm.rule} />
        </div>
      )}
    </Reading>
  )
}

function AlarmFacts({ alarm }: { alarm: AlarmRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('alarms.about'), value: aboutOf(t, alarm) },
        ...(alarm.figure === null
          ? []
          : [{ label: t('alarms.figure'), value: figureOf(t, alarm.rule, alarm.value) }]),
        {
          label: t('alarms.severityTitle'),
          value: <State tone={SEVERITY_TONE[alarm.severity]}>{t(`alarms.severity.${alarm.severity}`)}</State>,
        },
        {
          label: t('alarms.state'),
          value: (
            <>
              <AlarmState row={alarm} t={t} />
              {alarm.state === 'cleared' && alarm.holds ? (
                <span className="sd-quiet"> {t('alarms.stillHolds')}</span>
              ) : null}
            </>
          ),
        },
        { label: t('alarms.raisedAt'), value: <Time at={alarm.raisedAt} /> },
        ...(alarm.snoozedUntil === null
          ? []
          : [{ label: t('alarms.snoozedUntil'), value: <Time at={alarm.snoozedUntil} /> }]),
      ]}
    />
  )
}

function Actions({ alarm, close }: { alarm: AlarmRow; close: () => void }) {
  const { t } = useTranslation()
  const deeds = useDeeds([alarm])
  usePageKey('a', 'alarms.key.acknowledge', deeds.acknowledge)
  usePageKey('s', 'alarms.key.snooze', () => deeds.snooze(8))
  usePageKey('m', 'alarms.key.take', () => deeds.assign(deeds.me))
  if (alarm.state === 'cleared') return null
  return (
    <div className="sd-actions">
      <MayButton
        operation="alarms.acknowledge"
        type="primary"
        disabled={alarm.state !== 'raised'}
        onClick={deeds.acknowledge}
      >
        {t('alarms.acknowledge')} <kbd>A</kbd>
      </MayButton>
      {alarm.snoozedUntil === null ? (
        <SnoozeButton onSnooze={deeds.snooze} />
      ) : (
        <MayButton operation="alarms.snooze" onClick={deeds.wake}>
          {t('alarms.wake')}
        </MayButton>
      )}
      <Assign alarm={alarm} deeds={deeds} />
      <Clear alarm={alarm} close={close} />
    </div>
  )
}

/** Oneself, or anybody for a supervisor. */
function Assign({ alarm, deeds }: { alarm: AlarmRow; deeds: Deeds }) {
  const { t } = useTranslation()
  const names = useRead('alarms.assignees', {}).data?.names ?? []
  const offered = deeds.leads ? names : names.filter((name) => name === deeds.me)
  return (
    <WithReason reason={deeds.why.assign}>
      <Select
        aria-label={t('alarms.assignee')}
        placeholder={t('alarms.assignee')}
        disabled={deeds.why.assign !== null}
        value={alarm.assignee}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        options={offered.map((value) => ({ value, label: value }))}
        onChange={(next: string | null | undefined) => deeds.assign(next ?? null)}
        style={{ width: 130 }}
      />
    </WithReason>
  )
}

/** By hand, with a reason: what goes on stays quiet until it ended and came again. */
function Clear({ alarm, close }: { alarm: AlarmRow; close: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<string | null>(null)
  const clear = useWrite('alarms.clear', { onSuccess: close })
  if (reason === null)
    return (
      <MayButton operation="alarms.clear" onClick={() => setReason('')}>
        {t('alarms.clear')}
      </MayButton>
    )
  const send = () => reason.trim() !== '' && clear.mutate({ ids: [alarm.id], comment: reason.trim() })
  return (
    <div className="alarm-say">
      <Input
        autoFocus
        value={reason}
        maxLength={400}
        aria-label={t('alarms.clearWhy')}
        placeholder={t('alarms.clearWhy')}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={send}
      />
      <Button disabled={reason.trim() === ''} loading={clear.isPending} onClick={send}>
        {t('alarms.clear')}
      </Button>
      {clear.error ? <ErrorState error={clear.error} brief /> : null}
    </div>
  )
}

function Say({ alarm }: { alarm: AlarmRow }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const why = useWhyNot('alarms.comment')
  const say = useWrite('alarms.comment', { onSuccess: () => setText('') })
  const send = () => text.trim() !== '' && say.mutate({ id: alarm.id, comment: text.trim() })
  return (
    <div className="alarm-say">
      <Input
        value={text}
        disabled={why !== null}
        maxLength={400}
        aria-label={t('alarms.comment')}
        placeholder={t('alarms.comment')}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={send}
      />
      <MayButton
        operation="alarms.comment"
        disabled={text.trim() === ''}
        loading={say.isPending}
        onClick={send}
      >
        {t('alarms.say')}
      </MayButton>
      {say.error ? <ErrorState error={say.error} brief /> : null}
    </div>
  )
}
