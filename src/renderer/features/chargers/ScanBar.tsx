import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/states.tsx'
import { SearchBox } from './SearchBox.tsx'
import type { Find } from './use-find.ts'
import type { usePick } from './use-pick.ts'
import { useChargerWords } from './use-words.ts'

interface ScanBarProps {
  readonly query: string
  readonly find: Find
  readonly pick: ReturnType<typeof usePick>
  readonly held: boolean
  readonly onQuery: (query: string) => void
}

/** Search, what is selected, and why the order stands still. */
export function ScanBar({ query, find, pick, held, onQuery }: ScanBarProps) {
  const { t } = useTranslation()
  const { selected } = pick
  const n = selected.names.length
  return (
    <>
      <div className="sd-filters" role="search">
        <SearchBox value={query} onChange={onQuery} onEnter={find.enter} />
        <span className="sd-quiet">{held ? t('chargers.scan.paused') : null}</span>
        <span className="sd-filters-end">
          {n > 0 ? <span className="sd-figure">{t('chargers.scan.selected', { n })}</span> : null}
          {n > 0 ? <Button onClick={() => selected.set([])}>{t('chargers.scan.clear')}</Button> : null}
          <Button onClick={pick.all}>{t('chargers.scan.selectAll')}</Button>
        </span>
      </div>
      {find.lost ? <LostNotice find={find} /> : null}
    </>
  )
}

function LostNotice({ find }: { find: Find }) {
  const { t } = useTranslation()
  const words = useChargerWords()
  const { lost } = find
  if (lost === null) return null
  const text =
    lost.why === 'unknown'
      ? t('chargers.scan.unknownCode', { code: lost.code })
      : lost.why === 'unreadable'
        ? t('chargers.scan.unreadable', { text: lost.text })
        : words.failure(lost.error)
  return (
    <Notice>
      <span>{text}</span>
      <div className="sd-actions">
        <Button size="small" onClick={find.forget}>
          {t('common.action.close')}
        </Button>
      </div>
    </Notice>
  )
}
