import type { PortNumber } from '#shared/chargers.ts'
import { MINUTE } from '#shared/time.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import type { Reason, Step, StepName } from '#shared/contract/provisioning.ts'
import { openStep, portOf, TEST_MINUTES, type Memory, type PortPower, type Progress } from './progress.ts'

/** What a step found out beside that it passed. */
export interface Facts {
  readonly profile?: BleProfile
  readonly packed?: string
  readonly clockSkewS?: number
}

export type DeviceEvent =
  /** its turn on the air has come */
  | { readonly type: 'take' }
  | { readonly type: 'signal'; readonly samples: readonly number[] }
  /** POWERON is about to leave: to be on the disk before it does */
  | { readonly type: 'intend'; readonly port: PortNumber }
  | { readonly type: 'passed'; readonly step: StepName; readonly facts?: Facts }
  | { readonly type: 'ask'; readonly step: StepName; readonly question: Reason }
  | {
      readonly type: 'answer'
      readonly step: StepName
      readonly ok: boolean
      /** asked whether to switch on again: the port has power already, go on */
      readonly lit?: boolean
      readonly by: string
    }
  | { readonly type: 'failed'; readonly reason: Reason }
  /** paused, closed, or started anew after a crash: the step is not verified */
  | { readonly type: 'interrupt' }
  | { readonly type: 'skip'; readonly reason: Reason }
  | { readonly type: 'retry' }
  /** a port of a charger that is given up was switched off */
  | { readonly type: 'switchedOff'; readonly port: PortNumber }
  | { readonly type: 'labelled'; readonly by: string }

/**
 * One step of one charger: (progress, event) → progress. An event that does not fit what the charger does now, since
 * a person was quicker, changes nothing: the same object comes back.
 */
export function next(progress: Progress, event: DeviceEvent, now: number): Progress {
  switch (event.type) {
    case 'take':
      return take(progress)
    case 'signal':
      return { ...progress, signal: [...progress.signal, ...event.samples].slice(-MOST_SAMPLES) }
    case 'intend':
      return running(progress, `test${event.port}.on`)
        ? withPower(progress, event.port, { at: now, state: 'intended' })
        : progress
    case 'passed':
      return running(progress, event.step) ? passed(progress, event.step, event.facts ?? {}, now) : progress
    case 'ask':
      return running(progress, event.step) ? ask(progress, event.step, event.question) : progress
    case 'answer':
      return asking(progress, event.step) ? answered(progress, event, now) : progress
    case 'failed':
      return progress.state === 'running' ? fail(progress, event.reason, now) : progress
    case 'interrupt':
      return progress.state === 'running' ? interrupt(progress) : progress
    case 'skip':
      return over(progress) ? progress : { ...interrupt(progress), state: 'skipped', reason: event.reason }
    case 'retry':
      return progress.state === 'failed' || progress.state === 'skipped' ? retry(progress) : progress
    case 'switchedOff':
      return setPower(progress, event.port, 'off')
    default:
      return {
        ...setStep(progress, { step: 'labelled', state: 'passed', confirmedBy: event.by, at: now }),
        labelPrintedAt: now,
      }
  }
}

/** dBm values kept of one charger */
const MOST_SAMPLES = 120

export const over = ({ state }: Pick<Progress, 'state'>) =>
  state === 'passed' || state === 'failed' || state === 'skipped'

const running = (progress: Progress, step: string) =>
  progress.state === 'running' && openStep(progress)?.step === step
const asking = (progress: Progress, step: string) =>
  progress.state === 'asking' && openStep(progress)?.step === step

const setStep = (progress: Progress, changed: Step): Progress => ({
  ...progress,
  steps: progress.steps.map((step) => (step.step === changed.step ? changed : step)),
})
const remember = (progress: Progress, memory: Partial<Memory>): Progress => ({
  ...progress,
  memory: { ...progress.memory, ...memory },
})
const withPower = (progress: Progress, port: PortNumber, power: PortPower) =>
  remember(progress, { power: { ...progress.memory.power, [port]: power } })

function setPower(progress: Progress, port: PortNumber, state: PortPower['state']): Progress {
  const before = progress.memory.power[port]
  return before ? withPower(progress, port, { at: before.at, state }) : progress
}

function take(progress: Progress): Progress {
  if (progress.state !== 'waiting') return progress
  const { begun } = progress.memory
  const counted = begun
    ? progress
    : { ...remember(progress, { begun: true }), attempts: progress.attempts + 1 }
  return onward({ ...counted, state: 'running' })
}

