import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useFormat } from '../../app/site.tsx'
import { Figure } from '../../ui/figures.tsx'
import { DecisionForm } from './DecisionForm.tsx'
import { useMayDecide } from './use-may-decide.ts'

type Explained = Output<'meters.explain'>

/** The readings behind a figure; any of them can be put right or left out. */
export function ReadingList({ meterId, found, unit }: { meterId: string; found: Explained; unit: string }) {
  const { t } = useTranslation()
  const [chosen, choose] = useState<number | null>(null)
  if (found.readings.length === 0) return null
  return (
    <section aria-label={t('meters.explain.readings')}>
      <h3>
        {t('meters.explain.readings')} <small className="sd-quiet">{found.readingsTotal}</small>
      </h3>
      <table className="sd-plain">
        <thead>
          <tr>
            <th>{t('meters.readings.at')}</th>
            <th className="meter-number">{t('meters.readings.value')}</th>
            <th className="meter-number">{t('meters.explain.difference')}</th>
            <th>{t('meters.readings.flags')}</th>
          </tr>
        </thead>
        <tbody>
          {found.readings.map((reading) => (
            <Row key={reading.at} reading={reading} unit={unit} choose={choose} />
          ))}
        </tbody>
      </table>
      {found.readingsTotal > found.readings.length ? (
        <p className="sd-quiet">{t('meters.explain.more', { n: found.readings.length })}</p>
      ) : null}
      {chosen === null ? null : (
        <DecisionForm
          key={chosen}
          meterId={meterId}
          at={chosen}
          kinds={['value', 'ignore']}
          value={found.readings.find(({ at }) => at === chosen)?.value ?? ''}
          onDone={() => choose(null)}
        />
      )}
    </section>
  )
}

interface RowProps {
  readonly reading: Explained['readings'][number]
  readonly unit: string
  readonly choose: (at: number) => void
}

function Row({ reading, unit, choose }: RowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { may } = useMayDecide()
  return (
    <tr>
      <td>
        <Button
          type="link"
          size="small"
          disabled={!may}
          title={t('meters.decide.open')}
          onClick={() => choose(reading.at)}
        >
          {format.full(reading.at)}
        </Button>
      </td>
      <td className="meter-number">
        <Figure value={reading.value} unit={unit} />
      </td>
      <td className="meter-number">
        <Figure value={reading.difference} />
      </td>
      <td>
        {(reading.flags ?? []).map((flag) => t(`meters.readings.${flag}`)).join(' · ')}
        {reading.original && reading.original !== reading.value
          ? ` ${t('meters.explain.original', { value: reading.original })}`
          : ''}
      </td>
    </tr>
  )
}
