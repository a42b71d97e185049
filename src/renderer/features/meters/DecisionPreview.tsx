import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatDay } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat, useSite } from '../../app/site.tsx'
import { Figure, State } from '../../ui/figures.tsx'
import { Reading } from '../../ui/states.tsx'
import type { Wanted } from './decision-draft.ts'

type Day = Output<'meters.previewDecision'>['days'][number]

const differs = ({ before, after }: Day) => before.usage !== after.usage || before.state !== after.state

/** The days around a reading before and after, so that nobody decides blindly. */
export function DecisionPreview({ wanted, unit }: { wanted: Wanted; unit: string }) {
  const { t } = useTranslation()
  const { now } = useSite()
  const read = useRead('meters.previewDecision', wanted)
  const named = (title: string) => (unit ? `${title} (${unit})` : title)
  return (
    <section aria-label={t('meters.decide.preview')}>
      <h3 className="meter-heading">{t('meters.decide.preview')}</h3>
      <Reading read={read} lines={5}>
        {({ days }) => (
          <table className="meter-sums">
            <thead>
              <tr>
                <th scope="col">{t('meters.table.bucket.day')}</th>
                <th scope="col">{named(t('meters.decide.before'))}</th>
                <th scope="col">{named(t('meters.decide.after'))}</th>
              </tr>
            </thead>
            <tbody>
              {days
                .filter(({ day }) => day <= now())
                .map((day) => (
                  <Line key={day.day} day={day} />
                ))}
            </tbody>
          </table>
        )}
      </Reading>
    </section>
  )
}

function Line({ day }: { day: Day }) {
  const { zone } = useFormat()
  return (
    <tr data-changed={differs(day) ? '' : undefined}>
      <th scope="row">{formatDay(day.day, zone)}</th>
      <td>
        <Cell {...day.before} />
      </td>
      <td>
        <Cell {...day.after} />
      </td>
    </tr>
  )
}

function Cell({ usage, state }: Day['before']) {
  const { t } = useTranslation()
  if (usage === null)
    return <State tone={state === 'reset' ? 'attention' : 'neutral'}>{t(`meters.state.${state}`)}</State>
  return <Figure value={usage} />
}
