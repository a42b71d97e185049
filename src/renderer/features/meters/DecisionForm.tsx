import { Button, Checkbox, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDay } from '#shared/time.ts'
import type { Input as Wire } from '#shared/contract/index.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { Figure } from '../../ui/figures.tsx'
import { ErrorState } from '../../ui/states.tsx'

export type DecisionKind = Wire<'meters.decide'>['kind']
type Wanted = Wire<'meters.previewDecision'>

interface Props {
  readonly meterId: string
  readonly at: number
  readonly kinds: readonly DecisionKind[]
  /** readings that `ignore` and `value` are about; the reading itself where none are named */
  readonly suspects?: readonly number[]
  readonly value?: string
  readonly digits?: number | null
  readonly oldLast?: string
  readonly onDone: () => void
}

interface Draft {
  readonly kind: DecisionKind
  readonly value: string
  readonly estimated: boolean
  readonly digits: string
  readonly oldLast: string
  readonly newFirst: string
  readonly reason: string
}

const NUMBER = /^\d+(\.\d{1,4})?$/

/** What is asked for, null while it is not complete. */
function wantedOf(props: Props, draft: Draft): Wanted | null {
  const { meterId } = props
  const [first = props.at, ...also] = props.suspects ?? []
  switch (draft.kind) {
    case 'value':
      return NUMBER.test(draft.value)
        ? { meterId, at: first, kind: 'value', value: draft.value, estimated: draft.estimated }
        : null
    case 'ignore':
      return { meterId, at: first, kind: 'ignore', also }
    case 'accept':
      return { meterId, at: props.at, kind: 'accept' }
    case 'rollover':
      return /^[3-9]$/.test(draft.digits)
        ? { meterId, at: props.at, kind: 'rollover', registerDigits: Number(draft.digits) }
        : null
    default:
      return NUMBER.test(draft.oldLast) && NUMBER.test(draft.newFirst)
        ? { meterId, at: props.at, kind: 'exchange', oldLast: draft.oldLast, newFirst: draft.newFirst }
        : null
  }
}

/** Decides about a reading: what it was, what the days become, why. */
export function DecisionForm(props: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>({
    kind: props.kinds[0] ?? 'ignore',
    value: props.value ?? '',
    estimated: false,
    digits: String(props.digits ?? ''),
    oldLast: props.oldLast ?? '',
    newFirst: '0',
    reason: '',
  })
  const change = (next: Partial<Draft>) => setDraft({ ...draft, ...next })
  const wanted = wantedOf(props, draft)
  const write = useWrite('meters.decide', { onSuccess: props.onDone })
  const reason = draft.reason.trim()
  return (
    <form
      className="sd-stack meter-decide"
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted && reason) write.mutate({ ...wanted, reason })
      }}
    >
      <Radio.Group
        aria-label={t('meters.decide.kindLabel')}
        value={draft.kind}
        options={props.kinds.map((kind) => ({ value: kind, label: t(`meters.decide.kind.${kind}`) }))}
        onChange={(event) => change({ kind: event.target.value as DecisionKind })}
      />
      <p className="sd-quiet">{t(`meters.decide.hint.${draft.kind}`)}</p>
      <Fields draft={draft} change={change} />
      <Text
        label={t('meters.decide.reason')}
        value={draft.reason}
        onChange={(text) => change({ reason: text })}
      />
      {wanted ? <Preview wanted={wanted} /> : null}
      {write.error ? <ErrorState error={write.error} brief /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={props.onDone}>{t('common.action.cancel')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={write.isPending}
          disabled={!wanted || !reason}
          title={reason ? '' : t('meters.decide.reasonNeeded')}
        >
          {t('meters.decide.save')}
        </Button>
      </div>
    </form>
  )
}

function Fields({ draft, change }: { draft: Draft; change: (next: Partial<Draft>) => void }) {
  const { t } = useTranslation()
  if (draft.kind === 'rollover')
    return (
      <Text
        label={t('meters.decide.digits')}
        value={draft.digits}
        onChange={(digits) => change({ digits })}
      />
    )
  if (draft.kind === 'exchange')
    return (
      <>
        <Text
          label={t('meters.decide.oldLast')}
          value={draft.oldLast}
          onChange={(oldLast) => change({ oldLast })}
        />
        <Text
          label={t('meters.decide.newFirst')}
          value={draft.newFirst}
          onChange={(newFirst) => change({ newFirst })}
        />
      </>
    )
  if (draft.kind !== 'value') return null
  return (
    <>
      <Text label={t('meters.decide.value')} value={draft.value} onChange={(value) => change({ value })} />
      <Checkbox checked={draft.estimated} onChange={(event) => change({ estimated: event.target.checked })}>
        {t('meters.decide.estimated')}
      </Checkbox>
    </>
  )
}

export function Text(props: { label: string; value: string; onChange: (text: string) => void }) {
  return (
    <label className="sd-setting">
      <span>{props.label}</span>
      <Input value={props.value} maxLength={200} onChange={(event) => props.onChange(event.target.value)} />
    </label>
  )
}

/** The days around it before and after, so that nobody decides blindly. */
export function Preview({ wanted }: { wanted: Wanted }) {
  const { t } = useTranslation()
  const format = useFormat()
  const read = useRead('meters.previewDecision', wanted)
  if (read.error) return <ErrorState error={read.error} brief />
  return (
    <table className="sd-plain" aria-label={t('meters.decide.preview')}>
      <thead>
        <tr>
          <th>{t('meters.table.bucket.day')}</th>
          <th className="meter-number">{t('meters.decide.before')}</th>
          <th className="meter-number">{t('meters.decide.after')}</th>
        </tr>
      </thead>
      <tbody>
        {(read.data?.days ?? []).map(({ day, before, after }) => (
          <tr
            key={day}
            data-changed={before.usage !== after.usage || before.state !== after.state ? '' : undefined}
          >
            <td className="sd-figure">{formatDay(day, format.zone)}</td>
            <td className="meter-number">
              <Cell {...before} />
            </td>
            <td className="meter-number">
              <Cell {...after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell({ usage, state }: { usage: string | null; state: 'measured' | 'gap' | 'reset' | 'estimated' }) {
  const { t } = useTranslation()
  return usage === null ? t(`meters.state.${state}`) : <Figure value={usage} />
}
