import type { ProvisioningDevice, Step } from '#shared/contract/provisioning.ts'

/** What an installer sees of the steps: the tests of the ports are one stage. */
export const STAGES = [
  'found',
  'connected',
  'profile',
  'clock',
  'ports',
  'test',
  'registered',
  'labelled',
] as const
export type Stage = (typeof STAGES)[number]

export interface StageView {
  readonly stage: Stage
  readonly state: Step['state']
  /** parts done of a stage with parts, `2/4` */
  readonly parts: { readonly done: number; readonly of: number } | null
}

const isTest = ({ step }: Step) => step.startsWith('test')

export function stagesOf({ steps }: Pick<ProvisioningDevice, 'steps'>): StageView[] {
  const tests = steps.filter(isTest)
  return STAGES.map((stage) => {
    if (stage !== 'test')
      return { stage, state: steps.find(({ step }) => step === stage)?.state ?? 'waiting', parts: null }
    const last = tests.filter(({ step, state }) => step.endsWith('.off') && state !== 'skipped')
    const done = last.filter(({ state }) => state === 'passed').length
    return { stage, state: whole(tests), parts: last.length === 0 ? null : { done, of: last.length } }
  })
}

/** Several steps as one: the worst that stands, else whether all are through. */
function whole(steps: readonly Step[]): Step['state'] {
  const asked = steps.filter(({ state }) => state !== 'skipped')
  if (asked.length === 0) return 'skipped'
  for (const state of ['failed', 'asking', 'running'] as const)
    if (asked.some((step) => step.state === state)) return state
  if (asked.every(({ state }) => state === 'passed')) return 'passed'
  return asked.some(({ state }) => state === 'passed') ? 'running' : 'waiting'
}

/** The step that is worked on, asked about, or failed. */
export const openStepOf = ({ steps }: Pick<ProvisioningDevice, 'steps'>): Step | undefined =>
  steps.find(({ state }) => state === 'running' || state === 'asking' || state === 'failed')

/** `test3.off` → 3 */
export function portOfStep(step: string): number | null {
  const digit = /^test([1-4])\./.exec(step)?.[1]
  return digit === undefined ? null : Number(digit)
}

/** Steps that a person confirmed with his own eyes. */
export const humanSteps = ({ steps }: Pick<ProvisioningDevice, 'steps'>): readonly Step[] =>
  steps.filter(({ confirmedBy }) => confirmedBy !== undefined)
