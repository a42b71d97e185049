import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/states.tsx'

/** Why the list may be empty, most likely first. */
export function NothingHeard({ strangers }: { strangers: number }) {
  const { t } = useTranslation()
  return (
    <div className="ch-nothing">
      <strong>{t('chargers.scan.nothing')}</strong>
      <ul>
        <li>{t('chargers.scan.nothingTodo.power')}</li>
        <li>{t('chargers.scan.nothingTodo.near')}</li>
        <li>{t('chargers.scan.nothingTodo.phone')}</li>
        <li>{t('chargers.scan.nothingTodo.name')}</li>
        {strangers > 0 ? <li>{t('chargers.scan.nothingTodo.works', { n: strangers })}</li> : null}
      </ul>
    </div>
  )
}

export function NoMatch({ query, onClear }: { query: string; onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyState
      what={t('chargers.scan.noMatch', { query })}
      action={<Button onClick={onClear}>{t('common.action.clearFilters')}</Button>}
    />
  )
}
