import { QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter } from 'react-router'
import { afterEach } from 'vitest'
import { ClientContext, createClient } from '../../src/renderer/api/client.ts'
import { keepLive } from '../../src/renderer/api/live.ts'
import { createQueryClient } from '../../src/renderer/api/queries.ts'
import { startI18n } from '../../src/renderer/app/i18n/index.ts'
import { AntdFrame } from '../../src/renderer/app/mode.tsx'
import { SiteContext, siteOf, type Hello } from '../../src/renderer/app/site.tsx'
import { fakeTransport, type Answers } from './fake-client.ts'

export const HELLO: Hello = {
  version: '0.1.0',
  demo: false,
  siteName: '测试园区',
  zone: '+08:00',
  now: Date.UTC(2026, 2, 1, 4, 0),
  firstRun: false,
  setup: null,
  operator: { id: '1', name: '张三', roles: ['admin'] },
  locked: false,
  autoLockMinutes: 10,
  names: ['张三', '李四'],
}

await startI18n()
// a busy machine draws a whole screen in seconds
configure({ asyncUtilTimeout: 4000 })
afterEach(cleanup)

/** Renders a part as the page would, over a host that answers what the test says. */
export function renderPart(
  part: ReactNode,
  options: { answers?: Answers; hello?: Hello; url?: string; host?: 'desktop' | 'browser' } = {},
) {
  const host = fakeTransport(options.answers ?? {}, options.host)
  const client = createClient(host.transport)
  const queries = createQueryClient()
  const stop = keepLive(client, queries)
  const view = render(
    <ClientContext value={client}>
      <QueryClientProvider client={queries}>
        <SiteContext value={siteOf(options.hello ?? HELLO, Date.now())}>
          <AntdFrame mode="light">
            <MemoryRouter initialEntries={[options.url ?? '/']}>{part}</MemoryRouter>
          </AntdFrame>
        </SiteContext>
      </QueryClientProvider>
    </ClientContext>,
  )
  return { ...host, ...view, queries, stop }
}
