import { createHashRouter, useRouteError } from 'react-router'
import { CrashPage } from './crash.tsx'
import { NotFound } from './not-found.tsx'
import { SCREENS, type Screen } from './screen.ts'
import { Shell } from './shell.tsx'

/** Hash routes: the same on the desktop's own scheme and in the browser. Screens load when opened. */
export const createRouter = () =>
  createHashRouter([
    {
      path: '/',
      Component: Shell,
      ErrorBoundary: RouteCrash,
      HydrateFallback: () => null,
      children: [...SCREENS.filter(({ bare }) => !bare).map(routeOf), { path: '*', Component: NotFound }],
    },
    ...SCREENS.filter(({ bare }) => bare).map(routeOf),
  ])

const routeOf = (screen: Screen) => ({
  ...(screen.path === '' ? { index: true as const } : { path: screen.path }),
  lazy: async () => ({ Component: await screen.load().catch(unavailable) }),
  ErrorBoundary: RouteCrash,
  HydrateFallback: () => null,
})

/** The host is gone before the code of a screen came: says so; the reload asks again. */
const unavailable = (error: unknown) => () => <CrashPage error={error} lost />

function RouteCrash() {
  return <CrashPage error={useRouteError()} />
}
