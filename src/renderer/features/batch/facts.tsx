import type { TFunction } from 'i18next'
import { Figure, Money, State, Time, type Fact } from '../../ui/figures.tsx'
import { BATCH_TONES, type Batch } from './tones.ts'

export const batchFacts = (batch: Batch, t: TFunction): readonly Fact[] => [
  { label: t('batch.fileName'), value: batch.fileName },
  {
    label: t('batch.state'),
    value: <State tone={BATCH_TONES[batch.state]}>{t(`batch.stateName.${batch.state}`)}</State>,
  },
  { label: t('batch.toPost'), value: <Figure value={batch.postRows} /> },
  { label: t('batch.toPostFen'), value: <Plain fen={batch.postFen} /> },
  ...(batch.sameRows === 0
    ? []
    : [{ label: t('batch.rowState.same'), value: <Figure value={batch.sameRows} /> }]),
  {
    label: t('batch.errors'),
    value: (
      <State tone={batch.errors > 0 ? 'bad' : 'neutral'}>
        <Figure value={batch.errors} />
      </State>
    ),
  },
  { label: t('batch.applied'), value: <Figure value={batch.appliedRows} /> },
  { label: t('batch.appliedFen'), value: <Plain fen={batch.appliedFen} /> },
  { label: t('batch.createdBy'), value: batch.createdBy },
  { label: t('batch.createdAt'), value: <Time at={batch.createdAt} /> },
]

const Plain = ({ fen }: { fen: number }) => (
  <span className="batch-plain">
    <Money fen={fen} />
  </span>
)
