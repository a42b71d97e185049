import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useFilters } from '../../ui/filters.ts'
import { WATCH_KINDS, type WatchKind } from './watch-kinds.ts'

/** What is looked for, and how it is judged. */
export function WatchSays({ kind, answer }: { kind: WatchKind; answer: Output<'water.watch'> | undefined }) {
  const { t } = useTranslation()
  const { set } = useFilters(['kind', 'days', 'below'])
  return (
    <div className="sd-stack">
      <Segmented
        aria-label={t('water.watch.kind')}
        value={kind}
        onChange={(next) => set({ kind: next === 'silent' ? '' : next, days: '', below: '' })}
        options={WATCH_KINDS.map((value) => ({ value, label: t(`water.watch.kindName.${value}`) }))}
      />
      <p className="sd-quiet">
        {t(`water.watch.says.${kind}`, { below: answer?.below ?? '…' })}
        {' · '}
        {t('water.watch.judged', { n: answer?.judged ?? 0 })}
      </p>
    </div>
  )
}
