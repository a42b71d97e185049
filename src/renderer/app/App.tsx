import { ConfigProvider } from 'antd'
import { lazy, Suspense, useEffect, useMemo, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RouterProvider } from 'react-router'
import { useConnection } from '../api/client.ts'
import { useRead } from '../api/queries.ts'
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

const SetupWizard = lazy(() =>
  import('../features/setup/SetupWizard.tsx').then((m) => ({ default: m.SetupWizard })),
)

/** Until the wizard is through its administrator goes on with it, also after a restart. */
const settingUp = ({ firstRun, setup, operator, locked }: Hello) =>
  firstRun || (setup !== null && !locked && operator !== null && operator.roles.includes('admin'))

function Door({ hello, receivedAt }: { hello: Hello; receivedAt: number }) {
  const site = useMemo(() => siteOf(hello, receivedAt), [hello, receivedAt])
  // no real site: the frame and every paper say so
  useEffect(() => void document.documentElement.toggleAttribute('data-practice', hello.demo), [hello.demo])
  if (settingUp(hello))
    return (
      <SiteContext value={site}>
        <Suspense fallback={null}>
          <SetupWizard />
        </Suspense>
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
