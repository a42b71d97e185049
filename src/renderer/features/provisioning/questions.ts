import type { ProvisioningDevice, Run, Step } from '#shared/contract/provisioning.ts'

export interface Asked {
  readonly device: ProvisioningDevice
  readonly step: Step
}

/** Chargers that wait for an answer: the light that goes out first stands first. */
export function questionsOf({ devices }: Pick<Run, 'devices'>): Asked[] {
  return devices
    .flatMap((device): Asked[] => {
      if (device.state !== 'asking') return []
      const step = device.steps.find(({ state }) => state === 'asking')
      return step ? [{ device, step }] : []
    })
    .toSorted((a, b) => untilOf(a) - untilOf(b))
}

const untilOf = ({ step }: Asked): number => {
  const until = step.question?.data?.['until']
  return typeof until === 'number' ? until : Number.POSITIVE_INFINITY
}

/** A person answered: the same charger asks again soon, and he stands before it. */
const STAYS_MS = 6000

export interface Focus {
  readonly name: string
  /** epoch ms of his last answer for it; null: chosen, not answered */
  readonly answeredAt: number | null
}

export type Shown =
  | { readonly kind: 'question'; readonly asked: Asked }
  /** the charger in hand is worked on; its next question follows */
  | { readonly kind: 'working'; readonly device: ProvisioningDevice }
  | { readonly kind: 'none' }

/** Which question stands large: that of the charger in hand, else the most urgent. */
export function shownOf(run: Pick<Run, 'devices' | 'state'>, focus: Focus | null, now: number): Shown {
  const questions = questionsOf(run)
  const mine = questions.find(({ device }) => device.name === focus?.name)
  if (mine) return { kind: 'question', asked: mine }
  const device = run.devices.find(({ name }) => name === focus?.name)
  const open = device !== undefined && (device.state === 'running' || device.state === 'waiting')
  const fresh = focus !== null && focus.answeredAt !== null && now - focus.answeredAt < STAYS_MS
  if (device && open && fresh && run.state !== 'paused') return { kind: 'working', device }
  const first = questions[0]
  return first ? { kind: 'question', asked: first } : { kind: 'none' }
}

/** What tells one question from the next, so that no key answers one that was not read. */
export const questionKey = ({ device, step }: Asked): string =>
  `${device.name} ${step.step} ${JSON.stringify(step.question?.data ?? {})}`
