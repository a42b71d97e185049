import { SearchOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { ChangeOperator } from '../features/operators/ChangeOperator.tsx'
import { HelpContext } from './help/help-context.ts'
import { OwnPinDialog } from '../features/operators/OwnPin.tsx'
import { listenKey } from './keys.tsx'
import { LanguageMenu, OperatorMenu, ThemeMenu } from './menus.tsx'
import { Navigation } from './navigation.tsx'
import { loadAhead, SCREENS } from './screen.ts'
import { useLock, useTouch } from './session.ts'
import { useSite } from './site.tsx'
import { StatusBar } from './status-bar.tsx'

const Palette = lazy(() => import('./palette.tsx').then((m) => ({ default: m.Palette })))
const KeySheet = lazy(() => import('./key-sheet.tsx').then((m) => ({ default: m.KeySheet })))
const HelpDrawer = lazy(() => import('./help/HelpDrawer.tsx').then((m) => ({ default: m.HelpDrawer })))

const PracticeDialog = lazy(() =>
  import('../features/setup/Practice.tsx').then((m) => ({ default: m.PracticeDialog })),
)

type Layer = 'palette' | 'keys' | 'help' | 'change' | 'pin' | 'practice' | null

/** The frame of ux.md: navigation left, search and operator on top, the status bar below. */
export function Shell() {
  const { t } = useTranslation()
  const { hello } = useSite()
  const [layer, setLayer] = useState<Layer>(null)
  const close = () => setLayer(null)
  const help = useCallback(() => setLayer('help'), [])
  useShellKeys(setLayer)
  useTouch(!hello.locked)
  useLoadAhead()
  return (
    <div className="sd-shell">
      <a className="sd-skip" href="#content" onClick={skipToContent}>
        {t('shell.skip')}
      </a>
      <PracticeStrip />
      <TopBar
        onSearch={() => setLayer('palette')}
        onChange={() => setLayer('change')}
        onPractice={() => setLayer('practice')}
        onPin={() => setLayer('pin')}
      />
      <Navigation />
      <main id="content" tabIndex={-1} className="sd-main">
        <HelpContext value={help}>
          <Outlet />
        </HelpContext>
      </main>
      <StatusBar />
      <Suspense fallback={null}>
        {layer === 'palette' ? <Palette onClose={close} onKeys={() => setLayer('keys')} /> : null}
        {layer === 'keys' ? <KeySheet onClose={close} /> : null}
        {layer === 'help' ? <HelpDrawer onClose={close} onKeys={() => setLayer('keys')} /> : null}
        {layer === 'practice' ? <PracticeDialog onClose={close} /> : null}
      </Suspense>
      {layer === 'pin' ? <OwnPinDialog onClose={close} /> : null}
      <ChangeOperator open={layer === 'change'} onClose={close} />
    </div>
  )
}

function useShellKeys(open: (layer: Layer) => void): void {
  const lock = useLock()
  useEffect(() => {
    const stops = [
      listenKey('Ctrl+K', () => open('palette')),
      listenKey('F1', () => open('keys')),
      listenKey('?', () => open('help'), { scanned: false }),
      listenKey('Ctrl+L', lock),
      listenKey('F6', () => open('change')),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [open, lock])
}

/** ms after the frame stands; the first screen and its data come before. */
const LOAD_AHEAD_AFTER_MS = 1500

function useLoadAhead(): void {
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => void loadAhead(SCREENS, stop.signal), LOAD_AHEAD_AFTER_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [])
}

function skipToContent(event: { preventDefault(): void }): void {
  // the hash belongs to the router
  event.preventDefault()
  document.querySelector<HTMLElement>('#content')?.focus()
}

/** Nobody takes the demo site for the real one. */
function PracticeStrip() {
  const { t } = useTranslation()
  const { hello } = useSite()
  return hello.demo ? (
    <p className="sd-practice" role="note">
      <strong>{t('shell.demo')}</strong> {t('shell.demoHint')}
    </p>
  ) : null
}

function TopBar(props: {
  onSearch: () => void
  onChange: () => void
  onPin: () => void
  onPractice: () => void
}) {
  const { t } = useTranslation()
  const { hello } = useSite()
  return (
    <header className="sd-top">
      <span className="sd-site">{hello.siteName || t('common.app')}</span>
      <Button className="sd-search" icon={<SearchOutlined />} onClick={props.onSearch}>
        <span>{t('shell.searchButton')}</span>
        <kbd>Ctrl K</kbd>
      </Button>
      <LanguageMenu />
      <ThemeMenu />
      <OperatorMenu onChange={props.onChange} onPin={props.onPin} onPractice={props.onPractice} />
    </header>
  )
}
