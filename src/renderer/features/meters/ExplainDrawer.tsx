import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import type { Output } from '#shared/contract/index.ts'
import type { Bucket } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { Figure } from '../../ui/figures.tsx'
import { Notice, Reading } from '../../ui/states.tsx'
import { DecisionLine } from './DecisionLine.tsx'
import { EventPart } from './EventPart.tsx'
import { bucketTitle } from './labels.ts'
import { ReadingList } from './ReadingList.tsx'
import { unitOf } from './words.ts'

type Explained = Output<'meters.explain'>

interface Props {
  readonly meter: MeterRow
  readonly bucket: Bucket
  /** start of the bucket; null: closed */
  readonly at: number | null
  readonly onClose: () => void
}

/** Why one figure is what it is: from bar or table row to the readings behind it. */
export function ExplainDrawer({ meter, bucket, at, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  // keeps the last figure drawn while the drawer slides out
  const [shown, setShown] = useState(at)
  if (at !== null && at !== shown) setShown(at)
  return (
    <Drawer
      open={at !== null}
      onClose={onClose}
      size={460}
      mask={false}
      title={t('meters.explain.title', { bucket: bucketTitle(shown ?? 0, bucket, format.zone) })}
    >
      {shown === null ? null : <Explanation key={shown} meter={meter} bucket={bucket} at={shown} />}
    </Drawer>
  )
}

function Explanation({ meter, bucket, at }: { meter: MeterRow; bucket: Bucket; at: number }) {
  const { t } = useTranslation()
  const read = useRead('meters.explain', { meterId: meter.id, at, bucket }, { keepPrevious: false })
  const unit = unitOf(meter.kind)
  return (
    <Reading read={read} lines={8}>
      {(found) => (
        <div className="sd-stack">
          <Sum found={found} unit={unit} />
          {found.events.map((event) => (
            <EventPart key={event.at} event={event} unit={unit} />
          ))}
          {found.decisions.length > 0 ? (
            <section aria-label={t('meters.explain.decisions')}>
              <h3 className="meter-heading">{t('meters.explain.decisions')}</h3>
              {found.decisions.map((decision) => (
                <DecisionLine key={decision.id} decision={decision} />
              ))}
            </section>
          ) : null}
          <ReadingList meterId={meter.id} found={found} unit={unit} />
        </div>
      )}
    </Reading>
  )
}

/** End minus start, what was added between, and the figure; or why there is none. */
function Sum({ found, unit }: { found: Explained; unit: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { start, end, difference, state, usage } = found
  const steps = found.events.filter(({ step }) => step !== null && Number(step) !== 0)
  const lines: readonly { name: string; at?: number | null; value: string | null }[] = [
    { name: t('meters.explain.end'), at: end?.at ?? null, value: end?.value ?? null },
    { name: t('meters.explain.start'), at: start?.at ?? null, value: start?.value ?? null },
    { name: t('meters.explain.difference'), value: difference },
    ...steps.map(({ at, step }) => ({ name: t('meters.explain.step'), at, value: step })),
  ]
  return (
    <section className="sd-stack" aria-label={t('meters.explain.sum')}>
      <table className="meter-sums">
        <tbody>
          {lines.map(({ name, at, value }) => (
            <tr key={`${name}${at ?? ''}`}>
              <th scope="row">{name}</th>
              <td className="meter-when">
                {at === undefined ? null : (
                  <span className="sd-figure">
                    {at === null ? t('meters.explain.none') : format.full(at)}
                  </span>
                )}
              </td>
              <td>
                <Figure value={value} unit={unit} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('meters.table.usage')}</th>
            <td className="meter-when">{t(`meters.state.${state}`)}</td>
            <td>
              <Figure value={usage} unit={unit} />
            </td>
          </tr>
        </tfoot>
      </table>
      <Notice tone={state === 'reset' ? 'attention' : 'neutral'}>{t(`meters.explain.state.${state}`)}</Notice>
    </section>
  )
}
