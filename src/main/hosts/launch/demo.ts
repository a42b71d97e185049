import type { CoreOptions } from '#core/context.ts'
import type { Radio } from '#core/chargers/radio.ts'
import { createClock } from '#main/adapters/clock.ts'
import type { DemoAir } from '#main/demo/chargers/index.ts'

/** Who the demo is signed in as (interfaces §1). */
const DEMO_OPERATOR = 'demo'

export interface Demo {
  readonly options: Required<Pick<CoreOptions, 'demoSite' | 'autoSignIn' | 'profile'>>
  /** the simulated chargers that the demo's faults strike */
  openRadio(): Radio
  close(): Promise<void>
}

/** Starts the simulated site; its code is loaded only when it is asked for. */
export async function startDemo(): Promise<Demo> {
  const { demoProfile, startDemoSite } = await import('#main/demo/index.ts')
  const site = await startDemoSite()
  return {
    options: { demoSite: site, autoSignIn: DEMO_OPERATOR, profile: demoProfile(site) },
    openRadio: () => site.openRadio(),
    close: () => site.close(),
  }
}

/** What `bluetooth.adapter: demo` opens: the demo site's chargers, or on any other desk chargers to train with. */
export function demoRadioOf(demo: Demo | null): () => Promise<Radio> {
  let training: Promise<DemoAir> | null = null
  return async () => {
    if (demo) return demo.openRadio()
    training ??= startTraining()
    return (await training).openRadio()
  }
}

async function startTraining(): Promise<DemoAir> {
  const { trainingAir } = await import('#main/demo/chargers/index.ts')
  return trainingAir(createClock())
}
