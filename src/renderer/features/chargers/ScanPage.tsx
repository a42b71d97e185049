import { Button } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useKeyHint, usePageKey } from '../../app/keys.tsx'
import { useFilters } from '../../ui/filters.ts'
import { PageHead } from '../../ui/PageHead.tsx'
import { Reading, WithReason } from '../../ui/states.tsx'
import { useHeld, useSettled } from '../../ui/steady-list.ts'
import { fits } from './nearby.ts'
import { NoMatch, NothingHeard } from './NothingHeard.tsx'
import { chargerPath, runPath } from './paths.ts'
import { RadioBanner } from './RadioBanner.tsx'
import { ScanBar } from './ScanBar.tsx'
import { ScanList } from './ScanList.tsx'
import { useSelected } from './kept.ts'
import { useBlink } from './use-blink.ts'
import { useFind } from './use-find.ts'
import { useNearby, type Nearby } from './use-nearby.ts'
import { usePick } from './use-pick.ts'
import './chargers.css'

/** Scan and pair: what is on the air, which one it is, and which ones to install. */
export function ScanPage() {
  const { t } = useTranslation()
  const nearby = useNearby()
  return (
    <div className="sd-page" data-template="list">
      <PageHead
        title={t('chargers.scan.title')}
        purpose={t('chargers.scan.purpose')}
        aside={nearby.data ? <Listening nearby={nearby.data} /> : null}
        actions={<Start />}
      />
      <Reading read={nearby} lines={12}>
        {(data) => <OnTheAir nearby={data} />}
      </Reading>
    </div>
  )
}

function OnTheAir({ nearby }: { nearby: Nearby }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const filters = useFilters(['query'])
  const query = filters.values['query'] ?? ''
  const held = useHeld()
  const blinks = useBlink()
  const all = useSettled(nearby.found, held.held)
  const rows = query === '' ? all : all.filter((charger) => fits(charger, query))
  const pick = usePick({
    rows,
    now: nearby.now,
    onOpen: (name) => void navigate(chargerPath(name)),
    onBlink: blinks.blink,
    onLeave: () => box.current?.blur(),
  })
  const find = useFind({ found: nearby.found, rows, filters, pick, box })
  useHints()
  const empty =
    query !== '' && all.length > 0 ? (
      <NoMatch query={query} onClear={filters.clear} />
    ) : nearby.radio.state === 'ready' ? (
      <NothingHeard strangers={nearby.strangers} />
    ) : null
  return (
    <>
      <RadioBanner radio={nearby.radio} />
      <ScanBar {...{ query, find, pick }} onQuery={find.type} held={held.held && rows.length > 1} />
      <ScanList {...{ rows, pick, blinks, held, box, empty }} now={nearby.now} />
      <footer className="sd-totals">
        <span className="sd-figure">
          {query === ''
            ? t('chargers.scan.count', { n: all.length })
            : t('chargers.scan.shownOf', { shown: rows.length, n: all.length })}
        </span>
        <span className="sd-figure">{t('chargers.scan.strangers', { n: nearby.strangers })}</span>
      </footer>
    </>
  )
}

function useHints(): void {
  useKeyHint('↑ ↓', 'common.key.move')
  useKeyHint('Space', 'chargers.key.select')
  useKeyHint('Shift ↑ ↓', 'chargers.key.extend')
  useKeyHint('Ctrl A', 'chargers.key.all')
  useKeyHint('F2', 'chargers.key.blink')
  useKeyHint('Enter', 'common.key.open')
  useKeyHint('Esc', 'chargers.key.clear')
}

function Listening({ nearby: { radio, listening } }: { nearby: Nearby }) {
  const { t } = useTranslation()
  if (radio.reason !== null && radio.state !== 'ready') return null
  const text = listening ? 'listening' : radio.state === 'ready' ? 'notListening' : 'starting'
  return (
    <span className="ch-listening" data-on={listening ? '' : undefined}>
      <i aria-hidden />
      {t(`chargers.scan.${text}`)}
    </span>
  )
}

function Start() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { names } = useSelected()
  const none = names.length === 0
  const start = () => void navigate(runPath(names))
  usePageKey('F8', 'chargers.key.start', () => {
    if (!none) start()
  })
  return (
    <WithReason reason={none ? t('chargers.scan.startNone') : null}>
      <Button type="primary" disabled={none} onClick={start}>
        {none ? t('chargers.scan.start') : t('chargers.scan.startCount', { n: names.length })}
      </Button>
    </WithReason>
  )
}
