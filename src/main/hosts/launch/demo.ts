import type { SiteProfile } from '#shared/contract/profile.ts'

/** Who the demo is signed in as (interfaces §1). */
export const DEMO_OPERATOR = 'demo'
const DEMO_PIN = '135790'

export interface Demo {
  readonly profile: SiteProfile
  close(): Promise<void>
}

/** Starts the simulated site; its code is loaded only when it is asked for. */
export async function startDemo(): Promise<Demo> {
  const { startDemoSite } = await import('#main/demo/index.ts')
  const site = await startDemoSite({})
  return {
    profile: {
      zone: '+08:00',
      operators: [{ name: DEMO_OPERATOR, pin: DEMO_PIN, roles: ['admin'] }],
      upstreams: { imr: { baseUrl: site.imrUrl, account: site.account, password: site.password } },
      lan: { host: '127.0.0.1', port: 0 },
    },
    close: () => site.close(),
  }
}
