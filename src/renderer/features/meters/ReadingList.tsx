import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useFormat } from '../../app/site.tsx'
import { Figure } from '../../ui/figures.tsx'
import { DecisionForm } from './DecisionForm.tsx'
import { Flags } from './Flags.tsx'
import { useMayDecide } from './use-may-decide.ts'

type Explained = Output<'meters.explain'>

interface Props {
  readonly meterId: string
  readonly found: Explained
  readonly unit: string
}

/** The readings behind a figure; any of them can be put right or left out. */
export function ReadingList({ meterId, found, unit }: Props) {
  const { t } = useTranslation()
  const [chosen, choose] = useState<number | null>(null)
  const [left, leave] = useState<number | null>(null)
  const { may } = useMayDecide()
  if (found.readings.length === 0) return null
  const close = (at: number) => {
    choose(null)
    leave(at)
  }
  return (
    <section aria-label={t('meters.explain.readings')}>
      <h3 className="meter-heading">
        {t('meters.explain.readings')} <small className="sd-quiet">{found.readingsTotal}</small>
      </h3>
      {may ? <p className="sd-quiet">{t('meters.explain.readingsHint')}</p> : null}
      <table className="meter-sums">
        <thead>
          <tr>
            <th scope="col">{t('meters.readings.at')}</th>
            <th scope="col">{t('meters.readings.value')}</th>
            <th scope="col">{t('meters.explain.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {found.readings.map((reading) => (
            <Row
              key={reading.at}
              reading={reading}
              isOpen={chosen === reading.at}
              wasOpen={left === reading.at}
              choose={() => choose(chosen === reading.at ? null : reading.at)}
            >
              <DecisionForm
                subject={{ meterId, at: reading.at }}
                unit={unit}
                kinds={['value', 'ignore']}
                given={{ value: reading.value }}
                onDone={() => close(reading.at)}
                onCancel={() => close(reading.at)}
              />
            </Row>
          ))}
        </tbody>
      </table>
      {found.readingsTotal > found.readings.length ? (
        <p className="sd-quiet">{t('meters.explain.more', { n: found.readings.length })}</p>
      ) : null}
    </section>
  )
}

interface RowProps {
  readonly reading: Explained['readings'][number]
  readonly isOpen: boolean
  readonly wasOpen: boolean
  readonly choose: () => void
  readonly children: React.ReactNode
}

function Row({ reading, isOpen, wasOpen, choose, children }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useMayDecide()
  const at = <span className="sd-figure">{format.full(reading.at)}</span>
  return (
    <>
      <tr>
        <th scope="row">
          {may ? (
            <Button
              type="link"
              size="small"
              aria-expanded={isOpen}
              autoFocus={wasOpen}
              title={t('meters.decide.open')}
              onClick={choose}
            >
              {at}
            </Button>
          ) : (
            at
          )}
        </th>
        <td>
          <Figure value={reading.value} />
          <Flags flags={reading.flags ?? []} original={reading.original} value={reading.value} />
        </td>
        <td>
          <Figure value={reading.difference} />
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={3} className="meter-under">
            {children}
          </td>
        </tr>
      ) : null}
    </>
  )
}