/** The first open step begins: it runs, or it asks, or the charger is done. */
function onward(progress: Progress): Progress {
  const open = openStep(progress)
  if (!open) return { ...progress, state: 'passed', reason: null }
  const port = portOf(open.step)
  if (port !== null && open.step === `test${port}.seen`) {
    const until = (progress.memory.power[port]?.at ?? 0) + TEST_MINUTES * MINUTE
    return ask(progress, open.step, { code: 'portLit', data: { port, until } })
  }
  return setStep(progress, { step: open.step, state: 'running' })
}

function passed(progress: Progress, step: StepName, facts: Facts, now: number): Progress {
  const { clockSkewS, ...memory } = facts
  const done = setStep(remember(progress, memory), { step, state: 'passed', at: now })
  return onward(lit(clockSkewS === undefined ? done : { ...done, clockSkewS }, step))
}

/** `on` and `off` were read back from the port. */
function lit(progress: Progress, step: StepName): Progress {
  const port = portOf(step)
  if (port === null || step.endsWith('.seen')) return progress
  return setPower(progress, port, step.endsWith('.on') ? 'on' : 'off')
}

const ask = (progress: Progress, step: StepName, question: Reason): Progress => ({
  ...setStep(progress, { step, state: 'asking', question }),
  state: 'asking',
})

type Answer = Extract<DeviceEvent, { type: 'answer' }>

function answered(progress: Progress, { step, ok, lit: seenLit = false, by }: Answer, now: number): Progress {
  const question = openStep(progress)?.question
  if (seenLit && question?.code === 'switchOnAgain') return seenOn(progress, { step, by }, now)
  if (question?.code === 'portLit') {
    const seen = { step, question, confirmedBy: by, at: now }
    if (ok) return { ...setStep(progress, { ...seen, state: 'passed' }), state: 'waiting' }
    const reason = { code: 'notSeen', data: { port: portOf(step) } }
    return { ...setStep(progress, { ...seen, state: 'failed', reason }), state: 'failed', reason }
  }
  if (!ok) return fail(progress, refusal(question, step), now)
  return { ...approve(setStep(progress, { step, state: 'waiting' }), step), state: 'waiting' }
}

/** The charger says its port is off, the person sees it lit: the eyes count, for `on` and for `seen` alike. */
function seenOn(progress: Progress, { step, by }: Pick<Answer, 'step' | 'by'>, now: number): Progress {
  const port = portOf(step)
  if (port === null) return progress
  const seen = { state: 'passed', confirmedBy: by, at: now } as const
  const both = setStep(setStep(progress, { step, ...seen }), { step: `test${port}.seen`, ...seen })
  return { ...setPower(both, port, 'on'), state: 'waiting' }
}

const refusal = (question: Reason | undefined, step: StepName): Reason =>
  question?.code === 'comeCloser'
    ? { code: 'weakSignal', ...(question.data ? { data: question.data } : {}) }
    : { code: 'powerOnUnknown', data: { port: portOf(step), minutes: TEST_MINUTES } }

/** What the person allowed by saying yes. */
function approve(progress: Progress, step: StepName): Progress {
  const port = portOf(step)
  if (port === null) return remember(progress, { cameCloser: true })
  const power = progress.memory.power[port]
  return power ? withPower(progress, port, { ...power, approved: true }) : progress
}

function fail(progress: Progress, reason: Reason, now: number): Progress {
  const open = openStep(progress)
  const marked = open ? setStep(progress, { step: open.step, state: 'failed', reason, at: now }) : progress
  return { ...marked, state: 'failed', reason }
}

function interrupt(progress: Progress): Progress {
  const open = openStep(progress)
  const back = open ? setStep(progress, { step: open.step, state: 'waiting' }) : progress
  return { ...back, state: 'waiting' }
}

/** From the first unverified step; a light that nobody saw is switched on again, which a person decided here. */
function retry(progress: Progress): Progress {
  const steps = progress.steps.map((step): Step => {
    const port = portOf(step.step)
    const unseen = port !== null && step.step === `test${port}.on` && !isPassed(progress, `test${port}.seen`)
    return step.state === 'failed' || step.state === 'asking' || (unseen && step.state === 'passed')
      ? { step: step.step, state: 'waiting' }
      : step
  })
  const power = Object.fromEntries(
    Object.entries(progress.memory.power).map(([port, one]) => [port, { ...one, approved: true }]),
  )
  const again = remember(progress, { power, cameCloser: false, begun: false })
  return { ...again, steps, state: 'waiting', reason: null }
}

const isPassed = ({ steps }: Progress, name: string) =>
  steps.some(({ step, state }) => step === name && state === 'passed')
