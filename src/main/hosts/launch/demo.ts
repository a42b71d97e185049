import type { CoreOptions } from '#core/context.ts'

/** Who the demo is signed in as (interfaces §1). */
const DEMO_OPERATOR = 'demo'

export interface Demo {
  readonly options: Required<Pick<CoreOptions, 'demoSite' | 'autoSignIn' | 'profile'>>
  close(): Promise<void>
}

/** Starts the simulated site; its code is loaded only when it is asked for. */
export async function startDemo(): Promise<Demo> {
  const { demoProfile, startDemoSite } = await import('#main/demo/index.ts')
  const site = await startDemoSite()
  return {
    options: { demoSite: site, autoSignIn: DEMO_OPERATOR, profile: demoProfile(site) },
    close: () => site.close(),
  }
}
