import { App, Button, Checkbox, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { isDigits, wantedOf, type DecisionKind, type Draft, type Subject } from './decision-draft.ts'
import { DecisionPreview } from './DecisionPreview.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { isRegister } from './register-text.ts'

interface Props {
  readonly subject: Subject
  readonly kinds: readonly DecisionKind[]
  readonly unit: string
  /** what the fields hold at first */
  readonly given?: Partial<Draft>
  /** it is about a fall of the register, not about a jump */
  readonly fell?: boolean
  readonly onDone: () => void
  readonly onCancel: () => void
}

const BLANK = { value: '', estimated: false, digits: '', oldLast: '', newFirst: '0' }

/** Decides about a reading: what it was, what the days become, why. */
export function DecisionForm({ subject, kinds, unit, given, fell = false, onDone, onCancel }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({ ...BLANK, kind: kinds[0] ?? 'ignore', ...given })
  const [reason, setReason] = useState('')
  const change = (next: Partial<Draft>) => setDraft({ ...draft, ...next })
  const wanted = wantedOf(subject, draft)
  const deciding = useDeciding(onDone)
  const said = reason.trim()
  const missing = wanted === null ? 'valueNeeded' : said === '' ? 'reasonNeeded' : null
  const word = (kind: DecisionKind) => (kind === 'accept' ? (fell ? 'acceptFall' : 'acceptJump') : kind)
  return (
    <form
      className="sd-stack meter-decide"
      aria-label={t('meters.decide.kindLabel')}
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted && said) deciding.mutate({ ...wanted, reason: said })
      }}
    >
      <Radio.Group
        vertical
        aria-label={t('meters.decide.kindLabel')}
        value={draft.kind}
        options={kinds.map((kind) => ({ value: kind, label: t(`meters.decide.kind.${word(kind)}`) }))}
        onChange={(event) => change({ kind: event.target.value as DecisionKind })}
      />
      <p className="sd-quiet">{t(`meters.decide.hint.${word(draft.kind)}`)}</p>
      <Fields draft={draft} change={change} unit={unit} />
      {wanted ? <DecisionPreview wanted={wanted} unit={unit} /> : null}
      <TextField max={500} label={t('meters.decide.reason')} value={reason} onChange={setReason} />
      {deciding.error ? <ErrorState error={deciding.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onCancel}>{t('common.action.cancel')}</Button>
        <WithReason reason={missing && t(`meters.decide.${missing}`)}>
          <Button type="primary" htmlType="submit" loading={deciding.isPending} disabled={missing !== null}>
            {t('meters.decide.save')}
          </Button>
        </WithReason>
      </div>
    </form>
  )
}

/** Saves and says that it can be taken back. */
export function useDeciding(onDone: () => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  return useWrite('meters.decide', {
    onSuccess: () => {
      void message.info(t('meters.decide.saved'))
      onDone()
    },
  })
}

interface FieldsProps {
  readonly draft: Draft
  readonly change: (next: Partial<Draft>) => void
  readonly unit: string
}

function Fields({ draft, change, unit }: FieldsProps) {
  const { t } = useTranslation()
  const named = (title: string) => (unit ? `${title} (${unit})` : title)
  const wrong = (text: string) => (text === '' || isRegister(text) ? null : t('meters.decide.noRegister'))
  const register = (key: 'value' | 'oldLast' | 'newFirst') => (
    <TextField
      keys="decimal"
      max={20}
      label={named(t(`meters.decide.${key}`))}
      value={draft[key]}
      wrong={wrong(draft[key])}
      onChange={(text) => change({ [key]: text })}
    />
  )
  if (draft.kind === 'rollover')
    return (
      <TextField
        keys="decimal"
        max={20}
        label={t('meters.decide.digits')}
        value={draft.digits}
        wrong={draft.digits === '' || isDigits(draft.digits) ? null : t('meters.decide.noDigits')}
        onChange={(digits) => change({ digits })}
      />
    )
  if (draft.kind === 'exchange')
    return (
      <div className="sd-pair">
        {register('oldLast')}
        {register('newFirst')}
      </div>
    )
  if (draft.kind !== 'value') return null
  return (
    <>
      {register('value')}
      <Checkbox checked={draft.estimated} onChange={(event) => change({ estimated: event.target.checked })}>
        {t('meters.decide.estimated')}
      </Checkbox>
    </>
  )
}
