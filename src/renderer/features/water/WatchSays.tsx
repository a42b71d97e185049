import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Input } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { useFilters } from '../../ui/filters.ts'
import { WATCH_KINDS } from './watch-kinds.ts'

/** What is looked for, and how it is judged. */
export function WatchSays({ asked }: { asked: Input<'water.watch'> }) {
  const { t } = useTranslation()
  const { set } = useFilters(['kind', 'days', 'below'])
  const answer = useRead('water.watch', { ...asked, limit: 1 })
  return (
    <div className="sd-stack">
      <Segmented
        aria-label={t('water.watch.kind')}
        value={asked.kind}
        onChange={(kind) => set({ kind: kind === 'silent' ? '' : kind, days: '', below: '' })}
        options={WATCH_KINDS.map((value) => ({ value, label: t(`water.watch.kindName.${value}`) }))}
      />
      <p className="sd-quiet">
        {t(`water.watch.says.${asked.kind}`, { below: answer.data?.below ?? '…' })}
        {' · '}
        {t('water.watch.judged', { n: answer.data?.judged ?? 0 })}
      </p>
    </div>
  )
}
