import { App, Button, InputNumber, Segmented, Switch } from 'antd'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SEVERITIES } from '#shared/alarms.ts'
import { useWrite } from '../../api/queries.ts'
import { useFixedText } from '../../app/fixed.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { ErrorState, Notice, WithReason } from '../../ui/states.tsx'
import { changesOf, draftOf, isOrdered, shownAs, typedAs, type Draft } from './rule-values.ts'
import type { RuleRow } from './RulesPage.tsx'

/** The settings of one rule; what is not changed is not sent. */
export function RuleForm({ row }: { row: RuleRow }) {
  const { t } = useTranslation()
  const fixedText = useFixedText()
  const { message } = App.useApp()
  const [draft, setDraft] = useState(() => draftOf(row))
  const save = useWrite('alarms.saveRule', { onSuccess: () => void message.info(t('settings.saved')) })
  const changes = changesOf(row, draft)
  const ordered = isOrdered(row, draft)
  const reason = useWhyNot('alarms.saveRule')
  const idle = row.fixed || reason !== null
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ rule: row.rule, ...changes })
      }}
    >
      <p className="sd-quiet">{t(`alarms.rules.says.${row.rule}`)}</p>
      {row.fixed ? <Notice>{fixedText}</Notice> : null}
      <Fields row={row} draft={draft} idle={idle} onChange={(change) => setDraft({ ...draft, ...change })} />
      {ordered ? null : <Notice tone="bad">{t('alarms.rules.order')}</Notice>}
      {save.error ? <ErrorState error={save.error} brief /> : null}
      <div className="sd-actions">
        <WithReason reason={reason}>
          <Button
            type="primary"
            htmlType="submit"
            disabled={idle || !ordered || Object.keys(changes).length === 0}
            loading={save.isPending}
          >
            {t('common.action.save')}
          </Button>
        </WithReason>
        <Button disabled={Object.keys(changes).length === 0} onClick={() => setDraft(draftOf(row))}>
          {t('common.action.reset')}
        </Button>
      </div>
    </form>
  )
}

interface FieldsProps {
  readonly row: RuleRow
  readonly draft: Draft
  readonly idle: boolean
  readonly onChange: (change: Partial<Draft>) => void
}

function Fields({ row, draft, idle, onChange }: FieldsProps) {
  const { t } = useTranslation()
  const unit = row.unit === null ? '' : t(`alarms.unit.${row.unit}`)
  const level = (key: 'level' | 'level2' | 'hysteresis', label: string) => (
    <Amount
      label={label}
      unit={unit}
      value={shownAs(row.unit, draft[key])}
      min={shownAs(row.unit, key === 'hysteresis' ? 0 : row.least)}
      max={shownAs(row.unit, row.most)}
      idle={idle}
      onChange={(value) => onChange({ [key]: typedAs(row.unit, value) })}
    />
  )
  return (
    <div className="alarm-rule">
      <Field label={t('alarms.rules.enabled')}>
        <Switch
          aria-label={t('alarms.rules.enabled')}
          disabled={idle}
          checked={draft.enabled}
          onChange={(enabled) => onChange({ enabled })}
        />
      </Field>
      <Field label={t('alarms.severityTitle')}>
        <Segmented
          aria-label={t('alarms.severityTitle')}
          disabled={idle}
          value={draft.severity}
          onChange={(severity) => onChange({ severity })}
          options={SEVERITIES.map((value) => ({ value, label: t(`alarms.severity.${value}`) }))}
        />
      </Field>
      {row.unit === null ? null : level('level', t(`alarms.rules.side.${row.side}`))}
      {row.two ? level('level2', t('alarms.rules.level2')) : null}
      {row.unit === null ? null : level('hysteresis', t('alarms.rules.hysteresis'))}
      <Amount
        label={t('alarms.rules.delay')}
        unit={t('alarms.unit.minutes')}
        value={draft.delayMinutes}
        min={0}
        max={10_080}
        idle={idle}
        onChange={(delayMinutes) => onChange({ delayMinutes })}
      />
    </div>
  )
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="sd-field">
      <span>{label}</span>
      <div className="sd-actions">{children}</div>
    </div>
  )
}

function Amount(props: {
  label: string
  unit: string
  value: number
  min: number
  max: number
  idle: boolean
  onChange: (value: number) => void
}) {
  return (
    <Field label={props.label}>
      <InputNumber
        aria-label={props.label}
        disabled={props.idle}
        min={props.min}
        max={props.max}
        value={props.value}
        onChange={(next) => next !== null && props.onChange(next)}
        style={{ width: 120 }}
      />
      <span className="sd-quiet">{props.unit}</span>
    </Field>
  )
}
