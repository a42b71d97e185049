import { Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterRow } from '#shared/contract/meters.ts'
import type { Output } from '#shared/contract/index.ts'
import type { Bucket } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import { useFormat } from '../../app/site.tsx'
import { Figure } from '../../ui/figures.tsx'
import { ErrorState, Notice, Skeleton } from '../../ui/states.tsx'
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
      size={480}
      mask={false}
      title={t('meters.explain.title', { bucket: bucketTitle(shown ?? 0, bucket, format.zone) })}
    >
      {shown === null ? null : <Explanation meter={meter} bucket={bucket} at={shown} />}
    </Drawer>
  )
}

function Explanation({ meter, bucket, at }: { meter: MeterRow; bucket: Bucket; at: number }) {
  const { t } = useTranslation()
  const read = useRead('meters.explain', { meterId: meter.id, at, bucket }, { keepPrevious: false })
  if (read.error) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={8} />
  const found = read.data
  const unit = unitOf(meter.kind)
  return (
    <div className="sd-stack">
      <Sum found={found} unit={unit} />
      {found.events.map((event) => (
        <EventPart key={`${event.at}`} event={event} unit={unit} />
      ))}
      {found.decisions.length > 0 ? (
        <section aria-label={t('meters.explain.decisions')}>
          <h3>{t('meters.explain.decisions')}</h3>
          {found.decisions.map((decision) => (
            <DecisionLine key={decision.id} decision={decision} />
          ))}
        </section>
      ) : null}
      <ReadingList meterId={meter.id} found={found} unit={unit} />
    </div>
  )
}

/** End minus start, what was added between, and the figure; or why there is none. */
function Sum({ found, unit }: { found: Explained; unit: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { start, end, difference, state, usage } = found
  const steps = found.events.filter((event) => event.step !== null && Number(event.step) !== 0)
  return (
    <section aria-label={t('meters.explain.sum')}>
      <Notice tone={state === 'reset' ? 'attention' : 'neutral'}>{t(`meters.explain.state.${state}`)}</Notice>
      <table className="sd-plain">
        <tbody>
          <tr>
            <th scope="row">{t('meters.explain.end')}</th>
            <td>{end ? format.full(end.at) : t('meters.explain.none')}</td>
            <td className="meter-number">
              <Figure value={end?.value ?? null} unit={unit} />
            </td>
          </tr>
          <tr>
            <th scope="row">{t('meters.explain.start')}</th>
            <td>{start ? format.full(start.at) : t('meters.explain.none')}</td>
            <td className="meter-number">
              <Figure value={start?.value ?? null} unit={unit} />
            </td>
          </tr>
          <tr>
            <th scope="row">{t('meters.explain.difference')}</th>
            <td />
            <td className="meter-number">
              <Figure value={difference} unit={unit} />
            </td>
          </tr>
          {steps.map((event) => (
            <tr key={event.at}>
              <th scope="row">{t('meters.explain.step')}</th>
              <td>{format.full(event.at)}</td>
              <td className="meter-number">
                <Figure value={event.step} unit={unit} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('meters.table.usage')}</th>
            <td />
            <td className="meter-number">
              <strong>
                <Figure value={usage} unit={unit} />
              </strong>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  )
}
