import { ConfigProvider } from 'antd'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router'
import { useConnection } from '../api/client.ts'
import { useRead } from '../api/queries.ts'
import { FirstRun } from '../features/operators/FirstRun.tsx'
import { LockScreen } from '../features/operators/LockScreen.tsx'
import { OwnPinScreen } from '../features/operators/OwnPin.tsx'
import { SignInScreen } from '../features/operators/SignInScreen.tsx'
import { Delayed, ErrorState } from '../ui/states.tsx'
import { CrashBoundary } from './crash.tsx'
import { KeysProvider } from './keys.tsx'
import { ThemeProvider } from './mode.tsx'
import { createRouter } from './router.tsx'
import { SiteContext, siteOf, type Hello } from './site.tsx'

export function App() {
  return (
    <ThemeProvider>
      <CrashBoundary>
        <Entrance />
      </CrashBoundary>
    </ThemeProvider>
  )
}

/** First run, sign-in or the console, as the core says; asks again whenever the session changes. */
function Entrance() {
  const hello = useRead('system.hello', {})
  if (hello.data === undefined) return <Waiting error={hello.error} retry={() => void hello.refetch()} />
  return <Door hello={hello.data} receivedAt={hello.dataUpdatedAt} />
}

function Door({ hello, receivedAt }: { hello: Hello; receivedAt: number }) {
  const site = useMemo(() => siteOf(hello, receivedAt), [hello, receivedAt])
  const [setUp, setSetUp] = useState(hello.firstRun)
  // stays through the second step, when the administrator exists and is signed in
  if (setUp && (hello.firstRun || hello.operator !== null))
    return (
      <SiteContext value={site}>
        <FirstRun onDone={() => setSetUp(false)} />
      </SiteContext>
    )
  return (
    <SiteContext value={site}>
      <Inside hello={hello} />
    </SiteContext>
  )
}

function Inside({ hello: { operator, locked } }: { hello: Hello }) {
  if (operator === null) return <SignInScreen />
  if (operator.mustChangePin && !locked) return <OwnPinScreen />
  return <Console key={operator.id} locked={locked} />
}

/** The page stays as it is under the lock: nothing typed is lost, nothing of it can be read or reached. */
function Console({ locked }: { locked: boolean }) {
  const router = useMemo(() => createRouter(), [])
  const under = useRef<HTMLDivElement>(null)
  return (
    <KeysProvider>
      <div ref={under} className="sd-under" inert={locked} data-locked={locked ? '' : undefined}>
        {/* dialogs and menus stand in here too, so that the lock covers them */}
        <ConfigProvider getPopupContainer={() => under.current ?? document.body}>
          <RouterProvider router={router} />
        </ConfigProvider>
      </div>
      {locked ? <LockScreen /> : null}
    </KeysProvider>
  )
}

function Waiting({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useTranslation()
  const connection = useConnection()
  const text = connection === 'open' ? t('common.list.loading') : t('shell.status.hostConnecting')
  return <Centred>{error ? <ErrorState error={error} retry={retry} /> : <Delayed>{text}</Delayed>}</Centred>
}

function Centred({ children }: { children: ReactNode }) {
  return <div className="sd-centred">{children}</div>
}
