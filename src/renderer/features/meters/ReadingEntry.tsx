import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import { formatDay, parseDateTime } from '#shared/time.ts'
import { useSite } from '../../app/site.tsx'
import { DayField } from '../../ui/DayField.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { DecisionPreview } from './DecisionPreview.tsx'
import { useDeciding } from './DecisionForm.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { isRegister } from './register-text.ts'
import { unitOf } from './words.ts'

const CLOCK = /^([01]?\d|2[0-3]):[0-5]\d$/

interface Props {
  readonly meter: MeterRow
  readonly onDone: () => void
  readonly onCancel: () => void
}

/** A reading that somebody took by eye. */
export function ReadingEntry({ meter, onDone, onCancel }: Props) {
  const { t } = useTranslation()
  const entry = useEntry(meter.id)
  const { draft, change, wanted } = entry
  const deciding = useDeciding(onDone)
  const said = draft.reason.trim()
  const unit = unitOf(meter.kind)
  const missing = wanted === null ? 'entryNeeded' : said === '' ? 'reasonNeeded' : null
  return (
    <form
      className="sd-panel sd-stack meter-entry"
      aria-label={t('meters.decide.enter')}
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted && said) deciding.mutate({ ...wanted, reason: said })
      }}
    >
      <p className="sd-quiet">{t('meters.decide.enterHint')}</p>
      <What entry={entry} unit={unit} />
      <Checkbox checked={draft.estimated} onChange={(event) => change({ estimated: event.target.checked })}>
        {t('meters.decide.estimated')}
      </Checkbox>
      {wanted ? <DecisionPreview wanted={wanted} unit={unit} /> : null}
      <TextField
        max={500}
        label={t('meters.decide.reason')}
        value={draft.reason}
        onChange={(reason) => change({ reason })}
      />
      {deciding.error ? <ErrorState error={deciding.error} /> : null}
      <div className="sd-actions sd-actions-end">
        <Button onClick={onCancel}>{t('common.action.cancel')}</Button>
        <WithReason reason={missing && t(`meters.decide.${missing}`)}>
          <Button type="primary" htmlType="submit" loading={deciding.isPending} disabled={missing !== null}>
            {t('meters.decide.saveReading')}
          </Button>
        </WithReason>
      </div>
    </form>
  )
}

/** When it was read, and what the register was. */
function What({ entry, unit }: { entry: Entry; unit: string }) {
  const { t } = useTranslation()
  const { draft, change } = entry
  const clockWrong = entry.isAhead ? 'ahead' : 'noClock'
  return (
    <div className="meter-entry-fields">
      <div className="sd-field">
        <span>{t('meters.decide.day')}</span>
        <DayField
          label={t('meters.decide.day')}
          value={draft.day}
          max={entry.today}
          onChange={(day) => change({ day })}
        />
      </div>
      <TextField
        max={500}
        first
        label={t('meters.decide.clock')}
        value={draft.clock}
        wrong={entry.isClock && !entry.isAhead ? null : t(`meters.decide.${clockWrong}`)}
        onChange={(clock) => change({ clock })}
      />
      <TextField
        keys="decimal"
        max={20}
        label={unit ? `${t('meters.decide.value')} (${unit})` : t('meters.decide.value')}
        value={draft.value}
        wrong={draft.value === '' || isRegister(draft.value) ? null : t('meters.decide.noRegister')}
        onChange={(value) => change({ value })}
      />
    </div>
  )
}

type Entry = ReturnType<typeof useEntry>

/** What is typed, and the reading it makes; null while it makes none. */
function useEntry(meterId: string) {
  const { zone, now } = useSite()
  const [opened] = useState(() => formatDay(now(), zone))
  const [draft, setDraft] = useState({ day: opened, clock: '', value: '', estimated: false, reason: '' })
  const at = CLOCK.test(draft.clock)
    ? parseDateTime(`${draft.day} ${draft.clock.padStart(5, '0')}:00`, zone)
    : null
  const isAhead = at !== null && at > now()
  const value = draft.value.trim()
  const isWhole = at !== null && !isAhead && isRegister(value)
  return {
    draft,
    today: opened,
    isAhead,
    isClock: draft.clock === '' || CLOCK.test(draft.clock),
    wanted: isWhole ? { meterId, at, kind: 'value' as const, value, estimated: draft.estimated } : null,
    change: (next: Partial<typeof draft>) => setDraft({ ...draft, ...next }),
  }
}
