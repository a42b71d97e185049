import { useEffect, useId, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import type { useHeld } from '../../ui/steady-list.ts'
import { ScanRow } from './ScanRow.tsx'
import type { useBlink } from './use-blink.ts'
import type { usePick } from './use-pick.ts'

interface ScanListProps {
  readonly rows: readonly FoundCharger[]
  readonly now: number
  readonly pick: ReturnType<typeof usePick>
  readonly blinks: ReturnType<typeof useBlink>
  readonly held: ReturnType<typeof useHeld>
  readonly box: RefObject<HTMLDivElement | null>
  readonly empty: ReactNode
}

/** The list that breathes. A grid with one place to tab to; the cursor goes by arrows. */
export function ScanList({ rows, now, pick, blinks, held, box, empty }: ScanListProps) {
  const { t } = useTranslation()
  const id = useId()
  const idOf = (name: string) => `${id}${name}`
  const cursorId = pick.cursor === null ? undefined : idOf(pick.cursor)
  useEffect(() => {
    if (cursorId !== undefined) document.getElementById(cursorId)?.scrollIntoView({ block: 'nearest' })
  }, [cursorId])
  if (rows.length === 0) return <div className="ch-grid ch-empty">{empty}</div>
  return (
    <div
      ref={box}
      className="ch-grid"
      role="grid"
      aria-multiselectable
      aria-label={t('chargers.scan.list')}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={cursorId}
      tabIndex={0}
      {...held.props}
      onKeyDown={(event) => {
        held.props.onKeyDown()
        pick.onKeyDown(event)
      }}
    >
      <Head />
      <div role="rowgroup">
        {rows.map((charger, index) => (
          <ScanRow
            key={charger.name}
            id={idOf(charger.name)}
            {...{ charger, now, index }}
            active={pick.cursor === charger.name}
            selected={pick.selected.has(charger.name)}
            selectable={pick.may(charger.name)}
            blink={blinks.of(charger.name)}
            onClick={pick.onClick}
            onBlink={blinks.blink}
          />
        ))}
      </div>
    </div>
  )
}

function Head() {
  const { t } = useTranslation()
  return (
    <div role="rowgroup" className="ch-headgroup">
      <div role="row" className="ch-row ch-headrow" aria-rowindex={1}>
        <div role="columnheader" aria-label={t('chargers.key.select')} />
        <div role="columnheader">{t('chargers.scan.signal')}</div>
        <div role="columnheader">{t('chargers.scan.name')}</div>
        <div role="columnheader">{t('chargers.scan.device')}</div>
        <div role="columnheader">{t('chargers.scan.state')}</div>
        <div role="columnheader" aria-label={t('chargers.scan.blink')} />
      </div>
    </div>
  )
}
