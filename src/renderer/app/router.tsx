import { createHashRouter, useRouteError } from 'react-router'
import { CrashPage } from './crash.tsx'
import { NotFound } from './not-found.tsx'
import { SCREENS } from './screen.ts'
import { Shell } from './shell.tsx'

/** Hash routes: the same on the desktop's own scheme and in the browser. Screens load when opened. */
export const createRouter = () =>
  createHashRouter([
    {
      path: '/',
      Component: Shell,
      ErrorBoundary: RouteCrash,
      HydrateFallback: () => null,
      children: [
        ...SCREENS.map((screen) => ({
          ...(screen.path === '' ? { index: true as const } : { path: screen.path }),
          lazy: async () => ({ Component: await screen.load().catch(unavailable) }),
          ErrorBoundary: RouteCrash,
        })),
        { path: '*', Component: NotFound },
      ],
    },
  ])

/** The host is gone before the code of a screen came: says so; the reload asks again. */
const unavailable = (error: unknown) => () => <CrashPage error={error} lost />

function RouteCrash() {
  return <CrashPage error={useRouteError()} />
}
