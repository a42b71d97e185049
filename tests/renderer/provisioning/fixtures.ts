import { PROVISIONING_STEPS } from '../../../src/shared/provisioning-codes.ts'
import {
  type ProvisioningDevice,
  type Run,
  type Step,
  type StepName,
} from '../../../src/shared/contract/provisioning.ts'
import { HELLO } from '../render.tsx'

export const NAMES = ['BUC_00000000000A', 'BUC_00000000000B', 'BUC_00000000000C'] as const

/** All steps: those before `open` passed, `open` as given, the rest waiting. */
export function stepsAt(open: StepName | null, change: Partial<Step> = {}): Step[] {
  const at = open === null ? PROVISIONING_STEPS.length : PROVISIONING_STEPS.indexOf(open)
  return PROVISIONING_STEPS.map((step, i): Step => {
    if (i < at) return { step, state: 'passed', at: HELLO.now }
    return i === at ? { step, state: 'running', ...change } : { step, state: 'waiting' }
  })
}

export const device = (name: string, change: Partial<ProvisioningDevice> = {}): ProvisioningDevice => ({
  name,
  deviceCode: `6001000${NAMES.indexOf(name as (typeof NAMES)[number]) + 1}`,
  alias: '',
  state: 'waiting',
  reason: null,
  steps: PROVISIONING_STEPS.map((step) => ({ step, state: 'waiting' })),
  signal: null,
  clockSkewS: null,
  attempts: 0,
  labelPrintedAt: null,
  ...change,
})

export const asking = (name: string, port: 1 | 2 | 3 | 4, until = HELLO.now + 60_000): ProvisioningDevice =>
  device(name, {
    state: 'asking',
    steps: stepsAt(`test${port}.seen`, {
      state: 'asking',
      question: { code: 'portLit', data: { port, until } },
    }),
  })

export function run(devices: readonly ProvisioningDevice[], change: Partial<Run> = {}): Run {
  const counts = { waiting: 0, running: 0, asking: 0, passed: 0, failed: 0, skipped: 0 }
  for (const { state } of devices) counts[state] += 1
  return {
    id: 'r1',
    state: 'running',
    site: '竹园',
    installer: '张三',
    adapter: 'demo',
    createdAt: HELLO.now,
    endedAt: null,
    counts,
    devices: [...devices],
    ...change,
  }
}
